import { CLOUDS, type CloudId, type Preset } from "../../packages/core/src/index.ts";
import type { Break } from "./claim.ts";
import { COMMON, commonReader } from "./common.facts.ts";
import { type Contract, contractOf, type Fact, type Readers } from "./fact.ts";
import type { Pair } from "./make.ts";
import { NETWORK, networkReaders } from "./network.facts.ts";
import { OBJECT_STORAGE, objectStorageReaders } from "./object-storage.facts.ts";
import { POSTGRES, postgresReaders } from "./postgres.facts.ts";
import { expectedOf, LAYERS, type LayerId, SUBJECTS } from "./scene.ts";

interface LayerContract {
  readonly guarantees: Readonly<Record<string, string>>;
  readonly readers: Readers<string>;
}

const CONTRACTS: Readonly<Record<LayerId, LayerContract>> = {
  network: { guarantees: NETWORK, readers: networkReaders },
  "object-storage": { guarantees: OBJECT_STORAGE, readers: objectStorageReaders },
  postgres: { guarantees: POSTGRES, readers: postgresReaders },
};

/** Every layer of every cloud that has it. A layer without a reader fails the first test of the suite. */
export const PAIRS: readonly Pair[] = LAYERS.flatMap((layer) =>
  CLOUDS.filter((cloud) => SUBJECTS[cloud]?.cloud.layers[layer] !== undefined).map((cloud) => ({ layer, cloud })),
);

/** What a layer of a cloud is held to: its own guarantees and those of every layer. */
export const contract = (layer: LayerId, cloud: CloudId, preset: Preset = "production"): Contract => {
  const subject = SUBJECTS[cloud];
  const { guarantees, readers } = CONTRACTS[layer];
  const reader = readers[cloud];
  if (subject === undefined || reader === undefined) throw new Error(`${layer} on ${cloud} has no reader`);
  const expected = expectedOf(layer, subject, preset);
  const own = contractOf(guarantees, reader(expected));
  const common = contractOf(COMMON, commonReader(expected));
  const holdsData = expected.labels.datasets !== undefined;
  const shared = common.facts.filter(({ guarantee }) => holdsData || guarantee !== COMMON.datasets);
  return { facts: [...own.facts, ...shared], waived: own.waived };
};

/** What the facts say of an estate: the messages of those that fail. */
export const failures = (facts: readonly Fact[], estate: Break["estate"]): string[] =>
  facts.map((fact) => fact.holds(estate)).filter((held) => held !== true);
