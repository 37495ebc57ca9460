import type { Regime } from "../law/regime.ts";
import { regimeSchema } from "../law/regime.ts";
import aeCbuae from "./ae-cbuae.json" with { type: "json" };
import euGdprDora from "./eu-gdpr-dora.json" with { type: "json" };
import frHds from "./fr-hds.json" with { type: "json" };
import inRbiPsd from "./in-rbi-psd.json" with { type: "json" };
import ma0520Vital from "./ma-05-20-vital.json" with { type: "json" };
import ma0908 from "./ma-09-08.json" with { type: "json" };
import maBamCloud from "./ma-bam-cloud.json" with { type: "json" };
import pciDss from "./pci-dss.json" with { type: "json" };
import saSama from "./sa-sama.json" with { type: "json" };

const FILES: readonly unknown[] = [
  ma0908,
  ma0520Vital,
  maBamCloud,
  euGdprDora,
  frHds,
  saSama,
  aeCbuae,
  inRbiPsd,
  pciDss,
];

/** The regimes that come with Kasbah. To add one: a JSON file beside this one, and its line here. */
export const REGIMES: readonly Regime[] = FILES.map((regime) => regimeSchema.parse(regime));

export const findRegime = (id: string): Regime | undefined => REGIMES.find((regime) => regime.id === id);
