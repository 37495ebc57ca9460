import fs from "node:fs";
import path from "node:path";
import { ENGINE_VERSION } from "./version.ts";
import { engineAt, lastLine, vendorHome, type Way } from "./ways.ts";

/** Without a sign of life for so long, the vendor's site is taken for unreachable. */
const QUIET_MS = 60_000;

/**
 * The vendor's own download, through its npm package. The package fetches an install script from the vendor's site and
 * runs it; both happen in a child process with a home of its own, so that a user's `~/.pulumi` stays as it is.
 */
export const fromVendor: Way = {
  name: "the vendor's download (npm package `pulumi`)",
  async find(tools) {
    const home = vendorHome(tools.cache);
    fs.mkdirSync(home, { recursive: true });
    const env = {
      ...tools.env,
      PULUMI_HOME: home,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      npm_config_update_notifier: "false",
      npm_config_fetch_retries: "0",
    };
    const answer = await tools.progress.during(`Asking the vendor for Pulumi v${ENGINE_VERSION}`, () =>
      tools.exec("npm", ["exec", "--yes", `--package=pulumi@${ENGINE_VERSION}`, "--", "pulumi", "version"], {
        cwd: home, // outside any project, whose own node_modules/.bin/pulumi would be taken
        env,
        quietMs: QUIET_MS,
      }),
    );
    const file = path.join(home, "versions", ENGINE_VERSION, "bin", "pulumi");
    if (answer.code !== 0 || !fs.existsSync(file)) return { problem: reason(answer.stderr) };
    return engineAt(file, "downloaded", tools);
  },
};

/** npm's own chatter is left out; `pulumi: ...` is what the package says. */
function reason(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() && !/^npm (warn|notice)/.test(line));
  const said = lines.find((line) => line.startsWith("pulumi: "))?.slice("pulumi: ".length);
  return said ? `the vendor's site could not be used (${said})` : lastLine(lines.join("\n"));
}
