/**
 * Writes `src/tables/<package>.shapes.json`: the property names that each SDK declares for our types, nested ones too.
 * Run again after an SDK is raised: `node packages/sandbox/generate/shapes.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fileOf, TOKENS } from "./tokens.ts";

/** Property name -> names of the nested types that it may hold; none for plain values, `*` for free maps. */
type Members = Record<string, readonly string[]>;

const require = createRequire(import.meta.url);
const tables = fileURLToPath(new URL("../src/tables/", import.meta.url));
const uncommented = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "");

/** The bodies of the interfaces in a namespaced declaration file, keyed `s3.BucketRule`. */
function interfaces(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const namespaces: { readonly name: string; readonly indent: number }[] = [];
  let open: { readonly key: string; readonly indent: number; readonly lines: string[] } | undefined;
  for (const line of uncommented(text).split("\n")) {
    const indent = line.length - line.trimStart().length;
    if (open) {
      if (line.trim() === "}" && indent === open.indent) {
        found.set(open.key, open.lines.join("\n"));
        open = undefined;
      } else open.lines.push(line);
      continue;
    }
    const opening = /^\s*(?:export )?(?:declare )?(namespace|interface) (\w+)(?: extends [\w.]+)? \{/.exec(line);
    if (opening?.[1] === "namespace") namespaces.push({ name: opening[2] ?? "", indent });
    else if (opening) {
      const key = [...namespaces.map(({ name }) => name), opening[2]].join(".");
      if (line.trimEnd().endsWith("{}")) found.set(key, "");
      else open = { key, indent, lines: [] };
    } else if (line.trim() === "}" && namespaces.at(-1)?.indent === indent) namespaces.pop();
  }
  return found;
}

/** The members of an interface's body: split at the semicolons that stand in no bracket. */
function members(body: string): Members {
  const result: Members = {};
  let depth = 0;
  let start = 0;
  for (let at = 0; at < body.length; at++) {
    const character = body[at] ?? "";
    if ("{[(".includes(character)) depth++;
    if ("}])".includes(character)) depth--;
    if (character !== ";" || depth > 0) continue;
    const member = /^\s*(?:readonly )?["']?([\w$-]+)["']?\??:\s*([\s\S]+)$/.exec(body.slice(start, at));
    start = at + 1;
    if (member?.[1] && member[2]) result[member[1]] = kinds(member[2]);
  }
  return result;
}

function kinds(type: string): readonly string[] {
  const nested = [...type.matchAll(/\binputs\.([\w.]+)/g)].map(([, name]) => name ?? "");
  if (/\[key: string\]/.test(type)) return ["*", ...nested];
  return /\bany\b/.test(type) ? ["*"] : nested;
}

for (const [name, tokens] of Object.entries(TOKENS)) {
  const root = path.dirname(require.resolve(`@pulumi/${name}/package.json`));
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const nested = interfaces(readFileSync(path.join(root, "types/input.d.ts"), "utf8"));
  const resources: Record<string, Members> = {};
  const types: Record<string, Members> = {};
  const follow = (from: Members) => {
    for (const kind of Object.values(from).flat()) {
      const body = nested.get(kind);
      if (kind === "*" || types[kind]) continue;
      if (body === undefined) throw new Error(`@pulumi/${name}: no declaration of ${kind}`);
      const found = members(body);
      types[kind] = found;
      follow(found);
    }
  };
  for (const token of tokens) {
    const file = readFileSync(path.join(root, `${fileOf(token)}.d.ts`), "utf8");
    const body = interfaces(file).get(`${token.split(":")[1]}Args`);
    if (body === undefined) throw new Error(`@pulumi/${name}: no arguments of ${token}`);
    const found = members(body);
    resources[`${name}:${token}`] = found;
    follow(found);
  }
  const data = { source: `npm @pulumi/${name} ${version}`, resources, types };
  writeFileSync(path.join(tables, `${name}.shapes.json`), `${JSON.stringify(data)}\n`);
  console.log(`${name}: ${tokens.length} types, ${Object.keys(types).length} nested`);
}
