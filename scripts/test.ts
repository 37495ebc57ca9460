// The test command. Arguments go to vitest.
import { exitWith, vitest } from "./vitest.ts";

await exitWith(() => vitest(process.argv.slice(2)));
