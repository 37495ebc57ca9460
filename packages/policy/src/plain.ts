import type { Class, Country, Declaration } from "@kasbah/core";

/**
 * A resource as some input gave it: a program run without an engine, the log of a preview, an exported state, later the
 * plan of another tool. Readers know only this.
 */
export interface PlainResource {
  /** URN or address: unique in the estate, and what findings name. */
  readonly id: string;
  /** Type token as written. Versioned modules and old names are understood. */
  readonly type: string;
  readonly name: string;
  /**
   * Inputs. What is not known: {@link UNKNOWN}, or the text that the engine writes for it, or its path in
   * `unknownPaths`. What is secret and cannot be read: `UNKNOWN`, with its path in `secretPaths`.
   */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What the cloud answered, where the input has it: ids and ARNs by which other resources refer to this one. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Id of the parent. */
  readonly parent?: string;
  /** Id of the provider's resource in the same list (`<urn>::<id>`, as a state has it, is understood), or what it is. */
  readonly provider?:
    | string
    | {
        readonly type: string;
        readonly properties: Readonly<Record<string, unknown>>;
        readonly id?: string;
        readonly name?: string;
      };
  /** Ids of what it depends on. */
  readonly dependencies?: readonly string[];
  /** The same by top-level property, so that an unknown reference is followed to what it means. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Dotted paths of inputs that are not known, as `rules.0.destination.bucket`. */
  readonly unknownPaths?: readonly string[];
  /** Dotted paths of inputs that are secret: judged where they can be read, never shown. */
  readonly secretPaths?: readonly string[];
  /** The stack that it belongs to: several are judged together. */
  readonly stack?: string;
  /** The engine refuses to delete it, or keeps it when it is taken off the program. */
  readonly protect?: boolean;
}

/** What the input cannot say: the declaration, or what a house that is not ours calls things. */
export interface EstateContext {
  readonly declaration?: Declaration;
  /** Where data may be whose label names a class only. @default - where the owner of the declaration is established */
  readonly homeCountries?: readonly Country[];
  /** Keys of labels in another house, beside ours, as `{ class: ["data-class"] }`. The first that is there counts. */
  readonly labelKeys?: { readonly class?: readonly string[]; readonly datasets?: readonly string[] };
  /** Another house's words for our classes, as `{ secret: "restricted" }`. */
  readonly classWords?: Readonly<Record<string, Class>>;
  /** What is known of a whole stack, by its name: what counts for a resource without a label, and where its state is. */
  readonly stacks?: Readonly<Record<string, StackContext>>;
  /** The place of a Kubernetes cluster, by the name of its Pulumi provider, its kubeconfig context, or its stack. */
  readonly clusters?: Readonly<Record<string, string>>;
  /** The place or site behind a host name, as `{ "otlp.example.ma": "home" }`. A leading dot means every name below. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** The day of the last restore drill of a dataset, `YYYY-MM-DD`. */
  readonly drills?: Readonly<Record<string, string>>;
}

/** What is known of a stack as a whole. */
export interface StackContext {
  readonly class?: Class;
  readonly datasets?: readonly string[];
  /** URL of the engine's state backend, as `s3://bucket?region=eu-west-3`. */
  readonly backend?: string;
}
