/** A resource in one of the two worlds. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The same estate in both worlds. */
export interface Both {
  readonly terraform: readonly Resource[];
  readonly pulumi: readonly Resource[];
}

/** A breach, and the lawful estate that differs in nothing else. All data are restricted, at home in FR and NL. */
export interface Case {
  readonly name: string;
  readonly what: string;
  /** Our rules that are there to find it. */
  readonly rules: readonly string[];
  readonly estate: (breach: boolean) => Both;
}

export const LABEL = { "kasbah-class": "restricted" };

/** A resource whose names and values are alike in both worlds but for the writing of keys. */
export const alike = (
  terraform: string,
  pulumi: string,
  name: string,
  values: Readonly<Record<string, unknown>>,
): Both => ({
  terraform: [{ type: terraform, name, values }],
  pulumi: [{ type: pulumi, name, values: Object(camel(values)) }],
});

const camel = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      key === "tags" ? one : camel(one),
    ]),
  );
};

export const together = (...parts: readonly Both[]): Both => ({
  terraform: parts.flatMap(({ terraform }) => terraform),
  pulumi: parts.flatMap(({ pulumi }) => pulumi),
});
