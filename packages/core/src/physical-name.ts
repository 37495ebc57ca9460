import { kindOf } from "./kinds/index.ts";
import type { KindName } from "./kinds/kind.ts";
import { hash8 } from "./label.ts";
import { slug } from "./slug.ts";

/** To which platform, environment and stack a component belongs. Names, labels and protection follow from it. */
export interface NameScope {
  readonly platform: string;
  readonly env: string;
  /** The owner's domain. */
  readonly owner: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * The name under which the cloud knows a resource: `<platform>-<env>-<component>-<role>`, the same at every run.
 * A name with global scope ends in 8 hex of owner, project and stack; one that is too long is cut and ends in 8 hex of
 * the whole.
 * @returns `undefined` when the type has neither a name nor a tag for it
 */
export const physicalName = (type: string, scope: NameScope, component: string, role: string): string | undefined => {
  const { name = NAME_TAG, nameTag } = kindOf(type);
  if (name === NAME_TAG && nameTag === undefined) return undefined;
  const parts = [scope.platform, scope.env, component, role];
  if (name.scope === "global") parts.push(hash8([scope.owner, scope.project, scope.stack].join("\n")));
  return `${name.prefix ?? ""}${fit(
    parts.map(slug).filter((part) => part !== ""),
    name,
  )}`;
};

const NAME_TAG: KindName = {
  property: "",
  max: 255,
  alphabet: "dns",
  scope: "none",
  source: "Amazon EC2, tag restrictions",
};

const fit = (parts: readonly string[], { max, alphabet, prefix = "" }: KindName): string => {
  const separator = alphabet === "dns" ? "-" : "";
  const letters = (part: string): string => (alphabet === "dns" ? part : part.replaceAll("-", ""));
  const whole = parts.map(letters).join(separator);
  const room = max - prefix.length;
  if (whole.length <= room) return whole;
  const hash = hash8(parts.join("-"));
  return `${whole.slice(0, room - hash.length - separator.length).replace(/-+$/, "")}${separator}${hash}`;
};
