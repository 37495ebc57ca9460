// All packs: every rule of Kasbah in one process. One process for all packs:
//   pulumi preview --policy-pack policy-packs/all --policy-pack-config FILE
import { ALL_PACKS } from "@kasbah/policy";
import { startPack } from "@kasbah/policy/pack";

startPack(ALL_PACKS);
