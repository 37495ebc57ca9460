import { OUTCOMES } from "../law/verdict.ts";
import type { Offers } from "./needs.ts";
import { isFit, type Option, type Placeable, type PlaceOffer, type Wish } from "./option.ts";

/** The smaller the better. What a place does not say comes last. */
const MEASURES: Readonly<Record<Wish, (offers: Offers) => number>> = {
  price: ({ pricePerMonth }) => pricePerMonth ?? Number.POSITIVE_INFINITY,
};

/**
 * The places that are open to a workload, in the order that is left when the law finds them alike: by its wishes, then as
 * it named them, then by name, so that the order in which places were written decides nothing. A pinned place is open
 * although it was not named, and comes after those that were.
 */
export const inOrder = (
  places: readonly PlaceOffer[],
  { places: named, pin, wishes = [] }: Pick<Placeable, "places" | "pin" | "wishes">,
): readonly PlaceOffer[] => {
  const position = new Map(named?.map((name, index) => [name, index]));
  const open = named === undefined ? places : places.filter(({ name }) => position.has(name) || name === pin);
  const preference = ({ name }: PlaceOffer): number => position.get(name) ?? position.size;
  return open.toSorted((a, b) => {
    for (const wish of wishes) {
      const [here, there] = [MEASURES[wish](a.offers ?? {}), MEASURES[wish](b.offers ?? {})];
      if (here !== there) return here < there ? -1 : 1;
    }
    return preference(a) - preference(b) || (a.name < b.name ? -1 : 1);
  });
};

/** Fit before unfit, and among these allowed before conditional and so on; those alike stay in their order. */
export const byLaw = (options: readonly Option[]): readonly Option[] => {
  const fit: Option[][] = OUTCOMES.map(() => []);
  const unfit: Option[][] = OUTCOMES.map(() => []);
  for (const option of options) (isFit(option) ? fit : unfit)[OUTCOMES.indexOf(option.outcome)]?.push(option);
  return [...fit, ...unfit].flat();
};
