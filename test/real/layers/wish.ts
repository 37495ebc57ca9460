import type { Scope } from "../../../packages/component/src/index.ts";
import type { BackupSpec, IamSpec, NetworkSpec, ObjectStorageSpec, Place } from "../../../packages/core/src/index.ts";
import type { BalancedPort } from "../../../packages/openstack/src/index.ts";

/** What a run of the program makes: the layers that are named. */
export interface Wish {
  readonly scope: Scope;
  readonly home: Place;
  /** Where copies go. */
  readonly second?: Place;
  /** Day for which the end of credentials is looked at. */
  readonly asOf?: string;
  readonly network?: NetworkSpec;
  /** Ports of a load balancer in the network. */
  readonly balanced?: readonly BalancedPort[];
  readonly iam?: IamSpec;
  readonly vault?: BackupSpec;
  readonly storage?: ObjectStorageSpec & { readonly copied?: boolean };
}
