import { all, every, is, never, none, waived } from "../claim.ts";
import type { Reader } from "../fact.ts";
import type { OBJECT_STORAGE } from "../object-storage.facts.ts";

const CONTAINER = "openstack:objectstorage/container:Container";
const PLACE_KEYS = "encryption is the place's, under its operator's keys";

/** How OpenStack keeps each guarantee. */
export const objectStorage: Reader<keyof typeof OBJECT_STORAGE> = ({ retentionDays }) => ({
  encrypted: every(CONTAINER, "metadata/kasbah-encryption", is("place", "undeclared")),
  ownKey: waived(PLACE_KEYS),
  keyTurns: waived(PLACE_KEYS),
  keyWaits: waived(PLACE_KEYS),
  closed: all(
    never(CONTAINER, "containerRead", ".r:*,.rlistings"),
    never(CONTAINER, "containerWrite", "*:*"),
    none("openstack:objectstorage/tempUrl:TempUrl"),
  ),
  policiesOnly: waived("Swift has access lists and no policies: there is none, which leaves the project's members"),
  tls: waived("the place's endpoint decides"),
  versioned: every(CONTAINER, "versioning", is(true)),
  // Nothing deletes them: what is declared is the least.
  retention: every(CONTAINER, "metadata/kasbah-retention-days", is(`${retentionDays}`, "1")),
  unfinished: waived("Swift has no expiry by container"),
  noCopy: all(
    never(CONTAINER, "containerSyncTo", "//elsewhere/cluster/account/docs"),
    never(CONTAINER, "versioningLegacy", { type: "versions", location: "elsewhere" }),
  ),
  undeletable: every(CONTAINER, "forceDestroy", is(false)),
});
