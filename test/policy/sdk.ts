import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

/** Property name -> names of the nested types that it may hold; none for plain values, `*` for free maps. */
type Members = ReadonlyMap<string, readonly string[]>;

interface Sdk {
  readonly root: string;
  readonly nested: ReadonlyMap<string, string>;
  readonly members: Map<string, Members>;
}

const sdks = new Map<string, Sdk>();

const sdkOf = (name: string): Sdk => {
  const known = sdks.get(name);
  if (known !== undefined) return known;
  const root = path.dirname(require.resolve(`@pulumi/${name}/package.json`));
  const nested = interfaces(fs.readFileSync(path.join(root, "types/input.d.ts"), "utf8"));
  const sdk: Sdk = { root, nested, members: new Map() };
  sdks.set(name, sdk);
  return sdk;
};

/** The bodies of the interfaces in a namespaced declaration file, keyed `s3.BucketRule`. Comments are left in. */
const interfaces = (text: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const pattern = /^( *)(?:export )?(?:declare )?(namespace|interface) ([\w]+)(?: extends [\w.]+)? \{(.*)$/gm;
  const namespaces: { readonly name: string; readonly indent: number }[] = [];
  for (const match of text.matchAll(pattern)) {
    const [whole, space = "", word, name = "", rest = ""] = match;
    const indent = space.length;
    while ((namespaces.at(-1)?.indent ?? -1) >= indent) namespaces.pop();
    if (word === "namespace") {
      if (!rest.includes("}")) namespaces.push({ name, indent });
      continue;
    }
    const key = [...namespaces.map((one) => one.name), name].join(".");
    if (rest.trim() === "}") {
      found.set(key, "");
      continue;
    }
    const start = match.index + whole.length;
    const end = text.indexOf(`\n${space}}`, start);
    found.set(key, text.slice(start, end));
  }
  return found;
};

/** The members of an interface's body: split at the semicolons that stand in no bracket. */
const membersOf = (commented: string): Members => {
  const body = commented.replace(/\/\*[\s\S]*?\*\//g, "");
  const result = new Map<string, readonly string[]>();
  let depth = 0;
  let start = 0;
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] ?? "";
    if ("{[(".includes(letter)) depth++;
    if ("}])".includes(letter)) depth--;
    if (letter !== ";" || depth > 0) continue;
    const member = /^\s*(?:readonly )?["']?([\w$-]+)["']?\??:\s*([\s\S]+)$/.exec(body.slice(start, at));
    start = at + 1;
    if (member?.[1] && member[2]) result.set(member[1], kindsOf(member[2]));
  }
  return result;
};

const kindsOf = (type: string): readonly string[] => {
  const nested = [...type.matchAll(/\binputs\.([\w.]+)/g)].map(([, name]) => name ?? "");
  return /\[key: string\]/.test(type) || /\bany\b/.test(type) ? ["*", ...nested] : nested;
};

/** The folder of a module inside its npm package. */
const folderOf = (name: string, module: string): string =>
  name === "kubernetes" ? module.replace(/(\.[a-z]+)*\.k8s\.io|\.sh/, "") : module.split("/", 1).join();

/** Token -> file of its declarations, by what the scripts of its module say. */
const files = new Map<string, ReadonlyMap<string, string>>();

const fileOf = (name: string, token: string): string | undefined => {
  const [, module = ""] = token.split(":");
  const folder = path.join(sdkOf(name).root, module.startsWith("index/") ? "." : folderOf(name, module));
  let known = files.get(folder);
  if (known === undefined) {
    const scripts = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith(".js")) : [];
    known = new Map(
      scripts.flatMap((file) => {
        const type = /__pulumiType = '([^']+)'/.exec(fs.readFileSync(path.join(folder, file), "utf8"))?.[1];
        return type === undefined ? [] : [[type, path.join(folder, file.replace(/js$/, "d.ts"))] as const];
      }),
    );
    files.set(folder, known);
  }
  return known.get(token);
};

/** The arguments of a resource type, by its token; nothing when the installed SDK does not know the token. */
export const argumentsOf = (token: string): Members | undefined => {
  const name = token.split(":", 1).join();
  const sdk = sdkOf(name);
  const known = sdk.members.get(token);
  if (known !== undefined) return known;
  const file = fileOf(name, token);
  if (file === undefined) return undefined;
  const found = [...interfaces(fs.readFileSync(file, "utf8"))].find(([key]) => key.endsWith("Args"));
  if (found === undefined) return undefined;
  const members = membersOf(found[1]);
  sdk.members.set(token, members);
  return members;
};

const nestedMembers = (token: string, kind: string): Members => {
  const sdk = sdkOf(token.split(":", 1).join());
  const known = sdk.members.get(kind);
  if (known !== undefined) return known;
  const members = membersOf(sdk.nested.get(kind) ?? "");
  sdk.members.set(kind, members);
  return members;
};

/** Whether a dotted path of properties exists in a type's arguments. `*` and numbers are members of a list. */
export const hasPath = (token: string, dotted: string): boolean => {
  const members = argumentsOf(token);
  if (members === undefined) return false;
  let level: readonly Members[] = [members];
  for (const part of dotted.split(".")) {
    if (part === "*" || /^\d+$/.test(part)) continue;
    const kinds = level.flatMap((one) => one.get(part) ?? (one.has(part) ? [] : ["!"])).filter((kind) => kind !== "!");
    const found = level.some((one) => one.has(part));
    if (!found) return false;
    if (kinds.includes("*")) return true;
    level = kinds.map((kind) => nestedMembers(token, kind));
  }
  return true;
};

/** Every path of a type's arguments, to a depth, for people who look one up. */
export const pathsOf = (token: string, depth = 3): readonly string[] => {
  const walk = (members: Members, prefix: string, left: number): readonly string[] =>
    [...members].flatMap(([name, kinds]) => [
      `${prefix}${name}${kinds.includes("*") ? "{}" : ""}`,
      ...(left <= 1
        ? []
        : kinds
            .filter((kind) => kind !== "*")
            .flatMap((kind) => walk(nestedMembers(token, kind), `${prefix}${name}.`, left - 1))),
    ]);
  const members = argumentsOf(token);
  return members === undefined ? [] : walk(members, "", depth);
};
