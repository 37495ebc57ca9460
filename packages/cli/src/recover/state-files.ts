import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of a file backend; `undefined` for any other. */
export const stateFolder = (backend: string): string | undefined => {
  if (backend.startsWith("file:///")) return fileURLToPath(backend);
  return backend.startsWith("file://") ? path.resolve(backend.slice("file://".length)) : undefined;
};

/**
 * Takes away what a kill in the middle of a write leaves in a file backend: drafts (`.tmp`), and the empty notes
 * (`.attrs`) beside a file, with which the engine reads neither the notes nor the file. The files themselves are replaced
 * in one step and stay as they are. Only for a stack that no run holds.
 * @returns the files that were taken away
 */
export const mendStateFiles = (backend: string, project: string, stack: string): readonly string[] => {
  const state = stateFolder(backend);
  if (state === undefined) return [];
  const folders = [".pulumi", `.pulumi/stacks/${project}`, `.pulumi/locks/organization/${project}/${stack}`];
  const broken = folders
    .map((folder) => path.join(state, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((file) => file.endsWith(".tmp") || (file.endsWith(".attrs") && !isJson(file)));
  for (const file of broken) rmSync(file, { force: true });
  return broken;
};

const isJson = (file: string): boolean => {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
};
