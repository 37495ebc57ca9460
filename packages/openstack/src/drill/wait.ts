import { setTimeout as sleep } from "node:timers/promises";

export interface Patience {
  readonly signal: AbortSignal;
  /** Milliseconds between two questions. @default 2000 */
  readonly everyMs?: number;
}

/**
 * Asks until there is an answer. How long is the signal's business.
 * @throws what the signal was aborted with
 */
export const until = async <T>(ask: () => Promise<T | undefined>, { signal, everyMs = 2000 }: Patience): Promise<T> => {
  for (;;) {
    signal.throwIfAborted();
    const found = await ask();
    if (found !== undefined) return found;
    await sleep(everyMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
};
