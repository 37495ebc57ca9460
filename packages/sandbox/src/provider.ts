import { unknownProperties } from "./check.ts";
import { type Change, compare, keepsName } from "./diff.ts";
import { nameFor } from "./naming.ts";
import { deleteObject, refuseChange, refuseDangling, refuseTaken } from "./rules.ts";
import { filling, locate, NOT_MODELLED, type Place, regionOf, rowOf } from "./scene.ts";
import type { CloudObject, Store } from "./store.ts";
import { type Striker, struck } from "./strike.ts";
import type { Cloud, Row } from "./tables/row.ts";
import { fill } from "./template.ts";
import { asked, bare, bareProperties, type Properties, secret, UNKNOWN, type Value } from "./values.ts";

/** What a `Check` is asked. */
export interface CheckQuery {
  readonly type: string;
  /** The logical name; it only ever becomes part of a made-up physical name. */
  readonly name: string;
  readonly olds: Properties;
  readonly news: Properties;
  readonly seed: Uint8Array;
  /** A physical name that the engine proposes. */
  readonly proposed?: string;
  /** Where a warning is shown. */
  readonly urn?: string;
}

/** A resource's id, what it was asked to be, and what it is. */
export interface Answer {
  readonly id: string;
  readonly inputs: Properties;
  readonly properties: Properties;
}

/** How the provider speaks: severity, text, and the resource that it is about. */
export type Log = (severity: "info" | "warning", message: string, urn?: string) => void;

/** Places in a template that are filled at the creation and never again. */
const MADE_ONCE = /[{|](uuid|hex:|digits:|host:[^:}]*:any|created)/;

/** A cloud's provider on plain values: the words of the protocol, without its wire. */
export class Provider {
  readonly #cloud: Cloud;
  readonly #store: Store;
  readonly #striker: Striker;
  readonly #log: Log;
  readonly #told = new Set<string>();
  #place: Place = {};

  constructor(cloud: Cloud, store: Store, striker: Striker, log: Log) {
    this.#cloud = cloud;
    this.#store = store;
    this.#striker = striker;
    this.#log = log;
  }

  /** Takes the region and project of the configuration; credentials are not looked at. */
  configure(config: Properties): void {
    const { AWS_REGION, OS_REGION_NAME } = process.env;
    const fallback = { aws: AWS_REGION, openstack: OS_REGION_NAME }[this.#cloud.package];
    const region = config["region"] ?? config["location"] ?? fallback;
    const project = config["project"] ?? config["tenantId"];
    this.#place = {
      ...(typeof region === "string" && region !== UNKNOWN ? { region } : {}),
      ...(typeof project === "string" && project !== UNKNOWN ? { project } : {}),
    };
  }

  /** Names what has none, and lists what is wrong with the inputs. */
  check(query: CheckQuery) {
    this.#warnOf(query.type, query.urn ?? "");
    const row = this.#row(query.type);
    const inputs = hidden(row, nameFor(row, query));
    const failures = [...unknownProperties(this.#cloud.shapes, query.type, inputs)];
    if (row.region !== "global" && this.#region(row, inputs) === "") {
      failures.push({ path: "region", reason: `no region: set ${this.#cloud.package}:region` });
    }
    return { inputs, failures };
  }

  /** Compares old inputs with new ones; a move to another region makes another object. */
  diff(type: string, oldInputs: Properties, news: Properties, state: Properties, ignored: readonly string[]): Change {
    const row = this.#row(type);
    const change = compare(row, oldInputs, news, ignored);
    const was = state["region"];
    if (!this.#cloud.regional || row.region === "global" || typeof was !== "string") return change;
    if (was === this.#region(row, news)) return change;
    const also = (paths: readonly string[]) => [...new Set([...paths, "region"])];
    const deleteBeforeReplace = keepsName(row, oldInputs, news);
    return { paths: also(change.paths), replaces: also(change.replaces), deleteBeforeReplace };
  }

  /** What a creation would give: what is plainly known, and unknowns for the rest. */
  previewCreate(type: string, given: Properties): Answer {
    return this.#made(type, hidden(this.#row(type), asked(given)), undefined);
  }

  /** Makes the object. */
  create(type: string, given: Properties, urn: string): Promise<Answer> {
    this.#warnOf(type, urn);
    return this.#act("create", type, urn, () => {
      const row = this.#row(type);
      const inputs = hidden(row, asked(given));
      const created = new Date().toISOString();
      const { id, properties } = this.#made(type, inputs, created);
      const object: CloudObject = { type, id, region: this.#region(row, inputs), inputs, properties, created };
      refuseDangling(this.#cloud, this.#store, row, object);
      if (!isKnown(id)) throw new Error(`${type}: its inputs do not make an id: ${row.id}`);
      refuseTaken(this.#store, row, object);
      this.#store.put(object);
      return object;
    });
  }

  /** What the object would be after an update. */
  previewUpdate(type: string, id: string, news: Properties, state: Properties): Answer {
    return this.#changed(type, { id, created: undefined, properties: state }, news);
  }

  /** Changes the object. */
  update(type: string, id: string, news: Properties, state: Properties, urn: string): Promise<Answer> {
    return this.#act("update", type, urn, () => {
      const row = this.#row(type);
      const found = this.#locate(type, id, state);
      if (!found) throw new Error(`${type} ${id} does not exist`);
      const { kept: _, ...live } = found;
      const { properties } = this.#changed(type, live, news);
      const object: CloudObject = { ...live, inputs: hidden(row, asked(news)), properties };
      refuseChange(row, bareProperties(live.properties), bareProperties(properties), object);
      refuseDangling(this.#cloud, this.#store, row, object);
      refuseTaken(this.#store, row, object, live);
      this.#store.put(object);
      return object;
    });
  }

  /** The object as it is now, or nothing when it is gone. */
  read(type: string, id: string, state: Properties, urn: string): Promise<Answer | undefined> {
    return this.#act("read", type, urn, () => this.#locate(type, id, state));
  }

  /** Deletes the object; one that is gone already is deleted. */
  delete(type: string, id: string, state: Properties, urn: string): Promise<void> {
    return this.#act("delete", type, urn, () => {
      const object = this.#locate(type, id, state);
      if (!object) return;
      deleteObject(this.#cloud, this.#store, object);
      const { keeps } = this.#row(type);
      if (keeps) this.#log("warning", this.#say(`${id} is out of the state, but stays: ${keeps}`), urn);
    });
  }

  /** Answers a function that it is told about. */
  invoke(token: string, args: Properties): Promise<Properties> {
    return this.#act("invoke", token, "", () => {
      const answer = this.#cloud.invokes[token];
      if (!answer)
        throw new Error(`the function ${token} is not modelled; known are ${Object.keys(this.#cloud.invokes)}`);
      const own = args["region"];
      const region = typeof own === "string" ? own : (this.#place.region ?? this.#cloud.defaultRegion ?? "");
      const list = (type: string) => this.#store.list(type, this.#cloud.regional ? region : undefined);
      const project = this.#place.project ?? this.#cloud.defaultProject;
      return answer(bareProperties(args), { region, account: this.#cloud.account, project, list });
    });
  }

  /** A text, with the word that no message of this provider lacks. */
  #say(text: string): string {
    return `simulated ${this.#cloud.package}: ${text}`;
  }

  #warnOf(type: string, urn: string): void {
    if (rowOf(this.#cloud, type) || this.#told.has(type)) return;
    this.#told.add(type);
    const means = "its inputs are echoed; names, references, replacements and computed outputs are not simulated";
    this.#log("warning", `simulated cloud: ${type} is not modelled: ${means}`, urn);
  }

  async #act<T>(on: "create" | "read" | "update" | "delete" | "invoke", type: string, urn: string, work: () => T) {
    const told = (text: string) => this.#log("warning", this.#say(text), urn);
    try {
      return await struck(this.#striker, { on, type, told }, () => this.#store.transaction(work));
    } catch (error) {
      throw new Error(this.#say(error instanceof Error ? error.message : String(error)), { cause: error });
    }
  }

  #row(type: string): Row {
    return rowOf(this.#cloud, type) ?? NOT_MODELLED;
  }

  #region(row: Row, properties: Properties): string {
    return regionOf(this.#cloud, row, properties, this.#place, this.#store);
  }

  #locate(type: string, id: string, state: Properties): CloudObject | undefined {
    return locate(this.#cloud, this.#row(type), type, id, state, this.#place, this.#store);
  }

  /** The object that the inputs make; without a date, as far as a preview can tell. */
  #made(type: string, inputs: Properties, created: string | undefined): Answer {
    const row = this.#row(type);
    const region = this.#region(row, inputs);
    const given = { ...row.defaults, ...inputs };
    const id = this.#fill(row, row.id, given, { region, created, id: undefined }, !created) ?? UNKNOWN;
    // An id is never a secret to an engine, nor to a cloud.
    const plain = bare(id);
    const known = typeof plain === "string" ? plain : UNKNOWN;
    const facts = { region, created, id: known };
    return { id: known, inputs, properties: this.#computed(row, given, {}, facts, !created) };
  }

  /** What the object becomes by its new inputs; without its date, as far as a preview can tell. */
  #changed(
    type: string,
    live: Pick<CloudObject, "id" | "properties"> & { created: string | undefined },
    news: Properties,
  ) {
    const row = this.#row(type);
    const facts = { region: this.#region(row, news), created: live.created, id: live.id };
    const given = { ...row.defaults, ...asked(news) };
    const properties = this.#computed(row, given, live.properties, facts, !live.created);
    return { id: live.id, inputs: news, properties };
  }

  /** Inputs, defaults and computed outputs; what was made up once is taken from the state. */
  #computed(row: Row, given: Properties, state: Properties, facts: Filling["facts"], preview: boolean): Properties {
    const properties: Record<string, Value> = { ...given };
    for (const [name, template] of Object.entries(row.outputs ?? {})) {
      if (properties[name] !== undefined) continue;
      const madeOnce = template === "{region}" || MADE_ONCE.test(JSON.stringify(template));
      const value = madeOnce ? state[name] : undefined;
      const filled = value ?? this.#fill(row, template, properties, facts, preview);
      if (filled !== undefined) properties[name] = filled;
    }
    return hidden(row, properties);
  }

  #fill(row: Row, template: Value, properties: Properties, facts: Filling["facts"], preview: boolean) {
    return fill(template, { ...filling(this.#cloud, row, properties, this.#place, this.#store, facts), preview });
  }
}

type Filling = ReturnType<typeof filling>;

/** The bag with what is secret by nature marked so, whatever the program says. */
function hidden(row: Row, bag: Properties): Properties {
  const marked = (row.secrets ?? []).flatMap((name) => {
    const value = bag[name];
    return value === undefined ? [] : [[name, secret(value)] as const];
  });
  return marked.length === 0 ? bag : { ...bag, ...Object.fromEntries(marked) };
}

/** Whether the inputs of a preview leave an id unknown. */
export const isKnown = (id: string): boolean => id !== UNKNOWN && id !== "";
