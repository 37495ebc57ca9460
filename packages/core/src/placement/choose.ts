import type { Context } from "../law/placement.ts";
import { systemOf } from "../law/system.ts";
import { judgeOnce } from "./judge-once.ts";
import { remembered } from "./memory.ts";
import { type Needs, type Unmet, unmetIn } from "./needs.ts";
import { isFit, type Option, type Placeable, type Placement, type PlaceOffer } from "./option.ts";
import { byLaw, inOrder } from "./rank.ts";

/** The best place for one workload, with the verdict for each. The order of `places` does not matter. */
export const choosePlace = (workload: Placeable, places: readonly PlaceOffer[], context: Context): Placement => {
  const [placement] = choosePlaces([workload], places, context);
  if (placement === undefined) throw new Error("one workload has one placement");
  return placement;
};

/** The same for many workloads, in their order. A question that comes twice is judged once. */
export const choosePlaces = (
  workloads: readonly Placeable[],
  places: readonly PlaceOffer[],
  context: Context,
): readonly Placement[] => {
  const judged = judgeOnce(context);
  const orders = new Map<string, readonly PlaceOffer[]>();
  const orderFor = (workload: Placeable): readonly PlaceOffer[] =>
    workload.places === undefined
      ? remembered(orders, String(workload.wishes), () => inOrder(places, workload))
      : inOrder(places, workload);
  const unmetFor = new Map<string, UnmetAt>();
  return workloads.map((workload): Placement => {
    const { name, datasets, needs = {}, pin } = workload;
    const judgeSite = judged(datasets, systemOf(workload));
    const unmetAt = remembered(unmetFor, JSON.stringify(needs), () => unmetOnce(needs));
    const options = orderFor(workload).map((site): Option => {
      const { outcome, verdicts } = judgeSite(site);
      return { place: site.name, outcome, verdicts, unmet: unmetAt(site) };
    });
    const candidates = byLaw(options);
    const best = pin === undefined ? candidates[0] : candidates.find(({ place }) => place === pin);
    return {
      workload: name,
      ...(best !== undefined && isFit(best) ? { place: best.place } : {}),
      ...(pin === undefined ? {} : { pinned: pin }),
      candidates,
    };
  });
};

type UnmetAt = (site: PlaceOffer) => readonly Unmet[];

/** What a place does not meet of the needs, looked at once for all workloads with the same needs. */
const unmetOnce = (needs: Needs): UnmetAt => {
  const unmetBy = unmetIn(needs);
  const known = new Map<PlaceOffer, readonly Unmet[]>();
  return (site) => remembered(known, site, () => unmetBy(site.offers ?? {}));
};
