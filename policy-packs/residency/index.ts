// The residency pack: data and their copies are only where the law permits them. `kasbah up` brings it along; alone:
//   pulumi preview --policy-pack policy-packs/residency --policy-pack-config FILE
import { startPack } from "@kasbah/policy/pack";

startPack("residency");
