/**
 * Writes `src/data/aliases.json`: old type tokens that the installed SDKs still accept, with today's. API versions of
 * Azure and Kubernetes are not among them: `src/types.ts` strips those.
 * Run again after an SDK is raised: `node packages/policy/generate/aliases.ts`.
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const target = fileURLToPath(new URL("../src/data/aliases.json", import.meta.url));
const PACKAGES = ["aws", "azure-native", "gcp"];

const plain = (type: string): string => type.replace(/^azure-native:([^:/]+)(\/v[^:]*)?:/, "azure-native:$1:");

const sources: string[] = [];
const types = new Map<string, string>();
const current = new Set<string>();
for (const name of PACKAGES) {
  const root = path.dirname(require.resolve(`@pulumi/${name}/package.json`));
  const { version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  sources.push(`npm @pulumi/${name} ${version}`);
  for (const file of fs.readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".js") || file.startsWith("node_modules")) continue;
    const script = fs.readFileSync(path.join(root, file), "utf8");
    const type = /__pulumiType = '([^']+)'/.exec(script)?.[1];
    if (type === undefined) continue;
    current.add(type);
    for (const [, list = ""] of script.matchAll(/aliases: \[(.*?)\]/gs)) {
      for (const [, alias = ""] of list.matchAll(/type: "([^"]+)"/g)) {
        if (plain(alias) !== type) types.set(plain(alias), type);
      }
    }
  }
}
// An old name that is a type of its own today means that type, but for those that call themselves deprecated copies.
const COPIES = /^aws:(s3\/bucket(?!V2:).*V2|ec2\/encryptionControl|lambda\/microvmsImage)/;
const kept = [...types].filter(([alias]) => !current.has(alias) || COPIES.test(alias)).sort();
const data = { source: sources.join(", "), types: Object.fromEntries(kept) };
fs.writeFileSync(target, `${JSON.stringify(data, undefined, 1)}\n`);
console.log(`${kept.length} old names`);
