import type { Register } from "../command.ts";
import { findEngine } from "../engine/find.ts";

const KINDS = {
  given: "named by KASBAH_ENGINE",
  path: "on the path",
  cached: "in the cache",
  downloaded: "downloaded from the vendor",
  built: "built from its Go module",
} as const;

/** `kasbah engine`: where the Pulumi engine is; fetches it when there is none. */
export const registerEngine: Register = (program, { progress }) => {
  program
    .command("engine")
    .description("find the Pulumi engine, or fetch it, and say where it is")
    .option("--json", "say it as JSON")
    .action(async (options: { readonly json?: true }) => {
      const engine = await findEngine({ progress });
      const host = engine.languageHost === "own" ? "its own language host" : "Kasbah's language host";
      const text = options.json
        ? JSON.stringify(engine)
        : `${engine.path}\nPulumi v${engine.version}, ${KINDS[engine.kind]}, with ${host}`;
      process.stdout.write(`${text}\n`);
    });
};
