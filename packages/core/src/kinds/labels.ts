import type { Labels } from "../label.ts";
import type { LabelPlace } from "./kind.ts";

/** Properties with the labels put on, in the way of the resource type. What the caller set under other keys stays. */
export const putLabels = <Args extends object>(args: Args, place: LabelPlace, labels: Labels): Args => {
  if (place === "none") return args;
  const held: unknown = Reflect.get(args, place === "string-tags" ? "tags" : place);
  if (place === "string-tags") {
    const others = Array.isArray(held) ? held : [];
    return { ...args, tags: [...others, ...Object.entries(labels).map(([key, value]) => `${key}=${value}`)] };
  }
  return { ...args, [place]: { ...(typeof held === "object" ? held : {}), ...labels } };
};

/** The labels read back from plain properties; `undefined` when the type cannot carry any. */
export const readLabels = (properties: Readonly<Record<string, unknown>>, place: LabelPlace): Labels | undefined => {
  if (place === "none") return undefined;
  if (place === "string-tags") {
    const tags = Array.isArray(properties["tags"]) ? properties["tags"] : [];
    return Object.fromEntries(tags.filter((tag) => typeof tag === "string").map(splitTag));
  }
  const held = properties[place];
  if (typeof held !== "object" || held === null) return {};
  return Object.fromEntries(
    Object.entries(held).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
};

const splitTag = (tag: string): [string, string] => {
  const at = tag.indexOf("=");
  return at < 0 ? [tag, ""] : [tag.slice(0, at), tag.slice(at + 1)];
};
