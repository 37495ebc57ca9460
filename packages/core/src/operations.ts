import type { DrillFindings } from "./drill-findings.ts";
import type { Finding } from "./finding.ts";
import type { Probe } from "./probe.ts";
import type { Recovery } from "./recovery.ts";

/** What the cloud says of one object that a lookup found. */
export interface FoundResource {
  /** The id under which the provider would import it. */
  readonly id: string;
  /** How it was recognised. */
  readonly by: "name" | "tag" | "natural-key";
  /** Why it is of no use as it is, as a server in ERROR or a credential whose secret was told once. */
  readonly unusable?: string;
  /** Why it may be somebody else's: a person has to say. */
  readonly doubt?: string;
  /** What the provider keeps in its state otherwise than it was given. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A resource that the engine began to create, and whose answer was lost. */
export interface LookupQuery {
  /** Pulumi type token, as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** The inputs that the provider was given. What is encrypted in them cannot be recognised by. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Region of the provider that made it, where the type is regional. */
  readonly region?: string;
}

/** A resource that the state knows. Secrets in it are encrypted. */
export interface KnownResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly parent?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface VerifyQuery {
  /** What one provider made. */
  readonly resources: readonly KnownResource[];
  /** What was declared to be lost at most, by the physical name of what holds it. */
  readonly recovery: Readonly<Record<string, Recovery>>;
  readonly now: Date;
}

/** A resource that the program would register, and that is not there yet. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  /** Plain inputs; what is not known without a cloud is absent. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs of the one that is there, when the plan changes it. */
  readonly before?: Readonly<Record<string, unknown>>;
}

/** What stands in the way of a plan, before anything is made. */
export interface Obstacle {
  /** Whose it is: what the caller wrote or set, or what the cloud refuses. */
  readonly fault: "settings" | "cloud";
  /** What is wrong, in one clause that may end in the cloud's own reason. */
  readonly says: string;
  /** How to mend it: one sentence in the imperative. */
  readonly mend: string;
}

export interface Preflight {
  readonly obstacles: readonly Obstacle[];
  /** What this user may not ask or the cloud does not tell, in words. */
  readonly unchecked: readonly string[];
}

/** What is to be restored, beside what runs. */
export interface RestoreQuery {
  /** The workload as the declaration calls it. */
  readonly workload: string;
  /** The whole state, components too, by whichever provider. */
  readonly resources: readonly KnownResource[];
  /** Eight hex, by which everything that is made is found again. */
  readonly id: string;
  /** The point in time that is wanted. @default - the newest that there is */
  readonly targetTime?: Date;
  readonly now: Date;
  /** Ends it; what was made is taken away all the same. */
  readonly signal: AbortSignal;
  /** Told what is going on, as each stage begins. `answered`: the copy has answered its first query. */
  readonly stage: (name: RestoreStage) => void;
}

export type RestoreStage = "clearing" | "making" | "restoring" | "answered" | "removing";

export interface Restored {
  /** Name of what was copied, as its backups bear it. */
  readonly cluster: string;
  /** Where the backup lay. */
  readonly vault: string;
  /** What the copy says. `undefined`: it never came to that. */
  readonly findings?: DrillFindings;
  /** Why it could not be restored, in words that can be shown. */
  readonly problem?: string;
  /** What could not be taken away again. */
  readonly left: readonly string[];
}

/**
 * What can be asked of a cloud outside the engine. A cloud's implementation uses only its list and read calls, and
 * never writes; but for `restore`, which makes a copy of its own and takes it away. What a cloud's operations do not
 * have is missing.
 */
export interface Operations {
  /**
   * Every object in the cloud that this query could be. None: it was never made. More than one: the caller must ask a
   * person.
   * @throws {Error} when the cloud cannot be asked, or when the type has no rule for recognising it.
   */
  lookup(query: LookupQuery): Promise<readonly FoundResource[]>;
  /** What the cloud reports as broken, missing or late of what the state knows. */
  verify?(query: VerifyQuery): Promise<readonly Finding[]>;
  /** What the cloud has. */
  probe?(): Promise<Probe>;
  /**
   * Restores a workload into a throwaway copy, looks at it, and takes it away: also when it fails or is ended, and what a
   * killed one has left first.
   * @throws {Error} when nothing was begun: the state does not have the workload, or another one is running
   */
  restore?(query: RestoreQuery): Promise<Restored>;
  /** Takes away what killed restores of a workload have left. @returns what is still there */
  clearRestores?(query: Pick<RestoreQuery, "workload" | "resources" | "signal">): Promise<readonly string[]>;
}

/** A project of a cloud, as a provider of the engine was told of it. */
export interface Target {
  /** The provider's plain inputs; what is absent or encrypted comes from the environment. */
  readonly provider: Readonly<Record<string, unknown>>;
  /** Settings of the declared place, where there is one. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The stack's folder. */
  readonly folder: string;
}

export interface StateBackendWanted {
  /** Name of the container or bucket. */
  readonly container: string;
  /** Id of the key that the caller has already. */
  readonly access?: string;
}

/** Where the engine can keep its state. */
export interface StateBackend {
  /** As PULUMI_BACKEND_URL takes it. */
  readonly url: string;
  /** What the engine needs in its environment to reach it. Secret. */
  readonly env: Readonly<Record<string, string>>;
  /** Certificate authority (PEM) of the endpoint, where it is a private one. */
  readonly caCertificate?: string;
  /** What was made now, in words. */
  readonly made: readonly string[];
}

/** What `@kasbah/<cloud>/operations` exports as `operations`. */
export interface CloudOperations {
  /** @throws {Error} that says what is wrong with address, credentials, project or region */
  connect(target: Target): Promise<Operations>;
  /** What would stop this plan. Makes nothing; what is wrong comes back, all of it, and is not thrown. */
  preflight?(target: Target, plan: readonly PlannedResource[]): Promise<Preflight>;
  /** Makes what the engine's state can be kept in, unless it is there: all that operations ever write. */
  stateBackend?(target: Target, wanted: StateBackendWanted): Promise<StateBackend>;
}
