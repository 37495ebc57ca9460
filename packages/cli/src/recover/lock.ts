import { existsSync, readdirSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { stateFolder } from "./state-files.ts";

/** A run that holds a stack in a file backend. */
export interface Lock {
  readonly pid: number;
  readonly hostname: string;
  readonly username: string;
}

/** The locks of a stack in a file backend; `undefined` for a backend that we cannot read. */
export const locksOf = (backend: string, project: string, stack: string): readonly Lock[] | undefined => {
  const state = stateFolder(backend);
  if (state === undefined) return undefined;
  const folder = path.join(state, ".pulumi/locks/organization", project, stack);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
};

const LOCK_LINE = /created by (.+)@(\S+) \(pid (\d+)\) at /g;

/** The locks that the engine names when it refuses, as in a backend that is no folder. */
export const locksIn = (said: string): readonly Lock[] =>
  [...said.matchAll(LOCK_LINE)].map(([, username = "", hostname = "", pid]) => ({
    username,
    hostname,
    pid: Number(pid),
  }));

/** Whether the run that made the lock still goes on, as far as this machine can tell. */
export const isRunning = ({ pid, hostname }: Lock): boolean | "elsewhere" => {
  if (hostname !== os.hostname()) return "elsewhere";
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return !isOther(pid);
};

/** Linux tells more: another program has got the number since, or nobody has taken note of the end yet. */
const isOther = (pid: number): boolean => {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  const [, name = "", state = ""] = /\((.*)\) (\w)/.exec(readFileSync(file, "utf8")) ?? [];
  return state === "Z" || !name.includes("pulumi");
};
