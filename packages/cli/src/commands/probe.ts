import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Declaration, Operations } from "@kasbah/core";
import type { Context, Register } from "../command.ts";
import { EXIT, UserError } from "../error.ts";
import { cwdOption, jsonOption } from "../options.ts";
import { print, printJson, screenColors } from "../output.ts";

interface ProbeOptions {
  readonly cwd: string;
  readonly stack?: string;
  readonly place: string;
  readonly write?: string;
  readonly json?: boolean;
}

/** `kasbah probe`: what a place's cloud has, as a table and as the record that a declaration takes. */
export const registerProbe: Register = (program, context) => {
  program
    .command("probe")
    .description("read what a place's cloud has: services, capabilities, quotas, flavors, GPUs, zones; nothing is made")
    .addOption(cwdOption())
    .option("-s, --stack <name>", "stack, where it changes the place")
    .requiredOption("--place <name>", "a place of the declaration")
    .option("--write <file>", "write the record, as ./home.probe.json, for openstack.capabilities of the place")
    .addOption(jsonOption())
    .action((options: ProbeOptions) => probe(options, context));
};

const probe = async ({ cwd, stack, place, write, json = false }: ProbeOptions, { progress, env }: Context) => {
  const { PROBE_FILE } = await import("@kasbah/core");
  const { refusedByCloud } = await import("../operations/load.ts");
  const { readPlatform } = await import("../stack.ts");
  if (write !== undefined && !write.endsWith(PROBE_FILE)) {
    throw new UserError(EXIT.badInput, `--write: expected a name that ends in ${PROBE_FILE}, got ${write}.`);
  }
  const { declaration } = readPlatform(cwd, stack, true);
  const operations = await connect(declaration, place, path.resolve(cwd), env);
  const record = await progress.during("asking the cloud", () => operations.probe()).catch(refusedByCloud);
  if (write !== undefined) writeFileSync(write, `${JSON.stringify(record, null, 2)}\n`);
  if (json) return printJson(record);
  const { renderProbe } = await import("../operations/render-probe.ts");
  print(renderProbe(record, screenColors()));
  if (write !== undefined) progress.say(`Written to ${write}: name it as openstack.capabilities of ${place}.`);
};

/** @throws {UserError} when the declaration has no such place, its cloud cannot be probed, or refuses */
const connect = async (
  { places }: Declaration,
  name: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Required<Pick<Operations, "probe">>> => {
  const { loadOperations, placeTarget, refusedByCloud } = await import("../operations/load.ts");
  const place = places[name];
  if (place === undefined) {
    throw new UserError(EXIT.badInput, `There is no place ${name}: it has ${Object.keys(places).join(", ")}.`);
  }
  const operations = await loadOperations(place.cloud, folder);
  const connected = await operations?.connect(placeTarget(place, folder, env)).catch(refusedByCloud);
  if (connected?.probe === undefined) {
    throw new UserError(EXIT.badInput, `${name} is on ${place.cloud}, which cannot be probed yet.`);
  }
  return { probe: connected.probe };
};
