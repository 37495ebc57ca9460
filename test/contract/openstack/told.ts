import { gunzipSync, gzipSync } from "node:zlib";
import type { Wanted } from "../claim.ts";
import { type Claim, put } from "../claim.ts";
import { ofType, type Row } from "../estate.ts";
import { type Path, read, write } from "../path.ts";

export const SERVER = "openstack:compute/instance:Instance";
const OBJECT = "openstack:objectstorage/containerObject:ContainerObject";

/** The user data, wrapped where it is marked as a secret. */
const USER_DATA = ["userData", "userData/value"] as const;

const userDataPath = ({ properties }: Row): string =>
  USER_DATA.find((path) => typeof read(properties, path)[0] === "string") ?? USER_DATA[0];

/** A cloud keeps user data to itself, and the simulated one masks it: it can be read on its way to the provider only. */
const MASKED = "[secret]";

const PACKED = /"encoding": ?"gz\+b64",\s*"content": ?"([^"]*)"/;

/** What a server is told, word by word: the files that come packed as well. */
const textOf = (row: Row): string => {
  const raw = `${read(row.properties, userDataPath(row))[0] ?? ""}`;
  const [, packed] = PACKED.exec(raw) ?? [];
  return packed === undefined ? raw : `${raw}\n${gunzipSync(Buffer.from(packed, "base64")).toString("utf8")}`;
};

/** The user data with other words, packed as it was. */
const withWords = (row: Row, words: string, instead: string): string => {
  const raw = `${read(row.properties, userDataPath(row))[0] ?? ""}`.replaceAll(words, instead);
  const [, packed] = PACKED.exec(raw) ?? [];
  if (packed === undefined) return raw;
  const bundle = gunzipSync(Buffer.from(packed, "base64")).toString("utf8");
  const changed = gzipSync(bundle.replaceAll(words, instead)).toString("base64");
  return raw.replace(packed, () => changed);
};

/** Every server is told this. Quotes inside of what is packed are escaped. */
export const told = (words: string, instead = ""): Claim => ({
  holds: (estate) => {
    const rows = ofType(estate, SERVER);
    const deaf = rows.find((row) => textOf(row) !== MASKED && !textOf(row).includes(words));
    return (rows.length > 0 && deaf === undefined) || `${SERVER} ${deaf?.name ?? ""} userData: wanted ${words}`;
  },
  breaks: (estate) =>
    ofType(estate, SERVER).map((row) => put(estate, row, userDataPath(row), withWords(row, words, instead))),
});

interface Envelope {
  readonly payload: string;
}

const payloadOf = ({ properties }: Row): unknown => {
  const { payload }: Envelope = JSON.parse(`${properties["content"]}`);
  return JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
};

const withPayload = (row: Row, changed: unknown): string => {
  const envelope: Envelope = JSON.parse(`${row.properties["content"]}`);
  return JSON.stringify({ ...envelope, payload: Buffer.from(JSON.stringify(changed)).toString("base64") });
};

/** What the servers of a cluster are told later says this at the path. */
export const settingsSay = (path: Path, wanted: Wanted): Claim => ({
  holds: (estate) => {
    const rows = ofType(estate, OBJECT);
    const found = rows.flatMap((row) => read(payloadOf(row), path));
    const good = rows.length > 0 && found.length > 0 && found.every((value) => wanted.ok(value));
    return good || `settings ${path}: wanted ${wanted.wanted}, found ${JSON.stringify(found)}`;
  },
  breaks: (estate) =>
    ofType(estate, OBJECT).flatMap((row) =>
      [undefined, ...wanted.bad].map((bad) =>
        put(estate, row, "content", withPayload(row, write(payloadOf(row), path, bad))),
      ),
    ),
});
