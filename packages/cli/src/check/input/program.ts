import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { type Checked, isTree, type Problem, type Tree } from "@kasbah/core/judge";
import { DECLARATION_FILE, OVERLAY, readDeclaration, readYaml } from "@kasbah/platform/read";
import { collectProgram } from "../../program/collect.ts";
import type { StackOutputs, WireResource } from "../../program/protocol.ts";
import { PROJECT_FILES } from "./detect.ts";
import { unmark } from "./marks.ts";
import type { ReadResource, StackInput } from "./model.ts";
import { withDefaultProviders } from "./preview.ts";
import { treeOf } from "./resource.ts";

/** A stack of a program's folder, as its files say. */
export interface ProgramStack {
  readonly file: string;
  readonly folder: string;
  readonly project: string;
  readonly main: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly overlay: unknown;
  readonly backend?: string;
}

/** What stands for a secret of the configuration, which nobody can read here. */
const WITHHELD = "[secret]";

/** The stacks of a folder, or what is wrong with it. */
export const stacksOf = (file: string, wanted: string | undefined): Checked<readonly ProgramStack[]> => {
  const folder = path.resolve(file);
  const name = PROJECT_FILES.find((one) => existsSync(path.join(folder, one)));
  if (name === undefined) return problem(file, "a folder with Pulumi.yaml", "none", "name a program's folder");
  const read = readYaml(path.join(folder, name));
  if (!read.ok)
    return { ok: false, problems: read.problems.map((one) => ({ ...one, path: path.join(file, one.path) })) };
  const project = treeOf(read.value);
  const runtime = isTree(project["runtime"]) ? project["runtime"]["name"] : project["runtime"];
  if (runtime !== "nodejs") {
    const mend = "run pulumi preview --json, or pulumi stack export, and check what it writes";
    return problem(path.join(file, name), "a program for nodejs, which can be run here", runtime, mend);
  }
  const known = readdirSync(folder).flatMap((one) => /^Pulumi\.(.+)\.ya?ml$/.exec(one)?.[1] ?? []);
  if (wanted !== undefined && !known.includes(wanted)) {
    const mend = known.length === 0 ? "make Pulumi.<stack>.yaml" : `its stacks are ${known.join(", ")}`;
    return problem(file, `a stack ${wanted}`, known, mend);
  }
  if (known.length === 0) return problem(file, "at least one Pulumi.<stack>.yaml", "none", "make one");
  const chosen = known.filter((one) => wanted === undefined || one === wanted);
  return { ok: true, value: chosen.map((stack) => stackFiles(file, folder, project, stack)) };
};

const problem = (where: string, expected: string, got: unknown, mend: string): Checked<never> => ({
  ok: false,
  problems: [{ path: where, expected, got, mend }],
});

const stackFiles = (file: string, folder: string, project: Tree, stack: string): ProgramStack => {
  const name = String(project["name"] ?? path.basename(folder));
  const own = [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`].find((one) => existsSync(path.join(folder, one)));
  const read = readYaml(path.join(folder, own ?? ""));
  const entries = Object.entries(treeOf(treeOf(read.ok ? read.value : {})["config"])).map(
    ([key, value]) => [key.includes(":") ? key : `${name}:${key}`, value] as const,
  );
  const backend = treeOf(project["backend"])["url"];
  const overlay = entries.find(([key]) => key === `${OVERLAY.namespace}:${OVERLAY.key}`)?.[1];
  return {
    file,
    folder,
    project: name,
    main: entryOf(folder, project["main"]),
    stack,
    config: Object.fromEntries(entries.map(([key, value]) => [key, textOf(value)])),
    secretKeys: entries.flatMap(([key, value]) => (holdsSecret(value) ? [key] : [])),
    overlay,
    ...(typeof backend === "string" ? { backend } : {}),
  };
};

/** The file that Pulumi would run: what the project names, else the package, else the usual one. */
const entryOf = (folder: string, named: unknown): string => {
  const main = typeof named === "string" ? named : "";
  const whole = path.join(folder, main);
  if (existsSync(whole) && statSync(whole).isFile()) return main;
  const manifest = readYaml(path.join(whole, "package.json")); // JSON is YAML
  const fromPackage = treeOf(manifest.ok ? manifest.value : {})["main"];
  const candidates = [...(typeof fromPackage === "string" ? [fromPackage] : []), "index.ts", "index.js"];
  const found = candidates.find((one) => existsSync(path.join(whole, one)));
  return path.join(main, found ?? "index.ts");
};

const holdsSecret = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(holdsSecret));

/** The text that the engine hands to a program. Secrets are encrypted, and stay so. */
const textOf = (value: unknown): string => {
  const plain = withheld(value);
  return typeof plain === "string" ? plain : JSON.stringify(plain);
};

const withheld = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withheld);
  if (!isTree(value)) return value;
  if ("secure" in value) return WITHHELD;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withheld(one)]));
};

/** Runs the program of a stack without an engine, and says what it asks for. */
export const readProgram = async (
  program: ProgramStack,
  asOf: string,
  stacks: Readonly<Record<string, StackOutputs>>,
): Promise<Checked<StackInput>> => {
  const { folder, file, main, project, stack, config, secretKeys, overlay, backend } = program;
  const declared = existsSync(path.join(folder, DECLARATION_FILE))
    ? readDeclaration(folder, stack, overlay)
    : undefined;
  if (declared?.ok === false) {
    const problems = declared.problems.map((one) => ({ ...one, path: `${file} (${stack}): ${one.path}` }));
    return { ok: false, problems };
  }
  const reply = await collectProgram({ folder, main, project, stack, config, asOf, wire: { secretKeys, stacks } });
  if (!reply.ok) return { ok: false, problems: [failed(program, reply.message, reply.asked)] };
  const { resources = [], outputs = { values: {}, dependencies: {} } } = reply.wire ?? {};
  const name = `${project}/${stack}`;
  const secrets: string[] = [];
  const read = resources.map((resource) => resourceOf(resource, name, secrets));
  const values = unmark(outputs.values);
  const value: StackInput = {
    file,
    kind: "program",
    stack: name,
    resources: withDefaultProviders(read.map(withProvider(name)), config),
    gone: [],
    whole: true,
    outputs: { values: values.properties, dependencies: outputs.dependencies },
    secrets: [...secrets, ...values.secrets],
    notes: [],
    ...(declared === undefined ? {} : { declaration: declared.value }),
    ...(backend === undefined ? {} : { backend }),
  };
  return { ok: true, value };
};

const failed = ({ file, stack }: ProgramStack, message: string, asked: readonly string[] = []): Problem => ({
  path: `${file} (${stack})`,
  expected: "a program that runs without an account",
  got: message.split("\n").slice(0, 3).join(" "),
  mend:
    asked.length === 0
      ? "run it with pulumi preview to see the same"
      : `it asks a cloud for ${asked.join(", ")}, which nobody answers here: check the output of pulumi preview --json`,
});

const resourceOf = (wire: WireResource, stack: string, secrets: string[]): ReadResource => {
  const { urn, type, name, inputs, id, custom, external, parent, provider, propertyDependencies, protect, at } = wire;
  const clean = unmark(inputs);
  secrets.push(...clean.secrets);
  return {
    id: urn,
    type,
    name,
    stack,
    properties: clean.properties,
    propertyDependencies,
    ...(clean.secretPaths.length === 0 ? {} : { secretPaths: clean.secretPaths }),
    ...(id === undefined ? {} : { outputs: { id } }),
    ...(custom ? {} : { component: true }),
    ...(external === undefined ? {} : { external }),
    ...(parent === undefined ? {} : { parent }),
    ...(provider === undefined ? {} : { provider }),
    ...(protect === undefined ? {} : { protect }),
    ...(at === undefined ? {} : { at }),
  };
};

/** A resource for which the program names no provider gets the default one, as from the engine. */
const withProvider =
  (stack: string) =>
  (resource: ReadResource): ReadResource => {
    const [project, name] = stack.split("/");
    const [pkg = "pulumi"] = resource.type.split(":");
    if (resource.provider !== undefined || resource.component || pkg === "pulumi") return resource;
    return { ...resource, provider: `urn:pulumi:${name}::${project}::pulumi:providers:${pkg}::default::unknown` };
  };
