/** What the cloud says of one object that a lookup found. */
export interface FoundResource {
  /** The id under which the provider would import it. */
  readonly id: string;
  /** How it was recognised. */
  readonly by: "name" | "tag" | "natural-key";
}

/** A resource that the engine began to create, and whose answer was lost. */
export interface LookupQuery {
  /** Pulumi type token, as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** The inputs that the provider was given. Secrets in them stay encrypted. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Region of the provider that made it, where the type is regional. */
  readonly region?: string;
}

/**
 * What can be asked of a cloud outside the engine. A cloud's implementation uses only its list and read calls, and
 * never writes. More operations (verify, probe, restore) join with the layers that need them.
 */
export interface Operations {
  /**
   * Every object in the cloud that this query could be. None: it was never made. More than one: the caller must ask a
   * person.
   * @throws {Error} when the cloud cannot be asked, or when the type has no rule for recognising it.
   */
  lookup(query: LookupQuery): Promise<readonly FoundResource[]>;
}
