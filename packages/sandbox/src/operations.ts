import type { FoundResource, LookupQuery, Operations } from "@kasbah/core";
import { withStore } from "./inspect.ts";
import type { CloudObject } from "./store.ts";
import { cloudOf, PACKAGES } from "./tables/index.ts";
import type { Find, Row } from "./tables/row.ts";
import { at, bare, bareProperties, isRecord, type Properties, received, same, type Value } from "./values.ts";

function plain(inputs: Readonly<Record<string, unknown>>): Properties {
  const copy: unknown = JSON.parse(JSON.stringify(inputs));
  return isRecord(copy) ? bareProperties(received(copy)) : {};
}

const agree = (wanted: Properties, defaults: Properties, live: Properties, paths: readonly string[]) =>
  paths.every((path) => same(at({ ...defaults, ...wanted }, path)[0], at(live, path)[0]));

/** Whether a listed object could be the one that was asked for, by what its cloud's list call tells of it. */
function recognised(find: Find, row: Row, wanted: Properties, live: Properties): boolean {
  const defaults = row.defaults ?? {};
  if (find.by !== "tag") return agree(wanted, defaults, live, find.properties);
  const asked: Value | undefined = wanted[find.tags];
  const borne = live[find.tags];
  const tags = isRecord(asked) && isRecord(borne) && Object.keys(asked).every((key) => same(asked[key], borne[key]));
  return tags && agree(wanted, defaults, live, find.and ?? []);
}

function refuseNameless(type: string, find: Find, wanted: Properties): void {
  if (find.by === "tag") {
    const tags = wanted[find.tags];
    if (isRecord(tags) && Object.keys(tags).length > 0) return;
    throw new Error(`simulated cloud: ${type} is recognised by its tags, and this one has none`);
  }
  const [first = ""] = find.properties;
  if (at(wanted, first).length > 0) return;
  throw new Error(`simulated cloud: ${type} is recognised by ${find.properties.join(", ")}; ${first} is not given`);
}

async function rowFor(type: string): Promise<Row> {
  const [name = ""] = type.split(":");
  const row = PACKAGES.includes(name) ? (await cloudOf(name)).rows[type] : undefined;
  if (row?.source) return row;
  throw new Error(`simulated cloud: no rule for recognising ${type}: it is not modelled`);
}

const asListed = (object: CloudObject): Properties => {
  const live = bare(object.properties);
  return isRecord(live) ? live : {};
};

/** What can be asked of the simulated cloud of a folder, by what a real cloud's list calls offer and no more. */
export function sandboxOperations(folder: string): Operations {
  return {
    async lookup({ type, inputs, region }: LookupQuery): Promise<readonly FoundResource[]> {
      const row = await rowFor(type);
      const wanted = plain(inputs);
      refuseNameless(type, row.find, wanted);
      const own = wanted["region"];
      const where = row.region === undefined ? (typeof own === "string" ? own : region) : undefined;
      return withStore<readonly FoundResource[]>(folder, [], (store) =>
        store
          .list(type, where)
          .filter((object) => recognised(row.find, row, wanted, asListed(object)))
          .map(({ id }) => ({ id, by: row.find.by })),
      );
    },
  };
}
