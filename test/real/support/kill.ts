import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "../../support/engine.ts";
import type { RealStack } from "./stack.ts";

/** What a killed run had begun. */
export interface Killed {
  readonly run: Run;
  /** Types in the middle of their creation, by their last word. */
  readonly begun: readonly string[];
}

const begunIn = (stack: RealStack): readonly string[] => {
  try {
    const pending = stack.checkpoint().pending_operations ?? [];
    return pending
      .filter(({ type }) => type === "creating")
      .map(({ resource }) => resource.type.split(":").at(-1) ?? "");
  } catch {
    return []; // read in the middle of a write
  }
};

const UP = ["up", "--stack", "dev", "--yes", "--skip-preview"];

/** Runs `up` and ends the engine, and nothing else, by SIGKILL as soon as `type` is being created. */
export const killedUp = async (stack: RealStack, type: string): Promise<Killed> => {
  let begun: readonly string[] = [];
  let ended = false;
  const run = await stack.pulumi(UP, (pid) => {
    const watch = async (): Promise<void> => {
      while (!ended) {
        const now = begunIn(stack);
        if (now.includes(type)) {
          begun = now;
          process.kill(pid, "SIGKILL");
          return;
        }
        await sleep(20);
      }
    };
    void watch();
  });
  ended = true;
  return { run, begun };
};
