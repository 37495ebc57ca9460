// The resilience pack: data come back after a loss, by copies that stay where the law permits them. Alone:
//   pulumi preview --policy-pack policy-packs/resilience --policy-pack-config FILE
import { startPack } from "@kasbah/policy/pack";

startPack("resilience");
