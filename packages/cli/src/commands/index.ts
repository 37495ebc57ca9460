import type { Register } from "../command.ts";

/** Every command by its name, in the order of the help. Each is loaded when it is asked for. */
export const COMMANDS: ReadonlyMap<string, () => Promise<Register>> = new Map([
  ["plan", async () => (await import("./plan.ts")).registerPlan],
  ["explain", async () => (await import("./explain.ts")).registerExplain],
  ["place", async () => (await import("./place.ts")).registerPlace],
  ["judge", async () => (await import("./judge.ts")).registerJudge],
  ["regimes", async () => (await import("./regimes.ts")).registerRegimes],
  ["init", async () => (await import("./init.ts")).registerInit],
  ["up", async () => (await import("./up.ts")).registerUp],
  ["down", async () => (await import("./down.ts")).registerDown],
  ["verify", async () => (await import("./verify.ts")).registerVerify],
  ["probe", async () => (await import("./probe.ts")).registerProbe],
  ["recover", async () => (await import("./recover.ts")).registerRecover],
  ["drill", async () => (await import("./drill.ts")).registerDrill],
  ["check", async () => (await import("./check.ts")).registerCheck],
  ["pack", async () => (await import("./pack.ts")).registerPack],
  ["sandbox", async () => (await import("./sandbox.ts")).registerSandbox],
  ["engine", async () => (await import("./engine.ts")).registerEngine],
]);

/** The command that a line names; all of them where it names none, for the help and for what is misspelt. */
export const commandsFor = ([name = ""]: readonly string[]): Promise<readonly Register[]> => {
  const named = COMMANDS.get(name);
  return Promise.all((named === undefined ? [...COMMANDS.values()] : [named]).map((load) => load()));
};
