import type { CloudOperations } from "@kasbah/core";
import { connect } from "./connect.ts";
import { preflight } from "./preflight/preflight.ts";
import { makeStateBackend } from "./state-backend.ts";

/** What can be asked of an OpenStack cloud without Pulumi. */
export { type Answer, type CloudSettings, OpenStackClient, OpenStackError, type Service } from "./client.ts";
export { LOOKUPS } from "./lookup/table.ts";

export const operations: CloudOperations = { connect, preflight, stateBackend: makeStateBackend };
