import { type BackupJoined, type BackupOutputs, Component, type Override, type Wired } from "@kasbah/component";
import { type BackupSpec, backupProblems, type ResolvedBackup, resolveBackup } from "@kasbah/core";
import { getAuthScopeOutput } from "@pulumi/openstack/identity/getAuthScope.js";
import type { ProjectArgs } from "@pulumi/openstack/identity/project.js";
import { Container, type ContainerArgs } from "@pulumi/openstack/objectstorage/container.js";
import type * as pulumi from "@pulumi/pulumi";
import { BackupProject, type BackupProjectArgs } from "./backup-project.ts";
import { has } from "./capabilities.ts";
import { accessArgs, CONTAINER, keptArgs, quotaOf } from "./container-args.ts";
import { MachineUser } from "./machine-user.ts";
import { settingsOf } from "./site.ts";
import { vaultPlaceProblems } from "./vault-problems.ts";

export interface VaultArgs extends Wired<BackupSpec>, BackupJoined {
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly project?: Override<ProjectArgs>;
    readonly bucket?: Override<ContainerArgs>;
  };
}

/**
 * A container for backups that whoever makes them cannot take away again. It lies in a project of its own. Its machine
 * user may read and write it and nothing else; what that user overwrites or deletes, the object storage first puts into
 * a history container, where the user has no right at all. The same holds for the container with the parts of large
 * uploads, which the S3 interface keeps beside every container as `<name>+segments`.
 *
 * - **Without `capabilities.identityAdmin`** it lies in the deploying user's own project and its keys are that user's
 *   own: who has them can empty the history too. Refused for restricted and critical data in production.
 * - **Without `capabilities.historyContainers`** old versions stay in the container itself, where the machine user may
 *   delete them too. Refused alike.
 * - `retentionDays` is what the writer keeps, and a lower bound for the history: Swift has no expiry by container. Who
 *   owns the second project empties it, see docs/layers/backup.md.
 * - S3 object lock is not used, even where the place has it: the provider has no call that makes such a bucket.
 */
export class Vault extends Component implements BackupOutputs {
  readonly bucket: pulumi.Output<string>;
  /** Where what was overwritten or deleted is. `undefined`: the place has no history containers. */
  readonly history: pulumi.Output<string> | undefined;
  /** S3 endpoint. */
  readonly endpoint: string;
  readonly region: string;
  /** Certificate authority (PEM) of the endpoint. @default - those that Debian trusts */
  readonly caCertificate: string | undefined;
  /** Key-manager secret with JSON `{"access","secret"}` of the machine user. */
  readonly keysRef: pulumi.Output<string>;
  /** Project that holds it. */
  readonly projectId: pulumi.Output<string>;

  constructor(name: string, args: VaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:Vault", name, args, opts);
    const { scope, class: level, datasets = [], place, keyStore, overrides } = args;
    const spec = resolveBackup(args, this.preset);
    this.reject([...backupProblems(spec, this.preset), ...vaultPlaceProblems(args, keyStore === undefined)]);
    const { capabilities, caCertificate } = settingsOf(place);
    const common = { scope, class: level, datasets, place };

    const home = has(place, "identityAdmin")
      ? this.#home(name, { ...common, override: overrides?.project })
      : undefined;
    const projectId = home?.projectId ?? getAuthScopeOutput({ name: "deployer" }, { parent: this }).projectId;
    const user = new MachineUser(`${name}-user`, { ...common, projectId, keyStore }, { parent: this });
    const access = user.limited ? accessArgs([user.principal], [user.principal]) : {};
    const { bucket, history } = this.#containers(spec, args, access, { projectId, provider: home?.provider });

    this.bucket = bucket.name;
    this.history = history?.name;
    this.endpoint = capabilities.s3 ?? "";
    this.caCertificate = caCertificate;
    this.region = place.region;
    this.keysRef = user.keysRef;
    this.projectId = projectId;
    this.registerOutputs({ bucket: this.bucket, endpoint: this.endpoint, region: this.region, keysRef: this.keysRef });
  }

  #home(name: string, args: BackupProjectArgs): BackupProject {
    return new BackupProject(`${name}-project`, args, { parent: this });
  }

  /** The container, that of the parts of large uploads, and what keeps the past of each. */
  #containers(spec: ResolvedBackup, { place, overrides }: VaultArgs, access: ContainerArgs, where: Where): Made {
    const { provider } = where;
    const kept = keptArgs(spec.retentionDays, place, this.protection);
    const past = (role: string): Container | undefined => {
      if (!has(place, "historyContainers")) return undefined;
      return this.child(Container, role, { ...kept, name: this.#nameIn(where, role) }, { provider });
    };
    const [ofBucket, ofSegments] = [past("history"), past("segments-history")];
    const limited = { ...kept, ...access, metadata: { ...kept.metadata, ...quotaOf(spec.quotaGiB) } };
    const settings = { ...limited, name: this.#nameIn(where, "bucket"), ...pastArgs(ofBucket) };
    const bucket = this.child(Container, "bucket", settings, { override: overrides?.bucket, provider });
    const parts = { ...limited, name: this.#nameIn(where, "bucket", "+segments"), ...pastArgs(ofSegments) };
    this.child(Container, "segments", parts, { provider });
    return { bucket, history: ofBucket };
  }

  /** A name that is there only when the project is known to be the right one: nothing is made in another. */
  #nameIn({ projectId }: Where, role: string, end = ""): pulumi.Output<string> {
    return projectId.apply(() => `${this.physicalName(CONTAINER, role)}${end}`);
  }
}

interface Where {
  readonly projectId: pulumi.Output<string>;
  readonly provider: pulumi.ProviderResource | undefined;
}

interface Made {
  readonly bucket: Container;
  readonly history: Container | undefined;
}

/** In a history container, or else as old versions in the container itself. */
const pastArgs = (history: Container | undefined): ContainerArgs =>
  history === undefined ? { versioning: true } : { versioningLegacy: { type: "history", location: history.name } };
