import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { Seal } from "./seal.ts";
import type { Properties } from "./values.ts";

/** One object of the simulated cloud: what a real cloud's list call would give, and nothing that the engine calls it. */
export interface CloudObject {
  readonly type: string;
  readonly id: string;
  /** `global` for what belongs to no region. */
  readonly region: string;
  /** What it was asked to be. */
  readonly inputs: Properties;
  /** What it is: the inputs, the cloud's defaults, and what the cloud computed. */
  readonly properties: Properties;
  readonly created: string;
  /** Why it outlived its deletion, where the cloud lets nobody remove it. */
  readonly kept?: string;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS objects (
    type TEXT NOT NULL, region TEXT NOT NULL, id TEXT NOT NULL,
    inputs TEXT NOT NULL, properties TEXT NOT NULL, created TEXT NOT NULL, kept TEXT,
    PRIMARY KEY (type, region, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS fault_counts (fault TEXT PRIMARY KEY, calls INTEGER NOT NULL) STRICT;`;

/** The simulated cloud's memory: one SQLite file that several processes may use at once. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #seal: Seal;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#seal = new Seal(folder);
    this.#database = new DatabaseSync(path.join(folder, "cloud.sqlite"), { timeout: 20_000 });
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    this.#database.exec(SCHEMA);
  }

  /** Objects of one type, or all. `region` narrows to one region. */
  list(type?: string, region?: string): readonly CloudObject[] {
    const rows = this.#database
      .prepare(
        "SELECT * FROM objects WHERE type = coalesce(?, type) AND region = coalesce(?, region) ORDER BY created, id",
      )
      .all(type ?? null, region ?? null);
    return rows.map((row) => this.#object(row));
  }

  /** The object of an id; without a region, in any. */
  get(type: string, id: string, region?: string): CloudObject | undefined {
    const row = this.#database
      .prepare("SELECT * FROM objects WHERE type = ? AND id = ? AND region = coalesce(?, region)")
      .get(type, id, region ?? null);
    return row && this.#object(row);
  }

  /** Makes the object, or puts it in the place of the one with its type, region and id. */
  put(object: CloudObject): void {
    this.#database
      .prepare(
        "INSERT OR REPLACE INTO objects (type, region, id, inputs, properties, created, kept) VALUES (?,?,?,?,?,?,?)",
      )
      .run(
        object.type,
        object.region,
        object.id,
        this.#seal.close(object.inputs),
        this.#seal.close(object.properties),
        object.created,
        object.kept ?? null,
      );
  }

  /** Removes the object. */
  remove({ type, region, id }: CloudObject): void {
    this.#database.prepare("DELETE FROM objects WHERE type = ? AND region = ? AND id = ?").run(type, region, id);
  }

  /** How many calls the fault has matched, this one among them. */
  count(fault: string): number {
    const row = this.#database
      .prepare(
        "INSERT INTO fault_counts VALUES (?, 1) ON CONFLICT (fault) DO UPDATE SET calls = calls + 1 RETURNING calls",
      )
      .get(fault);
    return Number(row?.["calls"]);
  }

  /** Runs `work` alone: no other process writes between its reads and its writes. */
  transaction<T>(work: () => T): T {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Lets go of the file. */
  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #object(row: Record<string, SQLOutputValue>): CloudObject {
    const text = (column: string) => String(row[column]);
    return {
      type: text("type"),
      id: text("id"),
      region: text("region"),
      inputs: this.#seal.open(text("inputs")),
      properties: this.#seal.open(text("properties")),
      created: text("created"),
      ...(row["kept"] === null ? {} : { kept: text("kept") }),
    };
  }
}
