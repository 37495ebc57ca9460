import { PolicyPack } from "@pulumi/policy";
import { ALL_PACKS, policyNames } from "./config.ts";
import { policiesOf } from "./crossguard.ts";
import { PACK_WORDS, type PackName, rulesOf } from "./packs.ts";

/** Starts a pack as the engine runs it: one of ours, or all of them in one process. */
export const startPack = (pack: PackName | typeof ALL_PACKS): PolicyPack => {
  const today = new Date().toISOString().slice(0, 10);
  const description = pack === ALL_PACKS ? "Every rule of Kasbah." : PACK_WORDS[pack];
  const say = (line: string): void => console.error(line);
  const rules = pack === ALL_PACKS ? rulesOf() : rulesOf([pack]);
  const policies = policiesOf({ names: policyNames(pack), description, rules, today, say });
  return new PolicyPack(pack === ALL_PACKS ? pack : `kasbah-${pack}`, {
    policies: [...policies],
    enforcementLevel: "mandatory",
  });
};
