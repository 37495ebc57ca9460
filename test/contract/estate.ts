/** One resource as it reached the provider, or as a cloud (or the sandbox that plays one) has stored it. */
export interface Row {
  /** Pulumi type token. */
  readonly type: string;
  /** Logical name, for messages. A cloud does not know it. */
  readonly name?: string;
  /** Region of the provider that it went through. */
  readonly region?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export type Estate = readonly Row[];

export const ofType = (estate: Estate, type: string): Row[] => estate.filter((row) => row.type === type);

/** The estate with one row changed, or without it. */
export const withRow = (estate: Estate, row: Row, changed: Row | undefined): Estate =>
  estate.flatMap((other) => (other === row ? (changed === undefined ? [] : [changed]) : [other]));
