import { existsSync } from "node:fs";
import path from "node:path";
import { Store } from "./store.ts";
import { isRecord, isSecret, type Properties, rewrite, secret, type Value } from "./values.ts";

/** One object of the simulated cloud, as a person may see it. */
export interface SandboxObject {
  readonly type: string;
  readonly id: string;
  readonly region: string;
  /** Physical name, where the object has one. */
  readonly name?: string;
  /** What the object is, secrets masked. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly created: string;
  /** Why it outlived its deletion, where the real cloud lets nobody remove it. */
  readonly kept?: string;
}

/** Runs `work` on the store of a folder, if there is one yet. */
export function withStore<T>(folder: string, absent: T, work: (store: Store) => T): T {
  if (!existsSync(path.join(folder, "cloud.sqlite"))) return absent;
  const store = new Store(folder);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

const NAMES = ["name", "bucket", "identifier", "accountName", "containerName", "resourceGroupName", "lockName"];

function masked(properties: Properties): Properties {
  const hidden = rewrite(properties, (value) => (isRecord(value) && isSecret(value) ? "[secret]" : value));
  return isRecord(hidden) ? hidden : {};
}

/**
 * Everything that exists in the simulated cloud of a folder, oldest first.
 * @throws {Error} when the folder's file cannot be read.
 */
export function listSandbox(folder: string): readonly SandboxObject[] {
  return withStore<readonly SandboxObject[]>(folder, [], (store) =>
    store.list().map(({ type, id, region, properties, created, kept }) => {
      const name = NAMES.map((key) => properties[key]).find((value) => typeof value === "string");
      return {
        type,
        id,
        region,
        ...(typeof name === "string" ? { name } : {}),
        properties: masked(properties),
        created,
        ...(kept === undefined ? {} : { kept }),
      };
    }),
  );
}

/** Changes to an object's properties; `null` takes a property away. */
export type DriftPatch = Readonly<Record<string, Value>>;

/**
 * Changes an object behind the engine's back, as somebody in the cloud's own console would. `null` as the whole patch
 * deletes it.
 * @throws {Error} when no object, or more than one, has the id.
 */
export function drift(folder: string, id: string, patch: DriftPatch | null): void {
  const done = withStore(folder, false, (store) =>
    store.transaction(() => {
      const found = store.list().filter((object) => object.id === id || `${object.type} ${object.id}` === id);
      const [object] = found;
      if (!object || found.length > 1) {
        const which = found.map(({ type }) => `"${type} ${id}"`).join(", ");
        throw new Error(`${found.length} objects of the simulated cloud have the id ${id}${which && `: say ${which}`}`);
      }
      if (patch === null) {
        store.remove(object);
        return true;
      }
      const changed = (old: Properties) => {
        const merged: Record<string, Value> = { ...old };
        for (const [key, value] of Object.entries(patch)) {
          const was = old[key];
          if (value === null) delete merged[key];
          else merged[key] = was !== undefined && isSecret(was) ? secret(value) : value;
        }
        return merged;
      };
      store.put({ ...object, inputs: changed(object.inputs), properties: changed(object.properties) });
      return true;
    }),
  );
  if (!done) throw new Error(`there is no simulated cloud in ${folder}`);
}
