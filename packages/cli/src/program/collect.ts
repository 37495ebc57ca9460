import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ProgramReply, ProgramRequest } from "./protocol.ts";

const CHILD = fileURLToPath(new URL(`./child${import.meta.filename.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));

/** Runs a program in a child process under mocks: no engine, no cloud, no state. What it prints goes to stderr. */
export const collectProgram = (request: ProgramRequest): Promise<ProgramReply> =>
  new Promise((resolve, reject) => {
    const child = fork(CHILD, [], {
      stdio: ["ignore", 2, 2, "ipc"],
      env: { ...process.env, PULUMI_TEST_MODE: "true" },
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
