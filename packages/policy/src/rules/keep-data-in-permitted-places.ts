import { LABEL } from "@kasbah/core";
import { cloudOf } from "../cloud.ts";
import { dataOf } from "../facts/data.ts";
import { carriesLabels, holdsData } from "../facts/data-types.ts";
import { labelOf } from "../facts/label.ts";
import { whereOf } from "../facts/region.ts";
import type { Resource } from "../resource.ts";
import type { World } from "../world.ts";
import { cannotDecide, judgeWhere, type Rule } from "./rule.ts";

/** Whether the place of a resource matters: it holds data by its type, or its label says so. */
export const isJudged = (resource: Resource, { estate }: World): boolean =>
  cloudOf(resource) !== undefined && (holdsData(resource) || labelOf(resource, estate).datasets !== undefined);

export const keepDataInPermittedPlaces: Rule = {
  name: "keep-data-in-permitted-places",
  severity: "critical",
  description: "What holds data is in a place where the law permits each of its data sets.",
  serves: "the regimes of the declaration; without one, the class alone",
  remedy: "Move the resource to a permitted place, or put the formality that the law asks for on file.",
  judge: (resource, world) => {
    if (!isJudged(resource, world)) return [];
    const data = dataOf(resource, world);
    if (data.kind !== "unclear") return judgeWhere(data, whereOf(resource, world), pathOf(resource), world);
    // A missing or unknown class is already refused, by the rule for labels.
    if (data.path.endsWith(LABEL.class) && carriesLabels(resource)) return [];
    const wanted = "data sets that the declaration knows";
    return [cannotDecide(data.path, wanted, data.why, "Declare the data set, or correct the label.")];
  },
};

const pathOf = (resource: Resource): string =>
  ["azure", "gcp"].includes(cloudOf(resource) ?? "") ? "location" : "region";
