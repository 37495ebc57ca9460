import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { withLock } from "../../../packages/cli/src/engine/lock.ts";
import type { Progress } from "../../../packages/cli/src/progress.ts";
import { REAL, realHome } from "./home.ts";
import { must } from "./process.ts";

const NAME = "pulumi-resource-openstack";
const SOURCES = ["main.go", "go.mod", "go.sum"];

/** The folder with the real OpenStack provider, to be put on the path; built once for each state of its sources. */
export async function buildProvider(progress: Progress): Promise<string> {
  const folder = path.join(realHome(), "provider", keyOf(SOURCES.map((name) => path.join(REAL, "provider", name))));
  await withLock(`${folder}.lock`, progress, async () => {
    if (fs.existsSync(path.join(folder, NAME))) return;
    await progress.during("Building the OpenStack provider", (step) => build(folder, step));
  });
  pointAt(folder);
  return folder;
}

const keyOf = (files: readonly string[]): string => {
  const hash = createHash("sha256");
  for (const file of files) hash.update(fs.readFileSync(file));
  return hash.digest("hex").slice(0, 12);
};

async function build(folder: string, step: (detail: string) => void): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  const draft = path.join(folder, `.${NAME}`);
  let packages = 0;
  await must("go", ["build", "-v", "-mod=readonly", "-trimpath", "-ldflags", "-s -w", "-o", draft, "."], {
    cwd: path.join(REAL, "provider"),
    env: { ...process.env, CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off" },
    onLine: () => step(`package ${++packages}`),
    timeoutMs: 1_800_000,
  });
  fs.renameSync(draft, path.join(folder, NAME));
}

/** One path that does not change with the sources, for env.sh. */
function pointAt(folder: string): void {
  const link = path.join(path.dirname(folder), "bin");
  const draft = `${link}.${process.pid}`;
  fs.symlinkSync(path.basename(folder), draft);
  if (!fs.lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink())
    fs.rmSync(link, { recursive: true, force: true });
  fs.renameSync(draft, link);
}
