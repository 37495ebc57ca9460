import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.ts";
import { ENGINE_VERSION, isAtLeast, OLDEST_GO, versionIn } from "./version.ts";
import { engineAt, isExecutable, lastLine, type Tools, type Way } from "./ways.ts";

const MODULE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const MODULE_FILES = fileURLToPath(new URL("../../engine/", import.meta.url));

/** About as many packages as a cold build compiles; for the progress line only. */
const PACKAGES = 1700;

/** Built from its released Go module: the slowest way, and the one that needs no site of the vendor's. */
export const fromGo: Way = {
  name: "built from its Go module",
  async find(tools) {
    const answer = await tools.exec("go", ["env", "GOVERSION"], {
      env: { ...tools.env, GOTOOLCHAIN: "local" },
      timeoutMs: 20_000,
    });
    const version = versionIn(answer.stdout);
    if (answer.code !== 0 || !version) return { problem: "there is no `go` on the path" };
    if (!isAtLeast(version, OLDEST_GO))
      return { problem: `go is ${version}, the engine asks for ${OLDEST_GO} or newer` };
    const target = path.join(tools.cache, "engine", `v${ENGINE_VERSION}`, "pulumi");
    return withLock(`${path.dirname(target)}.lock`, tools.progress, async () => {
      if (isExecutable(target)) return engineAt(target, "cached", tools); // another builder was first
      const problem = await build(target, tools);
      return problem ? { problem } : engineAt(target, "built", tools);
    });
  },
};

/** Builds in a folder of its own and moves the result into place in one step; returns what went wrong. */
async function build(target: string, tools: Tools): Promise<string | undefined> {
  const folder = fs.mkdtempSync(path.join(path.dirname(path.dirname(target)), ".build-"));
  try {
    for (const file of ["go.mod", "go.sum"]) fs.copyFileSync(path.join(MODULE_FILES, file), path.join(folder, file));
    tools.progress.say(
      `Building Pulumi v${ENGINE_VERSION} from its Go module: about five minutes, once for this machine.`,
    );
    let packages = 0;
    const answer = await tools.progress.during("Building the engine", (step) =>
      tools.exec("go", buildArguments(folder), {
        cwd: folder,
        env: { ...tools.env, CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOFLAGS: "", GOWORK: "off" },
        onLine: (line) =>
          step(line.startsWith("go: downloading") ? line.slice(4) : `package ${++packages} of about ${PACKAGES}`),
      }),
    );
    if (answer.code !== 0) return `the build failed: ${lastLine(answer.stderr)}`;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.renameSync(path.join(folder, "pulumi"), target);
    return undefined;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function buildArguments(folder: string): string[] {
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${ENGINE_VERSION}`;
  return [
    "build",
    "-v",
    "-mod=mod",
    "-trimpath",
    "-tags",
    "osusergo,grpcnotrace",
    "-ldflags",
    `-s -w ${version}`,
    "-o",
    path.join(folder, "pulumi"),
    MODULE,
  ];
}
