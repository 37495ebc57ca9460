import { attribute, rowOf } from "./scene.ts";
import type { CloudObject, Store } from "./store.ts";
import type { Cloud, Reference, Row, Unique } from "./tables/row.ts";
import { fillWords } from "./template.ts";
import { at, bareProperties, hasSecret, isSecret, type Properties, same, secret, type Value } from "./values.ts";

/** What the cloud itself would refuse: said in its words. */
export class Refusal extends Error {}

const words = (text: string, object: CloudObject, value: Value = "") =>
  fillWords(text, {
    properties: object.properties,
    facts: { id: object.id, region: object.region, value: isSecret(value) ? "[secret]" : String(value) },
  });

const inReach = (scope: Unique["scope"], a: CloudObject, b: CloudObject) => scope !== "region" || a.region === b.region;

/** Refuses an object whose name, or other key, another one holds; `self` is what it was before, at an update. */
export function refuseTaken(store: Store, row: Row, object: CloudObject, self?: CloudObject): void {
  const isSelf = (other: CloudObject) => other.id === self?.id && other.region === self.region;
  const mine = bareProperties(object.properties);
  for (const { by, scope, refusal } of row.unique ?? []) {
    const keys = by.map((path) => at(mine, path)[0]);
    if (keys[0] === undefined) continue;
    const taken = store.list(object.type).some((other) => {
      if (isSelf(other) || !inReach(scope, object, other)) return false;
      const theirs = bareProperties(other.properties);
      return by.every((path, index) => same(at(theirs, path)[0], keys[index]));
    });
    if (taken) throw new Refusal(words(refusal, object));
  }
  const other = store.get(object.type, object.id, object.region);
  if (other && !row.overwrites && !isSelf(other)) throw new Refusal(`${object.type} ${object.id} exists already`);
}

function points(cloud: Cloud, reference: Reference, object: CloudObject, value: Value, target: CloudObject): boolean {
  return reference.to.some(({ type, by }) => {
    if (type !== target.type || attribute(target, by) !== value) return false;
    // An ARN or a path says itself where it is; a bare id is looked for in the object's own region.
    const anywhere = !cloud.regional || target.region === "global" || object.region === "global" || by === "arn";
    return anywhere || target.region === object.region;
  });
}

/** Refuses an object that refers to what is not there. */
export function refuseDangling(cloud: Cloud, store: Store, row: Row, object: CloudObject): void {
  const mine = bareProperties(object.properties);
  for (const reference of row.references ?? []) {
    const candidates = reference.to.flatMap(({ type }) => store.list(type));
    for (const value of at(mine, reference.path)) {
      if (value === "" || (typeof value === "string" && reference.furnished?.test(value))) continue;
      if (candidates.some((target) => points(cloud, reference, object, value, target))) continue;
      const hides = hasSecret(object.properties[reference.path.split(".")[0] ?? ""] ?? null);
      throw new Refusal(words(reference.refusal, object, hides ? secret(value) : value));
    }
  }
}

/** Refuses a change that the cloud does not make. */
export function refuseChange(row: Row, old: Properties, now: Properties, object: CloudObject): void {
  for (const change of row.updates ?? []) {
    const [before] = at(old, change.path);
    const [after] = at(now, change.path);
    const refused =
      change.rule === "grows"
        ? typeof before === "number" && typeof after === "number" && after < before
        : same(before, change.from) && same(after, change.to);
    if (refused) throw new Refusal(words(change.refusal, object, after));
  }
}

/** Objects that refer to this one, with the reference by which they do. */
function dependants(cloud: Cloud, store: Store, object: CloudObject) {
  return Object.entries(cloud.rows).flatMap(([type, row]) =>
    (row.references ?? [])
      .filter((reference) => reference.onDelete !== "ignore" && reference.to.some((to) => to.type === object.type))
      .flatMap((reference) =>
        store
          .list(type)
          .filter((other) =>
            at(bareProperties(other.properties), reference.path).some(
              (value) =>
                points(cloud, reference, other, value, object) ||
                (reference.inherited === true && object.id.startsWith(`${value}/`)),
            ),
          )
          .map((other) => ({ other, reference })),
      ),
  );
}

/** Deletes as the cloud does: refuses what is protected or needed, takes along what cannot live without it. */
export function deleteObject(cloud: Cloud, store: Store, object: CloudObject): void {
  const row = rowOf(cloud, object.type);
  const { protectedBy, deletionNeeds, inUse, keeps } = row ?? {};
  const is = (path: string) => at(bareProperties(object.properties), path)[0];
  if (protectedBy && is(protectedBy.path) === true) throw new Refusal(words(protectedBy.refusal, object));
  if (deletionNeeds && is(deletionNeeds.unless) !== true && is(deletionNeeds.path) === undefined) {
    throw new Refusal(words(deletionNeeds.refusal, object));
  }
  const needed = dependants(cloud, store, object);
  const holder = needed.find(({ other, reference }) => reference.onDelete === "refuse" && !other.kept);
  if (holder) {
    const said = inUse ? words(inUse, object) : `${object.id} is in use`;
    throw new Refusal(`${said} (by ${holder.other.type} ${holder.other.id})`);
  }
  for (const { other, reference } of needed) {
    if (reference.onDelete === "cascade" && store.get(other.type, other.id, other.region)) {
      deleteObject(cloud, store, other);
    }
  }
  if (keeps) store.put({ ...object, kept: keeps });
  else store.remove(object);
}
