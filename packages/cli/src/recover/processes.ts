import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A provider that a killed engine has left running: it goes on trying what it was told last. */
export interface Leftover {
  readonly pid: number;
  readonly name: string;
}

const ENDS_WITHIN = 3000;

/**
 * Ends the providers that a dead run of this project has left, by their process ids. Linux only: elsewhere nothing is
 * found. A provider is left over when it was started in the project's folder and its engine answers no more at the
 * address that it was given.
 * @returns those that were ended
 */
export const endLeftovers = async (folder: string): Promise<readonly Leftover[]> => {
  const found = await leftovers(path.resolve(folder));
  for (const { pid } of found) signal(pid, "SIGTERM");
  const end = Date.now() + ENDS_WITHIN;
  while (found.some(({ pid }) => lives(pid)) && Date.now() < end) await sleep(100);
  for (const { pid } of found) if (lives(pid)) signal(pid, "SIGKILL");
  return found;
};

const leftovers = async (folder: string): Promise<readonly Leftover[]> => {
  const pids = existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
  const found: Leftover[] = [];
  for (const pid of pids) {
    const { name, engine } = providerAt(pid, folder) ?? {};
    if (name !== undefined && engine !== undefined && !(await answers(engine))) found.push({ pid: Number(pid), name });
  }
  return found;
};

const PROVIDER = /^pulumi-resource-[a-z0-9-]+$/;
const ADDRESS = /^(?:127\.0\.0\.1|localhost):(\d+)$/;

/** The provider with this id, when it is one of the project, and its engine's address. */
const providerAt = (pid: string, folder: string): { readonly name: string; readonly engine: string } | undefined => {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const name = words
      .slice(0, 2)
      .map((word) => path.basename(word))
      .find((word) => PROVIDER.test(word));
    const engine = words.find((word) => ADDRESS.test(word));
    if (name === undefined || engine === undefined) return undefined;
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return cwd === folder || cwd.startsWith(`${folder}${path.sep}`) ? { name, engine } : undefined;
  } catch {
    return undefined; // ended meanwhile, or another user's
  }
};

const answers = (address: string): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const [, port] = ADDRESS.exec(address) ?? [];
  const socket = net.connect({ host: "127.0.0.1", port: Number(port) });
  socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
  return promise.finally(() => socket.destroy());
};

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/\) Z /.test(statOf(pid)); // nobody has taken note of its end yet
};

const statOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return ") Z ";
  }
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended by itself
  }
};
