import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** Where a client finds the cluster, and as whom it comes. */
export interface Client {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** PEM. */
  readonly authority: string;
}

/** A connection to the member that takes writes: what libpq does with `target_session_attrs=read-write`. */
export const connect = async ({ hosts, port, user, password, database, authority }: Client): Promise<pg.Client> => {
  const problems: string[] = [];
  for (const host of hosts) {
    const ssl = { ca: authority, rejectUnauthorized: true };
    // Whoever was cut off sends no word: without a limit of its own a client waits for minutes.
    const limits = { connectionTimeoutMillis: 3000, query_timeout: 10_000 };
    const client = new pg.Client({ host, port, user, password, database, ssl, ...limits });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ standby: boolean }>("SELECT pg_is_in_recovery() AS standby");
      if (rows[0]?.standby === false) return client;
      await client.end();
    } catch (error) {
      problems.push(`${host}: ${error instanceof Error ? error.message : error}`);
      client.end().catch(() => {});
    }
  }
  throw new Error(problems.join("; "));
};

export interface Pause {
  readonly from: number;
  readonly seconds: number;
}

/** Writers that remember what the database has acknowledged, and when. */
export class Load {
  readonly #client: Client;
  readonly #acknowledged: string[] = [];
  readonly #errors = new Map<string, number>();
  #pauses: Pause[] = [];
  #last = 0;
  #on = true;
  #workers: readonly Promise<void>[] = [];

  constructor(client: Client) {
    this.#client = client;
  }

  async start(workers: number): Promise<void> {
    const client = await connect(this.#client);
    await client.query(
      "CREATE TABLE IF NOT EXISTS load (id text PRIMARY KEY, at timestamptz DEFAULT clock_timestamp())",
    );
    await client.end();
    const run = Date.now().toString(36);
    this.#last = Date.now();
    this.#workers = Array.from({ length: workers }, (_, worker) => this.#work(`${run}-${worker}`));
  }

  async #work(prefix: string): Promise<void> {
    for (let number = 0; this.#on; ) {
      let client: pg.Client | undefined;
      try {
        client = await connect(this.#client);
        while (this.#on) {
          const id = `${prefix}-${number++}`;
          await client.query({ text: "INSERT INTO load (id) VALUES ($1)", values: [id] });
          this.#heard(id);
        }
      } catch (error) {
        const text = error instanceof Error ? error.message : `${error}`;
        this.#errors.set(text, (this.#errors.get(text) ?? 0) + 1);
        await sleep(200);
      }
      client?.end().catch(() => {});
    }
  }

  #heard(id: string): void {
    this.#acknowledged.push(id);
    const now = Date.now();
    if (now - this.#last > 1000) this.#pauses.push({ from: this.#last, seconds: (now - this.#last) / 1000 });
    this.#last = now;
  }

  get count(): number {
    return this.#acknowledged.length;
  }

  /** Pauses of over a second since the last call. */
  pauses(): readonly Pause[] {
    const found = this.#pauses;
    this.#pauses = [];
    return found;
  }

  get errors(): ReadonlyMap<string, number> {
    return this.#errors;
  }

  async stop(): Promise<void> {
    this.#on = false;
    await Promise.race([Promise.all(this.#workers), sleep(10_000)]);
  }

  /** What was acknowledged and is not there. */
  async lost(): Promise<readonly string[]> {
    const client = await connect(this.#client);
    const { rows } = await client.query<{ id: string }>("SELECT id FROM load");
    await client.end();
    const there = new Set(rows.map(({ id }) => id));
    return this.#acknowledged.filter((id) => !there.has(id));
  }
}
