import { LABEL } from "@kasbah/core/judge";
import { cloudOf, isInCluster } from "../cloud.ts";
import { dataOf, isClear, isUnlabelled, stackData } from "../facts/data.ts";
import { carriesLabels, holdsData, labelOf } from "../facts/label.ts";
import { whereOf } from "../facts/region.ts";
import type { Resource } from "../resource.ts";
import { ROWS } from "../tables/index.ts";
import type { World } from "../world.ts";
import { type Answer, cannotDecide, judgeWhere, NOTHING, type Rule } from "./rule.ts";

/** Whether the place of a resource matters: it holds data by its type, works on them, or its label says so. */
export const isJudged = (resource: Resource, world: World): boolean => {
  if (cloudOf(resource) === undefined && !isInCluster(resource)) return false;
  const row = ROWS.get(resource.type);
  if (row?.region === "flows") return false;
  if (row?.holds === true) return true;
  if (isInCluster(resource) && row?.runs !== true) return false;
  if (row?.runs === true) return !isUnlabelled(resource, world);
  return row?.part === undefined && labelOf(resource, world).datasets !== undefined;
};

export const keepDataInPermittedPlaces: Rule = {
  name: "keep-data-in-permitted-places",
  severity: "critical",
  description: "What holds data, or works on them, is in a place where the law permits each of its data sets.",
  serves: ["gdpr.transfers", "ma.transfers", "ccc.regions"],
  remedy: "Move the resource to a permitted place, or put the formality that the law asks for on file.",
  onlyCatches: "a database of restricted data in a region abroad, with nothing else wrong",
  asks: () => true,
  judge: (resource, world) => {
    if (!isJudged(resource, world)) return NOTHING;
    const data = dataOf(resource, world);
    if (data.kind === "pending") return [data];
    if (data.kind !== "unclear") return judgeWhere(data, whereOf(resource, world), pathOf(resource), world);
    // A missing or unknown class is already refused, by the rule for labels.
    if (data.path.endsWith(LABEL.class) && carriesLabels(resource)) return NOTHING;
    if (isUnlabelled(resource, world)) return byStack(resource, world);
    const wanted = "data sets that the declaration knows";
    return [cannotDecide(data.path, wanted, data.why, "Declare the data set, or correct the label.")];
  },
};

/** A type that cannot carry a label, and is a part of nothing that has one: the stack's data may be in it. */
const byStack = (resource: Resource, world: World): readonly Answer[] => {
  if (!holdsData(resource)) return NOTHING;
  const answers = stackData(resource, world).flatMap((data) =>
    isClear(data) ? judgeWhere(data, whereOf(resource, world), pathOf(resource), world) : NOTHING,
  );
  return world.follow === undefined ? [...answers, { kind: "pending", path: pathOf(resource) }] : answers;
};

const pathOf = (resource: Resource): string => {
  if (isInCluster(resource)) return "provider";
  return ["azure", "gcp"].includes(cloudOf(resource) ?? "") ? "location" : "region";
};
