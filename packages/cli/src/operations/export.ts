import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Memory } from "../engine/memory.ts";
import { UserError } from "../error.ts";
import type { ExportedStack } from "../recover/deployment.ts";
import type { Session } from "../session.ts";

const NO_STACK = /no stack named/;

/**
 * The state of a stack, its secrets encrypted. `undefined` when the backend has no such stack yet.
 * @throws {UserError} when the backend cannot be read
 */
export const exportStack = async (session: Session, stack: string): Promise<ExportedStack | undefined> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "kasbah-state-"));
  try {
    const file = path.join(folder, "stack.json");
    const said = new Memory();
    const quiet = { stdout: said, stderr: said };
    const {
      code,
      exitCode,
      errors = "",
    } = await session.run(["stack", "export", "--stack", stack, "--file", file], quiet);
    if (code === 0) return JSON.parse(readFileSync(file, "utf8"));
    if (NO_STACK.test(errors)) return undefined;
    throw new UserError(exitCode, said.text.trim() || "The state could not be read.");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
