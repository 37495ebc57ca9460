// The residency pack: refuses data and copies where the law does not permit them. `kasbah up` brings it along; alone:
//   pulumi preview --policy-pack policy-packs/residency --policy-pack-config FILE
import { RESIDENCY, RESIDENCY_POLICIES } from "@kasbah/policy";
import { policiesOf } from "@kasbah/policy/crossguard";
import { PolicyPack } from "@pulumi/policy";

const today = new Date().toISOString().slice(0, 10);
const description = "Data and their copies are only where the law permits them.";
const say = (line: string): void => console.error(line);
const policies = policiesOf({ names: RESIDENCY_POLICIES, description, rules: RESIDENCY, today, say });
new PolicyPack("kasbah-residency", { policies: [...policies], enforcementLevel: "mandatory" });
