import type { CloudObject, Store } from "./store.ts";
import type { Cloud, Row } from "./tables/row.ts";
import { type Filling, fill } from "./template.ts";
import { at, bare, bareProperties, type Properties, UNKNOWN } from "./values.ts";

/** A row for a type that has none: its inputs are echoed, an id is made, nothing is checked. */
export const NOT_MODELLED: Row = {
  source: "",
  asOf: "",
  seen: "unread",
  id: "simulated-{uuid}",
  replaceOn: [],
  find: { by: "natural-key", properties: [] },
};

/** The row of a type, if there is one with a source. */
export function rowOf(cloud: Cloud, type: string): Row | undefined {
  const row = cloud.rows[type];
  return row?.source ? row : undefined;
}

/** What the provider was configured with: where it acts. */
export interface Place {
  readonly region?: string;
  readonly project?: string;
}

/** The object that a property refers to, if the simulated cloud has it. */
export function referredBy(store: Store, row: Row, properties: Properties, path: string): Properties | undefined {
  const [value] = at(bare(properties), path);
  const reference = row.references?.find((one) => one.path === path || one.path.replace(".*", ".0") === path);
  for (const { type, by } of reference?.to ?? []) {
    const found = store.list(type).find((object) => attribute(object, by) === value);
    if (found) return { ...found.properties, id: found.id };
  }
  return undefined;
}

/** An attribute of an object: its id, or one of its properties. */
export function attribute(object: CloudObject, name: string): unknown {
  return name === "id" ? object.id : at(bareProperties(object.properties), name)[0];
}

/** Where a new object of the row would be. */
export function regionOf(cloud: Cloud, row: Row, properties: Properties, at: Place, store: Store): string {
  if (row.region === "global") return "global";
  const configured = at.region ?? cloud.defaultRegion ?? "";
  const own = cloud.regional ? properties["region"] : undefined;
  const region = typeof own === "string" && own !== UNKNOWN ? own : configured;
  if (!row.region) return region;
  const filled = fill(row.region, filling(cloud, row, properties, at, store, { region }));
  return typeof filled === "string" ? filled : region;
}

/** What templates of the row are filled from. */
export function filling(
  cloud: Cloud,
  row: Row,
  properties: Properties,
  place: Place,
  store: Store,
  facts: Readonly<Record<string, string | undefined>>,
): Filling {
  const own = properties["project"];
  return {
    properties,
    facts: {
      account: cloud.account,
      project: typeof own === "string" ? own : (place.project ?? cloud.defaultProject),
      ...facts,
    },
    referred: (path) => referredBy(store, row, properties, path),
  };
}

/** The object under an id, in the region that its properties or the configuration name. */
export function locate(
  cloud: Cloud,
  row: Row,
  type: string,
  id: string,
  properties: Properties,
  place: Place,
  store: Store,
): CloudObject | undefined {
  const [bareId = id, after] = cloud.package === "aws" ? id.split("@") : [id];
  const region = row.region === "global" ? "global" : (after ?? regionOf(cloud, row, properties, place, store));
  const where = cloud.regional ? region : undefined;
  const found = store.get(type, bareId, where);
  if (found || !row.importBy) return found;
  const { importBy } = row;
  return store.list(type, where).find((object) => attribute(object, importBy) === bareId);
}
