import type { CloudId } from "../../packages/core/src/index.ts";
import type { Break, Claim, Waived } from "./claim.ts";
import type { Estate } from "./estate.ts";
import type { Expected } from "./scene.ts";

/** One thing that a layer promises, on every cloud that has the layer. */
export interface Fact {
  readonly guarantee: string;
  /** @returns true, or a message that names the guarantee, what was wanted and what was found */
  holds(estate: Estate): true | string;
  /** Every way to take this guarantee away and nothing else. */
  breaks(estate: Estate): Break[];
}

/** One cloud's way to keep each guarantee of a layer. Total: a guarantee without a row does not compile. */
export type Reader<Guarantee extends string> = (expected: Expected) => Readonly<Record<Guarantee, Claim | Waived>>;

/**
 * The readers of a layer. A cloud that gets the layer adds its row here, and its cloud record to `scene.ts`: nothing
 * else. What its resources cannot show it waives with a reason.
 */
export type Readers<Guarantee extends string> = Readonly<Partial<Record<CloudId, Reader<Guarantee>>>>;

export interface Contract {
  readonly facts: readonly Fact[];
  /** Guarantees that this cloud waives, with the reason. */
  readonly waived: Readonly<Record<string, string>>;
}

/** The facts of one layer on one cloud. */
export const contractOf = <Id extends string>(
  guarantees: Readonly<Record<Id, string>>,
  claims: Readonly<Record<Id, Claim | Waived>>,
): Contract => {
  const facts: Fact[] = [];
  const waived: Record<string, string> = {};
  for (const id of Object.keys(guarantees) as Id[]) {
    const guarantee = guarantees[id];
    const claim = claims[id];
    if ("waived" in claim) waived[guarantee] = claim.waived;
    else facts.push(factOf(guarantee, claim));
  }
  return { facts, waived };
};

const factOf = (guarantee: string, claim: Claim): Fact => ({
  guarantee,
  holds: (estate) => {
    const held = claim.holds(estate);
    return held === true || `${guarantee}: ${held}`;
  },
  breaks: (estate) => claim.breaks(estate),
});
