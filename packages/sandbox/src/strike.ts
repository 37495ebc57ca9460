import { setTimeout as sleep } from "node:timers/promises";
import { type FaultCall, faultsFor } from "./faults.ts";
import type { Store } from "./store.ts";

/** What faults can do to the processes around them, so that a test can stand in. */
export interface Striker {
  readonly folder: string;
  readonly store: Store;
  /** Ends the engine, without a chance to clean up. */
  readonly killEngine: () => void;
  /** Ends this process the same way. */
  readonly die: () => Promise<never>;
}

/** A call, and where what befalls it is told. */
export interface Call {
  readonly on: FaultCall;
  readonly type: string;
  readonly told: (text: string) => void;
}

const FIRST_RETRY_MS = 100;

/** Does the work, with the faults that were asked for around it. */
export async function struck<T>({ folder, store, killEngine, die }: Striker, call: Call, work: () => T): Promise<T> {
  const faults = faultsFor(folder, store, call.on, call.type);
  for (const fault of faults) {
    const where = `${call.on} of ${call.type}`;
    switch (fault.do) {
      case "slow":
        await sleep(fault.ms ?? 1000);
        break;
      case "throttle":
        call.told(`Throttling: Rate exceeded on ${where}; tried again after ${FIRST_RETRY_MS} ms`);
        await sleep(FIRST_RETRY_MS);
        break;
      case "fail":
        throw new Error(fault.message ?? `InternalError: the ${where} failed, as faults.json asks`);
      case "crash":
        return die();
      case "kill-engine-before":
        killEngine();
        return die();
      case "kill-engine-after":
        break;
    }
  }
  const result = work();
  if (!faults.some((fault) => fault.do === "kill-engine-after")) return result;
  killEngine();
  return die();
}
