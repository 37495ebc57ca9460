import fs from "node:fs";
import path from "node:path";
import { lab } from "./lab.ts";
import { type Ended, must, run } from "./process.ts";

const script = (): readonly [string, NodeJS.ProcessEnv] => {
  const { guestScript, guestsFolder, guestsBase, front } = lab();
  return [guestScript, { ...process.env, GUEST_DIR: guestsFolder, GUEST_HOME: guestsBase, GUEST_FRONT: front }];
};

const guest = (args: readonly string[], timeoutMs?: number): Promise<string> => {
  const [file, env] = script();
  return must(file, args, { env, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
};

/** Runs a command inside a server, as root, and returns what it wrote; an error when it fails. */
export const guestExec = (serverId: string, ...command: readonly string[]): Promise<string> =>
  guest(["exec", serverId, ...command]);

/** {@link guestExec} that does not mind how it ends. */
export const guestTry = (serverId: string, ...command: readonly string[]): Promise<Ended> => {
  const [file, env] = script();
  return run(file, ["exec", serverId, ...command], { env });
};

/** Waits for cloud-init's end. 0: clean, 2: with recoverable warnings, 1: failed. */
export async function guestReady(serverId: string, timeoutMs = 600_000): Promise<number> {
  const [file, env] = script();
  return (await run(file, ["wait", serverId], { env, timeoutMs })).code;
}

/** Pulls the plug. Nova sees it within 15 seconds and calls the server SHUTOFF; it can be started from then on. */
export const guestKill = (serverId: string): Promise<string> => guest(["kill", serverId]);

/** Pulls the network cables. */
export const guestCut = (serverId: string): Promise<string> => guest(["cut", serverId]);

/** Puts them back. */
export const guestHeal = (serverId: string): Promise<string> => guest(["heal", serverId]);

/** The end of its console, and of what its user data wrote if it still runs: for the message of a failing test. */
export async function guestLog(serverId: string): Promise<string> {
  const console = path.join(lab().guestsFolder, serverId, "console.log");
  const inside = await guestTry(serverId, "tail", "-n", "60", "/var/log/cloud-init-output.log");
  const outside = fs.existsSync(console) ? fs.readFileSync(console, "utf8").slice(-3000) : "no console";
  return `${outside}\n--- cloud-init-output.log\n${inside.output}`;
}
