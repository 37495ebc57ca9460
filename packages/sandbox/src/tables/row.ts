import type { Properties, Value } from "../values.ts";

/**
 * A value with places to fill. `{bucket}` is a property (a dotted path), and `{vpcId>arn}` a property of the object that
 * `vpcId` refers to. `{id}`, `{region}`, `{account}`, `{project}` and `{created}` are facts of the object. `{hex:17}`,
 * `{digits:12}` and `{uuid}` are made up once; `{host:cidr:1}` is an address of a network, `{host:cidr:any}` one made
 * up once. `{?encrypted}` is empty where that property is true and absent where not, `{!noGateway}` the reverse.
 * `{=words}` is those words, and `{a|b}` the first that is there. A text that is one place alone keeps the value's
 * type. What has nothing to fill it is left out.
 */
export type Template = Value;

/** How a list or describe call of the real cloud lets one recognise an object whose id was lost. */
export type Find =
  | { readonly by: "name"; readonly properties: readonly string[] }
  /** All its tags, `Name` or another telling one among them, and these properties beside them. */
  | { readonly by: "tag"; readonly tags: string; readonly and?: readonly string[] }
  | { readonly by: "natural-key"; readonly properties: readonly string[] };

/** Something that must exist before the object is made. */
export interface Reference {
  /** Path of the property that names it; `*` goes over a list. */
  readonly path: string;
  /** Types it may be, and by which of their attributes it is named. */
  readonly to: readonly { readonly type: string; readonly by: string }[];
  /** What the cloud says when it is not there; `{value}` is what was asked for. */
  readonly refusal: string;
  /** What happens to this object when the other is deleted; `ignore` when the cloud does not care. */
  readonly onDelete: "refuse" | "cascade" | "ignore";
  /** Whether what lies under the other's path (`<id>/...`) is held as well, as a lock of Azure holds it. */
  readonly inherited?: true;
  /** Values that the cloud itself furnishes. */
  readonly furnished?: RegExp;
}

/** Properties that no two objects may share together. It holds where the first of them is set. */
export interface Unique {
  readonly by: readonly string[];
  readonly scope: "global" | "account" | "region";
  /** What the cloud says on a conflict. */
  readonly refusal: string;
}

/** How the provider makes up a physical name that the program did not give. */
export interface Naming {
  readonly property: string;
  /** Property that gives the beginning of a name. */
  readonly prefix?: string;
  /** Only small letters and digits, at most this many. */
  readonly alphanumeric?: number;
  readonly lower?: boolean;
}

/** A change that the cloud refuses. */
export type UpdateRule = { readonly path: string; readonly refusal: string } & (
  | { readonly rule: "grows" }
  | { readonly rule: "no-way-back"; readonly from: Value; readonly to: Value }
);

/** How far the facts of a row were looked up. */
export type Seen = "generated" | "read" | "unread";

/** What is known of one type. A row without a source counts as not modelled. */
export interface Row {
  /**
   * Document, address or package and version that the row is from; after a semicolon, what is from elsewhere, and from
   * where. `engine: ` is the provider's own schema or page, which decides what an update does.
   */
  readonly source: string;
  /** Date of that source, or on which it was read. */
  readonly asOf: string;
  /**
   * `generated`: its `replaceOn` comes from the generated JSON beside it, and for the rest `source` vouches only as far
   * as it names one. `read`: the cited page, or the vendor's API document or the provider's documentation or source that
   * carries the same statement, was found and says what the row says. `unread`: neither. None of them vouches for the
   * wording of a refusal.
   */
  readonly seen: Seen;
  readonly id: string;
  /** `global`, or a place to fill; the provider's region when absent. */
  readonly region?: string;
  /** Paths whose change makes another object. */
  readonly replaceOn: readonly string[];
  readonly naming?: Naming;
  readonly unique?: readonly Unique[];
  readonly references?: readonly Reference[];
  /** What the cloud computes, in the order in which later ones may use earlier ones. */
  readonly outputs?: Readonly<Record<string, Template>>;
  /** What the cloud sets where the program says nothing. */
  readonly defaults?: Properties;
  /** Properties that are secret whatever the program says. */
  readonly secrets?: readonly string[];
  readonly find: Find;
  /** Property that the provider also takes for an id, at an import. */
  readonly importBy?: string;
  readonly updates?: readonly UpdateRule[];
  /** Refuses deletion while the property is true. */
  readonly protectedBy?: { readonly path: string; readonly refusal: string };
  /** Refuses deletion while `path` is not set, unless the property `unless` is true. */
  readonly deletionNeeds?: { readonly path: string; readonly unless: string; readonly refusal: string };
  /** Making it where it is already writes over it, as a PUT does. */
  readonly overwrites?: true;
  /** What the cloud says when something that needs the object still exists. */
  readonly inUse?: string;
  /** Why the cloud keeps the object after its deletion. */
  readonly keeps?: string;
}

/** A function that programs call, given its arguments and the cloud it is asked of. */
export type Invoke = (args: Properties, scene: Scene) => Properties;

/** What a function may know of the simulated cloud. */
export interface Scene {
  readonly region: string;
  readonly account: string;
  readonly project: string;
  /** Objects of a type in the region. */
  readonly list: (type: string) => readonly { readonly id: string; readonly properties: Properties }[];
}

/** Everything that is known of one cloud's package. */
export interface Cloud {
  /** Name of the package, `aws`. */
  readonly package: string;
  /** Region where the program configured none; none: it must. */
  readonly defaultRegion?: string;
  /** Whether objects of the same id can live in several regions, and the `region` property says in which. */
  readonly regional: boolean;
  readonly account: string;
  readonly defaultProject: string;
  readonly rows: Readonly<Record<string, Row>>;
  readonly invokes: Readonly<Record<string, Invoke>>;
  readonly shapes: Shapes;
}

/** Property names that an SDK declares: property -> nested types it may hold, `*` for a free map. */
export interface Shapes {
  readonly source: string;
  readonly resources: Readonly<Record<string, Members>>;
  readonly types: Readonly<Record<string, Members>>;
}

/** Members of a resource or nested type. */
export type Members = Readonly<Record<string, readonly string[]>>;
