// The security pack: data are private, encrypted, and reached by named identities only. Alone:
//   pulumi preview --policy-pack policy-packs/security --policy-pack-config FILE
import { startPack } from "@kasbah/policy/pack";

startPack("security");
