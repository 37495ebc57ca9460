import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait, and how often to look. */
export interface Patience {
  readonly timeoutMs: number;
  readonly everyMs: number;
  /** Told every minute what is waited for. */
  readonly told: (lines: readonly string[]) => void;
}

const MINUTE = 60_000;

/**
 * Looks until there is nothing left to wait for.
 * @returns what was still waited for when the time was up; nothing when it came
 */
export const waitUntil = async (
  look: () => Promise<readonly string[]>,
  { timeoutMs, everyMs, told }: Patience,
): Promise<readonly string[]> => {
  const start = performance.now();
  let said = start;
  for (;;) {
    const lines = await look();
    const now = performance.now();
    if (lines.length === 0 || now - start >= timeoutMs) return lines;
    if (now - said >= MINUTE) {
      told(lines);
      said = now;
    }
    await sleep(everyMs);
  }
};
