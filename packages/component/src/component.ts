import {
  defined,
  formatProblem,
  kindOf,
  type LabelPlace,
  labelsOf,
  PROTECTION,
  type Preset,
  type Problem,
  type Protection,
  physicalName,
  putLabels,
} from "@kasbah/core";
import * as pulumi from "@pulumi/pulumi";
import { type LayerArgs, presetOf } from "./scope.ts";

/** What a caller may change about one named child: pure, from arguments to arguments. */
export type Override<Args> = (args: Args) => Args;

type ResourceClass<Args, R extends pulumi.Resource> = new (
  name: string,
  args: Args,
  opts: pulumi.CustomResourceOptions,
) => R;

/** What a child may be given beside its arguments. */
export interface ChildOptions<Args> {
  readonly override?: Override<Args> | undefined;
  readonly dependsOn?: pulumi.Resource[] | undefined;
  readonly ignoreChanges?: string[] | undefined;
  /** Through another provider than the component's: another project or site. */
  readonly provider?: pulumi.ProviderResource | undefined;
  /** It holds none of the datasets, whatever its type could hold: settings, reports. Its label names none. */
  readonly holdsNoData?: true;
  /** It can be made anew without losing data, as a key that rotates: never protected, whatever its type. */
  readonly renewable?: true;
  /** The physical name's last part, where it differs from the role. `""` leaves it out. */
  readonly nameRole?: string;
}

/** The base of every layer: it names, labels and protects what a layer makes. */
export abstract class Component extends pulumi.ComponentResource {
  protected readonly preset: Preset;
  protected readonly protection: Protection;
  readonly #name: string;
  readonly #args: LayerArgs;

  /** @param type the token without its first part, as `aws:Postgres` */
  constructor(type: `${string}:${string}`, name: string, args: LayerArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(`kasbah:${type}`, name, {}, opts);
    this.#name = name;
    this.#args = args;
    this.preset = presetOf(args.scope);
    this.protection = PROTECTION[this.preset];
  }

  /**
   * Makes `<name>-<role>` under this component: the physical name is put in, then the caller's override is applied,
   * then the labels are put on, so that nothing escapes them.
   */
  protected child<Args extends object, R extends pulumi.Resource>(
    Type: ResourceClass<Args, R>,
    role: string,
    args: Args,
    { override = (unchanged) => unchanged, nameRole = role, renewable, holdsNoData, ...opts }: ChildOptions<Args> = {},
  ): R {
    const type = typeToken(Type);
    const kind = kindOf(type);
    const name = this.#physicalName(type, nameRole);
    const named = kind.name === undefined ? args : { [kind.name.property]: name, ...args };
    const nameTag = kind.nameTag === undefined || name === undefined ? {} : { [kind.nameTag]: name };
    const labels = { ...this.#labels(kind.holdsData === true && holdsNoData !== true), ...nameTag };
    const final = putLabels(this.#plainLabels(override(named), kind.label), kind.label, labels);
    return new Type(`${this.#name}-${role}`, final, {
      ...defined(opts),
      parent: this,
      ...(kind.stateful && !renewable && this.protection.deletionProtection ? { protect: true } : {}),
      ...(kind.deleteBeforeReplace ? { deleteBeforeReplace: true } : {}),
    });
  }

  /** The name under which the cloud will know the child of this type and role. */
  protected physicalName(type: string, role: string): string {
    return this.#physicalName(type, role) ?? "";
  }

  /** Rejects with every problem at once, against this component and without a stack. */
  protected reject(problems: Iterable<Problem>): void {
    const lines = [...problems].map(formatProblem);
    if (lines.length > 0) throw new pulumi.ResourceError(lines.join("\n"), this, true);
  }

  /** Labels that are not known yet would hide ours from the gate: they are plain values. */
  #plainLabels<Args extends object>(args: Args, place: LabelPlace): Args {
    const held: unknown = Reflect.get(args, place === "string-tags" ? "tags" : place);
    if (pulumi.Output.isInstance(held) || held instanceof Promise) {
      this.reject([{ path: place, expected: "plain labels", got: "an output", mend: "give a plain object or list" }]);
    }
    return args;
  }

  #physicalName(type: string, role: string): string | undefined {
    const scope = { ...this.#args.scope, project: pulumi.getProject(), stack: pulumi.getStack() };
    return physicalName(type, scope, this.#name, role);
  }

  #labels(holdsData: boolean) {
    const { scope, class: level, datasets = [] } = this.#args;
    return labelsOf({ class: level, datasets, owner: scope.owner, env: scope.env }, holdsData);
  }
}

/** Every generated resource class carries its token in a static that the declarations leave out. */
const typeToken = (Type: object): string => {
  const token: unknown = Reflect.get(Type, "__pulumiType");
  if (typeof token !== "string") throw new Error("a child's class has no Pulumi type token");
  return token;
};
