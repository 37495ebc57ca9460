import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ProgramReply, ProgramRequest } from "./protocol.ts";

const CHILD = fileURLToPath(new URL(`./child${import.meta.filename.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));

/**
 * What a program of somebody else may be written with and Node alone does not take: enums, namespaces, imports without an
 * ending. The engine runs these through a compiler.
 */
const LENIENT = [
  "--experimental-transform-types",
  "--disable-warning=ExperimentalWarning",
  "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
].filter((flag) => process.allowedNodeEnvironmentFlags.has(flag.split("=")[0] ?? ""));

/** Runs a program in a child process under mocks: no engine, no cloud, no state. What it prints goes to stderr. */
export const collectProgram = (request: ProgramRequest): Promise<ProgramReply> =>
  new Promise((resolve, reject) => {
    const child = fork(CHILD, [], {
      stdio: ["ignore", 2, 2, "ipc"],
      env: { ...process.env, PULUMI_TEST_MODE: "true" },
      execArgv: [...process.execArgv, ...(request.wire === undefined ? [] : LENIENT)],
    });
    let reply: ProgramReply | undefined;
    child.once("message", (message: ProgramReply) => {
      reply = message;
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      resolve(
        reply ?? { ok: false, expected: false, message: `the program ended by itself with ${code ?? "a signal"}` },
      ),
    );
    child.send(request);
  });
