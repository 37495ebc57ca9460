import { EGRESS, RESIDENCY, RESILIENCE, type Rule, SECURITY } from "./rules/index.ts";

/** The packs, in the order in which their rules are asked. */
export const PACK_NAMES = ["residency", "security", "resilience", "egress"] as const;
export type PackName = (typeof PACK_NAMES)[number];

/** What each pack is for, in one sentence. */
export const PACK_WORDS: Readonly<Record<PackName, string>> = {
  residency: "Data and their copies are only where the law permits them.",
  security: "Data are private, encrypted, and reached by named identities only.",
  resilience: "Data come back after a loss, by copies that stay where the law permits them.",
  egress: "Nothing leaves that nobody named: no telemetry, no public registry, no open way out.",
};

const PACKS: Readonly<Record<PackName, readonly Rule[]>> = {
  residency: RESIDENCY,
  security: SECURITY,
  resilience: RESILIENCE,
  egress: EGRESS,
};

/** The rules of some packs; of all of them when none is named. */
export const rulesOf = (packs: readonly PackName[] = PACK_NAMES): readonly Rule[] =>
  packs.flatMap((pack) => PACKS[pack]);
