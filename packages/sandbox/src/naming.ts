import { createHash } from "node:crypto";
import type { CheckQuery } from "./provider.ts";
import type { Row } from "./tables/row.ts";
import { type Properties, withMadeUp } from "./values.ts";

/**
 * The inputs with a physical name. One that was made up before stays; a new one is the logical name and seven
 * characters, as the clouds' own providers make it.
 */
export function nameFor(row: Row, query: CheckQuery): Properties {
  const { naming } = row;
  const { news, olds } = query;
  if (!naming || news[naming.property] !== undefined) return news;
  const prefix = naming.prefix === undefined ? undefined : news[naming.prefix];
  const old = olds[naming.property];
  const keeps = typeof old === "string" && (typeof prefix !== "string" || old.startsWith(prefix));
  if (keeps) return withMadeUp(news, naming.property, old);
  const end = createHash("sha256").update(query.seed).update(query.name).digest("hex").slice(0, 7);
  const made = typeof prefix === "string" ? `${prefix}${end}` : (query.proposed ?? `${query.name}-${end}`);
  return withMadeUp(news, naming.property, shaped(made, end, naming));
}

function shaped(name: string, end: string, { alphanumeric, lower }: NonNullable<Row["naming"]>): string {
  if (!alphanumeric) return lower ? name.toLowerCase() : name;
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return letters.length <= alphanumeric ? letters : letters.slice(0, alphanumeric - end.length) + end;
}
