import { createHash, randomUUID } from "node:crypto";
import type { Template } from "./tables/row.ts";
import { at, bare, isRecord, isSecret, type Properties, secret, UNKNOWN, type Value } from "./values.ts";

/** What the places of a template are filled from. */
export interface Filling {
  readonly properties: Properties;
  /** `id`, `region`, `account`, `project`, `created`, `value`: facts that are no properties. */
  readonly facts: Readonly<Record<string, string | undefined>>;
  /** Properties of the object that the property at `path` refers to. */
  readonly referred?: (path: string) => Properties | undefined;
  /** In a preview made-up values are not known yet. */
  readonly preview?: boolean;
}

/** Hexadecimal ids of the simulated cloud begin with this, so that they are known again in a log. */
export const MARK = "51a0";

function madeUp(kind: string): string | undefined {
  const uuid = randomUUID();
  if (kind === "uuid") return MARK + uuid.slice(MARK.length);
  const [shape, length = "8"] = kind.split(":");
  const digest = createHash("sha256").update(uuid).digest("hex");
  if (shape === "hex") return (MARK + digest).slice(0, Number(length));
  if (shape === "digits") return BigInt(`0x${digest}`).toString().slice(-Number(length));
  return undefined;
}

/** The n-th address of an IPv4 network; `any` is one of the first fifty thousand, negative counts from the end. */
function host(network: Value | undefined, which: string): Value | undefined {
  if (network === UNKNOWN) return UNKNOWN;
  const [, a, b, c, d, bits] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(String(network)) ?? [];
  if (bits === undefined) return undefined;
  const first = [a, b, c, d].reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(bits));
  const step =
    which === "any" ? 10 + (Number(madeUp("digits:6")) % Math.max(1, Math.min(50_000, size - 12))) : Number(which);
  const address = first + (step < 0 ? size + step : step);
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

function one(place: string, filling: Filling): Value | undefined {
  if (place in filling.facts) return filling.facts[place] ?? UNKNOWN;
  if (place.startsWith("=")) return place.slice(1);
  if (place.startsWith("!")) return at(filling.properties, place.slice(1))[0] === true ? undefined : "";
  if (place.startsWith("?")) return at(filling.properties, place.slice(1))[0] === true ? "" : undefined;
  if (/^(uuid|(hex|digits):\d+)$/.test(place)) return filling.preview ? UNKNOWN : madeUp(place);
  if (place.startsWith("host:")) {
    const [, network = "", which = ""] = place.split(":");
    return filling.preview && which === "any" ? UNKNOWN : host(one(network, filling), which);
  }
  const [path = "", attribute] = place.split(">");
  const [found] = at(filling.properties, path);
  if (attribute === undefined || found === undefined) return attribute === undefined ? found : undefined;
  const other = filling.referred?.(path);
  if (!other) return filling.preview ? UNKNOWN : undefined;
  return at(other, attribute)[0];
}

function place(text: string, filling: Filling): Value | undefined {
  for (const alternative of text.split("|")) {
    const value = one(alternative, filling);
    if (value !== undefined) return value;
  }
  return undefined;
}

function fillText(text: string, filling: Filling): Value | undefined {
  const alone = /^\{([^{}]+)\}$/.exec(text)?.[1];
  if (alone) return place(alone, filling);
  let hidden = false;
  let unknown = false;
  let missing = false;
  const filled = text.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = place(name, filling);
    if (value === undefined) missing = true;
    else if (isSecret(value)) hidden = true;
    else if (value === UNKNOWN) unknown = true;
    return value === undefined ? "" : String(bare(value));
  });
  if (missing) return undefined;
  const result = unknown ? UNKNOWN : filled;
  return hidden ? secret(result) : result;
}

/** The template with its places filled, or nothing when one of them has nothing to fill it. */
export function fill(template: Template, filling: Filling): Value | undefined {
  if (typeof template === "string") return fillText(template, filling);
  if (Array.isArray(template)) {
    const items = template.map((item: Template) => fill(item, filling));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isRecord(template)) return template;
  const members: Record<string, Value> = {};
  for (const [key, member] of Object.entries(template)) {
    const filled = fill(member, filling);
    if (filled === undefined) return undefined;
    members[key] = filled;
  }
  return members;
}

/** A text for people: every place filled, empty where there is nothing, secrets hidden. */
export function fillWords(text: string, filling: Filling): string {
  return text.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = place(name, filling) ?? "";
    return isSecret(value) ? "[secret]" : typeof value === "object" ? JSON.stringify(bare(value)) : String(value);
  });
}
