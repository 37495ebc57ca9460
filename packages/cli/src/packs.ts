import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { policyConfig } from "@kasbah/policy";
import { EXIT, UserError } from "./error.ts";
import type { PlatformStack } from "./stack.ts";

const PACK = "@kasbah/policy-residency";

/** The residency pack's folder: from the stack's dependencies, else from ours. */
const packFolder = (folder: string): string => {
  for (const from of [path.join(folder, "_.js"), import.meta.filename]) {
    for (const modules of createRequire(from).resolve.paths(PACK) ?? []) {
      const candidate = path.join(modules, PACK);
      if (existsSync(path.join(candidate, "PulumiPolicy.yaml"))) return candidate;
    }
  }
  throw new UserError(
    EXIT.missingTool,
    `The policy pack ${PACK} is not installed, and nothing runs without it: npm install ${PACK}`,
  );
};

/** Runs `work` with the engine's arguments for the pack; what the pack is told lies in a file only that long. */
export const withPack = async <T>(
  { folder, raw, stack }: PlatformStack,
  asOf: string,
  work: (args: readonly string[]) => Promise<T>,
): Promise<T> => {
  const told = mkdtempSync(path.join(os.tmpdir(), "kasbah-pack-"));
  try {
    const file = path.join(told, "config.json");
    writeFileSync(file, JSON.stringify(policyConfig(raw, stack, asOf)), { mode: 0o600 });
    return await work(["--policy-pack", packFolder(folder), "--policy-pack-config", file]);
  } finally {
    rmSync(told, { recursive: true, force: true });
  }
};
