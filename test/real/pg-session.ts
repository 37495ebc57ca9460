import { EventEmitter } from "node:events";
import { Socket } from "node:net";
import pg from "pg";
import type { Login } from "./retrieval-attacks/attempt.ts";
import type { Answer, Connect, Session } from "./retrieval-attacks.ts";

export interface Server {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** The authority's certificate; none: no TLS. */
  readonly ca?: string;
}

/** Every value as the server wrote it. */
const AS_TEXT = { getTypeParser: () => (value: unknown) => (value === null ? "" : String(value)) };

/** Sessions on a real server, over TCP, with the password that is asked for. */
export const connectTo =
  ({ host, port, database, ca }: Server): Connect =>
  async (login: Login): Promise<Session> => {
    const client = new pg.Client({
      host,
      port,
      database,
      ...login,
      types: AS_TEXT,
      connectionTimeoutMillis: 10_000,
      query_timeout: 30_000,
      ...(ca === undefined ? {} : { ssl: { ca } }),
    } as pg.ClientConfig);
    let open = true;
    let overheard: string[] = [];
    client.on("error", () => {
      open = false;
    });
    client.on("end", () => {
      open = false;
    });
    client.on("notice", (notice) => overheard.push(`${notice.message} ${notice.detail ?? ""} ${notice.where ?? ""}`));
    client.on("notification", ({ payload }) => overheard.push(payload ?? ""));
    // rows of a COPY: the client has no word for them, its connection has
    const wire: unknown = Reflect.get(client, "connection");
    if (wire instanceof EventEmitter)
      wire.on("copyData", ({ chunk }: { chunk: Buffer }) => overheard.push(chunk.toString("utf8")));
    try {
      await client.connect();
    } catch (error) {
      // one that gave up in the middle of the handshake would wait for the server's own patience
      const stream: unknown = wire instanceof Object ? Reflect.get(wire, "stream") : undefined;
      if (stream instanceof Socket) stream.destroy();
      throw error;
    }
    const send = async (step: Parameters<Session["send"]>[0]): Promise<Answer> => {
      overheard = [];
      const query = typeof step === "string" ? { text: step } : { text: step.text, values: [...step.values] };
      try {
        const result: unknown = await client.query({ ...query, rowMode: "array" });
        return { text: [JSON.stringify(rowsOf(result)), ...overheard].join("\n") };
      } catch (error) {
        return { text: [saidIn(error), ...overheard].join("\n"), code: codeOf(error) };
      }
    };
    return { send, alive: () => open, end: () => client.end().catch(() => undefined) };
  };

const rowsOf = (result: unknown): unknown =>
  Array.isArray(result) ? result.map(rowsOf) : result instanceof Object && "rows" in result ? result.rows : result;

const PARTS = ["message", "detail", "hint", "where", "internalQuery"] as const;
const saidIn = (error: unknown): string =>
  error instanceof Object ? PARTS.map((part) => String(Reflect.get(error, part) ?? "")).join("\n") : String(error);
const codeOf = (error: unknown): string =>
  error instanceof Object && "code" in error ? String(error.code) : "no answer";
