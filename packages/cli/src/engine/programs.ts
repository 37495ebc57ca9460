import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type messages from "@pulumi/pulumi/proto/language_pb.js";
import { cacheFolder } from "./cache.ts";

/** A Node process to start. */
export interface NodeCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

const PACK_RUNNER = fileURLToPath(new URL(`./pack-runner${path.extname(import.meta.url)}`, import.meta.url));

/** What a program, or a pack, gets beside its own environment: compiled code is kept between runs (a third of the start). */
export function childEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { NODE_COMPILE_CACHE: env["NODE_COMPILE_CACHE"] ?? path.join(cacheFolder(env), "node-compile-cache") };
}

/** How `@pulumi/pulumi/cmd/run` is started for a program. */
export function programCommand(request: messages.RunRequest, engineAddress: string): NodeCommand {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() || request.getPwd();
  const options = optionsOf(info);
  const flags: readonly (readonly [string, string | undefined])[] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engineAddress],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", info?.getRootDirectory()],
    ["stack", request.getStack()],
    ["pwd", folder],
    ["parallel", String(request.getParallel() || 16)],
  ];
  return {
    args: [
      ...options.nodeArgs,
      moduleFrom(folder, "@pulumi/pulumi/cmd/run"),
      ...flags.flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
      ...(request.getDryrun() ? ["--dry-run"] : []),
      info?.getEntryPoint() || request.getProgram() || ".",
      ...request.getArgsList(),
    ],
    cwd: request.getPwd() || folder,
    env: {
      ...process.env,
      ...options.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  };
}

/**
 * How `cmd/run-policy-pack` (or `cmd/run-plugin`) is started. A pack runs in its own folder and reads `./package.json`.
 * One that says `typescript: false` is started by `pack-runner.ts`: the SDK's runner does not listen to that, and loads
 * its compiler for nothing (half a second).
 */
export function pluginCommand(request: messages.RunPluginRequest): NodeCommand {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() || request.getPwd();
  const isPack = request.getKind() === "analyzer";
  const options = optionsOf(info);
  const sdkRunner = `@pulumi/pulumi/cmd/${isPack ? "run-policy-pack" : "run-plugin"}`;
  const plain = isPack && options.env["PULUMI_NODEJS_TYPESCRIPT"] === "false";
  const entry = plain ? PACK_RUNNER : moduleFrom(folder, sdkRunner);
  const rest = isPack ? [...request.getArgsList(), folder] : [folder, ...request.getArgsList()];
  const given = Object.fromEntries(request.getEnvList().map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  return {
    args: [...options.nodeArgs, entry, ...rest],
    cwd: isPack ? folder : request.getPwd() || folder,
    env: { ...process.env, ...given, ...childEnvironment(process.env), ...options.env },
  };
}

/** `runtime.options` of Pulumi.yaml or PulumiPolicy.yaml. Without a word on TypeScript the SDK's compiler is used, as by the vendor. */
function optionsOf(info: messages.ProgramInfo | undefined): { nodeArgs: string[]; env: NodeJS.ProcessEnv } {
  const options: Record<string, unknown> = info?.getOptions()?.toJavaScript() ?? {};
  const nodeArgs = typeof options["nodeargs"] === "string" ? words(options["nodeargs"]) : [];
  const tsconfig = options["tsconfig"];
  return {
    nodeArgs,
    env: {
      PULUMI_NODEJS_TYPESCRIPT: String(options["typescript"] ?? true),
      ...(typeof tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig } : {}),
    },
  };
}

/** Splits as a shell would, for what `nodeargs` needs: blanks and both kinds of quotes. */
export function words(text: string): string[] {
  const found = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return found.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

function moduleFrom(folder: string, name: string): string {
  try {
    return createRequire(path.join(folder, "_.js")).resolve(name);
  } catch {
    throw new Error(`@pulumi/pulumi was not found from ${folder}: run \`npm install\` there`);
  }
}

/** Starts Node (the one that runs us), or another program; nothing of it outlives this process. */
export function start(args: readonly string[], options: SpawnOptions, file = process.execPath): ChildProcess {
  return spawn(file, args, options);
}

/** What the program's `package.json` asks for, name and range. */
export function dependenciesOf(folder: string): [string, string][] {
  try {
    const text = fs.readFileSync(path.join(folder, "package.json"), "utf8");
    const manifest = JSON.parse(text) as { readonly dependencies?: Record<string, string> };
    return Object.entries(manifest.dependencies ?? {});
  } catch {
    return [];
  }
}
