import type { Regime } from "../law/regime.ts";
import { regimeSchema } from "../law/regime.ts";
import ma0908 from "./ma-09-08.json" with { type: "json" };

/** The regimes that come with Kasbah. To add one: a JSON file beside this one, and its line here. */
export const REGIMES: readonly Regime[] = [ma0908].map((regime) => regimeSchema.parse(regime));

export const findRegime = (id: string): Regime | undefined => REGIMES.find((regime) => regime.id === id);
