// The test command of the real parts (docs/real-parts.md): the cloud is started, tested against and stopped.
// `--up` only starts it, `--down` only stops it, KASBAH_REAL_KEEP=1 leaves it up; other arguments go to vitest.
import { EXIT, UserError } from "../packages/cli/src/error.ts";
import { progressOn } from "../packages/cli/src/progress.ts";
import { openstack } from "../packages/openstack/src/index.ts";
import { startLab, stopLab } from "../test/real/support/lab.ts";
import { forgetLayers } from "../test/real/support/layers.ts";
import { whyNot } from "../test/real/support/machine.ts";
import { exitWith, vitest } from "./vitest.ts";

const args = process.argv.slice(2);
const progress = progressOn();

const test = (): Promise<number> => {
  forgetLayers();
  process.env["KASBAH_REAL_LAYERS"] = Object.keys(openstack.layers).join(",");
  return vitest(["--config", "vitest.real.config.ts", ...args], ["scripts/layers.ts"]);
};

/** The lab is stopped whatever happened; a signal reaches the tests too, whose end we wait for. */
const testAndStop = async (): Promise<number> => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => progress.say(`${signal}: stopping`));
  try {
    return await test();
  } finally {
    if (!process.env["KASBAH_REAL_KEEP"]) await stopLab(); // without a word: the closing line is the last
  }
};

const main = async (): Promise<number> => {
  const reason = whyNot();
  if (reason !== undefined) throw new UserError(EXIT.missingTool, `The real parts cannot run here: ${reason}.`);
  if (args[0] === "--down") return stopLab(progress).then(() => 0);
  if (args[0] === "--up") return startLab(progress).then(() => 0);
  return testAndStop();
};

await exitWith(main);
