/**
 * Starts one policy pack without the SDK's compiler. The pack's own `@pulumi/policy` prints its port, serves, and keeps
 * the process alive; the language host holds our standard input, and when it goes, so do we.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
}

/** The file that `main` of the pack's package.json names. */
function entryOf(folder: string): string {
  const entry = createRequire(path.join(folder, "_.js")).resolve(folder);
  if (/\.[cm]?ts$/.test(entry)) {
    // It would run here and fail there: better here, too.
    process.stderr.write(
      `${entry}: the \`main\` of a pack has to be JavaScript (one line, \`import "./index.ts";\`): ` +
        "the vendor's CLI hands a TypeScript one to a compiler of its own.\n",
    );
    process.exit(1);
  }
  return entry;
}

process.on("uncaughtException", fail).on("unhandledRejection", fail);
process.stdin.on("end", () => process.exit(0)).resume();
const folder = process.argv.at(-1) ?? ".";
process.chdir(folder);
await import(pathToFileURL(entryOf(folder)).href);
