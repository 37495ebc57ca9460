import type { NetworkHolds } from "@kasbah/component";
import type { Place, Problem } from "@kasbah/core";
import { isSensitive } from "./capabilities.ts";
import { isEverywhere } from "./rules.ts";
import { settingsOf } from "./site.ts";

/** Ways out that cannot be, or that lead everywhere. */
export function* networkPlaceProblems({
  place,
  holds = "critical",
}: NetworkHolds & { place: Place }): Generator<Problem> {
  const { egress, externalNetwork, serviceCidrs } = settingsOf(place);
  if (egress.length > 0 && externalNetwork === undefined) {
    yield {
      path: "place.settings.externalNetwork",
      expected: `the network that leads to ${egress.map(({ name }) => name).join(", ")}`,
      got: externalNetwork,
      mend: "name it, or remove egress: nothing leads out without it",
    };
  }
  for (const [index, { name, cidr }] of egress.entries()) {
    const path = `place.settings.egress.${index}`;
    if (isSensitive(holds) && isEverywhere(cidr)) yield tooWide(`${path}.cidr`, cidr, holds);
    if (egress.findIndex((other) => other.name === name) === index) continue;
    yield { path: `${path}.name`, expected: "each name once", got: name, mend: "rename one of them" };
  }
  if (!isSensitive(holds)) return;
  for (const [index, cidr] of serviceCidrs.entries()) {
    if (isEverywhere(cidr)) yield tooWide(`place.settings.serviceCidrs.${index}`, cidr, holds);
  }
}

const tooWide = (path: string, got: string, holds: string): Problem => ({
  path,
  expected: `a range of /8 or longer, since the network holds ${holds} data`,
  got,
  mend: "name where it leads: a way to everywhere is no named way",
});
