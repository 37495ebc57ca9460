// The egress pack: nothing leaves that nobody named: no telemetry, no public registry, no open way out. Alone:
//   pulumi preview --policy-pack policy-packs/egress --policy-pack-config FILE
import { startPack } from "@kasbah/policy/pack";

startPack("egress");
