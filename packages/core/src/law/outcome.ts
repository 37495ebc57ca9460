/** From the best to the worst. `unknown` blocks, and only `denied` is worse. */
export const OUTCOMES = ["allowed", "conditional", "needs-formality", "unknown", "denied"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const worst = (outcomes: Iterable<Outcome>): Outcome => {
  let index = 0;
  for (const outcome of outcomes) index = Math.max(index, OUTCOMES.indexOf(outcome));
  return OUTCOMES[index] ?? "denied";
};

/** `conditional` leaves duties open and lets the data pass; everything worse stops it. */
export const permits = (outcome: Outcome): boolean => outcome === "allowed" || outcome === "conditional";
