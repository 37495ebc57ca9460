import { randomBytes } from "node:crypto";
import os from "node:os";
import type { RestoreStage } from "@kasbah/core";
import type { Context, Register } from "../command.ts";
import type { DrillScene } from "../drill/scene.ts";
import { EXIT, UserError } from "../error.ts";
import { cwdOption, jsonOption } from "../options.ts";
import { print, printJson } from "../output.ts";
import type { PlatformStack } from "../stack.ts";

interface DrillOptions {
  readonly cwd: string;
  readonly stack?: string;
  readonly workload?: string;
  readonly key?: string;
  readonly record?: string;
  readonly targetTime?: string;
  readonly as: string;
  readonly limit?: string;
  readonly json?: boolean;
}

/** `kasbah drill`: whether the backups can be restored, in what time, and with what loss. */
export const registerDrill: Register = (program, context) => {
  const drill = program
    .command("drill")
    .description(
      "restore a workload into a throwaway copy, measure it, and leave a signed record: exit 1 when it misses",
    )
    .addOption(cwdOption())
    .option("-s, --stack <name>", "stack, as prod for Pulumi.prod.yaml")
    .option("-w, --workload <name>", "what is restored, as the declaration calls it")
    .option("--key <file>", "private Ed25519 key (PEM) that signs the record")
    .option("--record <file>", "where the record goes; it must not be there yet")
    .option("--target-time <time>", "point in time, as 2026-11-21T18:00:00Z; without it, the newest that there is")
    .option("--as <name>", "who runs it, for the record", `${os.userInfo().username}@${os.hostname()}`)
    .option("--limit <minutes>", "give up after so long; without it, twice the recovery time, 30 at least")
    .addOption(jsonOption())
    .enablePositionalOptions() // its own options and those of the words below have names in common
    .action((options: DrillOptions) => run(options, context));
  drill
    .command("verify")
    .description("check who signed a record and show what it says: exit 1 when it is not as it was signed")
    .argument("<record>", "file")
    .requiredOption("--key <file>", "public Ed25519 key (PEM)")
    .addOption(jsonOption())
    .action((file: string, options: VerifyOptions) => verify(file, options, context));
  drill
    .command("clear")
    .description("take away what a killed drill has left; the next drill does so too")
    .addOption(cwdOption())
    .option("-s, --stack <name>", "stack")
    .option("-w, --workload <name>", "as the declaration calls it")
    .action((options: ClearOptions) => clear(options, context));
};

type ClearOptions = Pick<DrillOptions, "cwd" | "stack" | "workload">;

interface VerifyOptions {
  readonly key: string;
  readonly json?: boolean;
}

const needed = (options: ClearOptions | DrillOptions, ...names: readonly string[]): void => {
  const missing = names.filter((name) => Reflect.get(options, name) === undefined).map((name) => `--${name}`);
  if (missing.length > 0) throw new UserError(EXIT.badInput, `drill needs ${missing.join(", ")}.`);
};

const run = async (options: DrillOptions, context: Context): Promise<void> => {
  needed(options, "stack", "workload", "key", "record");
  const { workload = "", key = "", record: file = "", as: by, json = false } = options;
  const { checkRecordFile, writeRecord } = await import("../drill/file.ts");
  const { readSigningKey } = await import("../drill/keys.ts");
  const { runDrill } = await import("../drill/run.ts");
  const { drillLines, STAGES } = await import("../drill/show.ts");
  const { withEnding } = await import("../drill/ending.ts");
  const signingKey = readSigningKey(key);
  checkRecordFile(file);
  const targetTime = pastTime(options.targetTime);
  const { stack, scene } = await open(options, context);
  const limit = limitOf(options.limit, scene.objectives.rtoMinutes);

  const record = await withEnding(limit, async ({ signal, ended }) => {
    const made = await context.progress.during(`drill of ${workload}`, async (step) => {
      const operations = await connect(scene);
      const wish = { declaration: stack.declaration, stack: stack.stack, workload, by, targetTime, signal };
      const id = randomBytes(4).toString("hex");
      const say = (stage: RestoreStage): void => step(STAGES[stage]);
      return sayingWhy(runDrill(operations, scene, { ...wish, id, now: () => new Date(), say }));
    });
    const came = ended();
    if (came === undefined) return made;
    for (const what of made.left) context.progress.say(`left behind: ${what}`);
    throw new UserError(EXIT.engineOrCloud, `Ended by ${came}: no record was written.`);
  });
  writeRecord(file, record, signingKey);
  if (json) printJson(record);
  else for (const line of drillLines(record)) print(line);
  context.progress.say(`Record: ${file}, signed with ${signingKey.keyId}.`);
  context.exit(record.problem !== undefined ? EXIT.engineOrCloud : record.outcome === "met" ? EXIT.done : EXIT.refused);
};

const verify = async (file: string, { key, json = false }: VerifyOptions, { exit }: Context): Promise<void> => {
  const { formatProblem } = await import("@kasbah/core");
  const { readRecord } = await import("../drill/file.ts");
  const { readVerifyingKey } = await import("../drill/keys.ts");
  const { drillLines } = await import("../drill/show.ts");
  const verifyingKey = readVerifyingKey(key);
  const record = readRecord(file, verifyingKey);
  if (!record.ok) {
    print(`${file} is refused: ${record.problems.map(formatProblem).join("\n")}`);
    return exit(EXIT.refused);
  }
  if (json) return printJson(record.value);
  print(`${file}: signed with ${verifyingKey.keyId}, and as it was signed.`);
  for (const line of drillLines(record.value)) print(line);
};

const clear = async (options: ClearOptions, context: Context): Promise<void> => {
  needed(options, "stack", "workload");
  const { workload = "" } = options;
  const { scene } = await open(options, context);
  const { withEnding } = await import("../drill/ending.ts");
  const operations = await connect(scene);
  const left = await withEnding(CLEARING_MINUTES, async ({ signal }) => {
    const query = { workload, resources: scene.resources, signal };
    return (await sayingWhy(operations.clearRestores?.(query) ?? Promise.resolve([]))) ?? [];
  });
  for (const what of left) print(`left behind: ${what}`);
  if (left.length === 0) context.progress.say("Nothing is left of any drill.");
  context.exit(left.length === 0 ? EXIT.done : EXIT.engineOrCloud);
};

const CLEARING_MINUTES = 30;

interface Opened {
  readonly stack: PlatformStack;
  readonly scene: DrillScene;
}

/** The declaration, and the state as the backend has it. */
const open = async ({ cwd, stack: name = "", workload = "" }: ClearOptions, context: Context): Promise<Opened> => {
  const { readPlatformStack } = await import("../stack.ts");
  const { openSession } = await import("../session.ts");
  const { exportStack } = await import("../operations/export.ts");
  const { drillScene } = await import("../drill/scene.ts");
  const stack = readPlatformStack(cwd, name);
  const session = await openSession({ cwd: stack.folder, sandbox: false }, context);
  const exported = await exportStack(session, name);
  if (exported === undefined) throw new UserError(EXIT.badInput, `There is no stack '${name}' in this state backend.`);
  return { stack, scene: drillScene(stack, exported, workload, session.env) };
};

const connect = async (scene: DrillScene) => {
  const { loadOperations } = await import("../operations/load.ts");
  const loaded = await loadOperations(scene.cloud, scene.target.folder);
  const operations = loaded === undefined ? undefined : await sayingWhy(loaded.connect(scene.target));
  if (operations === undefined)
    throw new UserError(EXIT.engineOrCloud, `Nothing can be restored in ${scene.cloud}: it has no operations yet.`);
  return operations;
};

/** What a cloud's operations throw is meant to be shown. */
const sayingWhy = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(EXIT.engineOrCloud, error instanceof Error ? error.message : String(error), { cause: error });
  }
};

const pastTime = (text: string | undefined): Date | undefined => {
  if (text === undefined) return undefined;
  const time = new Date(text);
  const isZoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (!isZoned || Number.isNaN(time.getTime()) || time.getTime() > Date.now())
    throw new UserError(
      EXIT.badInput,
      `--target-time ${text}: expected a past time with its zone, as 2026-11-21T18:00:00Z.`,
    );
  return time;
};

const LEAST_MINUTES = 30;

const limitOf = (text: string | undefined, rtoMinutes: number): number => {
  if (text === undefined) return Math.max(2 * rtoMinutes, LEAST_MINUTES);
  const minutes = Number(text);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 10_080)
    throw new UserError(EXIT.badInput, `--limit ${text}: expected minutes, 1 to 10080.`);
  return minutes;
};
