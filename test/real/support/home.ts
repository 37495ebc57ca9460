import path from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../../packages/cli/src/engine/cache.ts";

/** The folder `test/real` of the checkout. */
export const REAL = fileURLToPath(new URL("../", import.meta.url));

/** Everything that the real parts keep on this machine: the cloud, the guests' base root, the provider, the notes of a run. */
export const realHome = (env: NodeJS.ProcessEnv = process.env): string => path.join(cacheFolder(env), "real");
