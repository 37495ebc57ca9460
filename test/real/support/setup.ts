import { progressOn } from "../../../packages/cli/src/progress.ts";
import { startLab } from "./lab.ts";

/** Vitest's global setup: the lab is up before the first test, whoever started it; ending it is `scripts/test-real.ts`'s. */
export default async function setup(): Promise<void> {
  await startLab(progressOn());
}
