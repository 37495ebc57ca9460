import { highestLabels } from "./inherit.ts";
import type { System } from "./question.ts";
import type { Scheme } from "./regime.ts";

/** A workload as a regime sees it. */
export const systemOf = ({
  critical,
  labels,
}: {
  readonly critical?: boolean | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}): System => ({
  ...(critical === undefined ? {} : { critical }),
  ...(labels === undefined ? {} : { labels }),
});

/** Systems seen as one: critical if one is, unknown while one has not said; the highest class in each scheme. */
export const joinSystems = (systems: readonly System[], schemes: readonly Scheme[]): System => {
  const critical = systems.some((one) => one.critical === true)
    ? true
    : systems.length === 0 || systems.some((one) => one.critical === undefined)
      ? undefined
      : false;
  const labels = highestLabels(
    systems.map((one) => one.labels ?? {}),
    schemes,
  );
  return systemOf({ critical, labels: Object.keys(labels).length === 0 ? undefined : labels });
};
