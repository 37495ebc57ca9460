import type { Class } from "@kasbah/core";
import { type Failure, failuresOf, wantedOf } from "../facts/check.ts";
import { atLeast, levelOf } from "../facts/data.ts";
import { labelOf } from "../facts/label.ts";
import { type Resource, shownValue, UNKNOWN } from "../resource.ts";
import { CHECKS } from "../tables/checks.ts";
import type { Concern } from "../tables/concern.ts";
import type { World } from "../world.ts";
import { type Answer, cannotDecide, NOTHING, type Rule } from "./rule.ts";

/** From which class on a rule holds, and what it makes of a resource of which no class is known. */
export interface Reach {
  readonly from: Class;
  /** Whether it holds where nothing tells the class. */
  readonly unlabelled: boolean;
}

/** Whether a rule holds for a resource; what has to be followed first, where that is so. */
export const reaches = (reach: Reach, resource: Resource, world: World): boolean | { readonly pending: string } => {
  if (reach.from === "public") return true;
  const level = levelOf(resource, world);
  if (level !== undefined) return atLeast(level, reach.from);
  const { pending } = labelOf(resource, world);
  if (pending !== undefined && world.follow === undefined) return { pending };
  return reach.unlabelled;
};

/** Runs a judgement where a rule reaches. */
export const within =
  (reach: Reach, judge: Rule["judge"]): Rule["judge"] =>
  (resource, world) => {
    const reached = reaches(reach, resource, world);
    if (reached === false) return NOTHING;
    return reached === true ? judge(resource, world) : [{ kind: "pending", path: reached.pending }];
  };

/** Classes for which what cannot be read is an error. */
export const mustBeRead = (resource: Resource, world: World): boolean => {
  const level = levelOf(resource, world);
  return level === undefined || atLeast(level, "restricted");
};

const UNKNOWN_MEND = "Write it as a plain value, so that it can be judged before it is made.";

/** A rule that asks what the tables check under a concern. */
export const checkRule = (
  concern: Concern,
  reach: Reach,
  rule: Omit<Rule, "asks" | "judge"> & { readonly more?: (type: string) => boolean; readonly also?: Rule["judge"] },
): Rule => {
  const checks = CHECKS[concern];
  const { more, also, ...rest } = rule;
  const judge: Rule["judge"] = (resource, world) => {
    const failures = failuresIn(resource, concern);
    const answers =
      failures.length === 0 ? NOTHING : failures.flatMap((one) => answerOf(one, resource, world, rest.remedy));
    const others = also === undefined ? NOTHING : also(resource, world);
    return others.length === 0 ? answers : [...answers, ...others];
  };
  return {
    ...rest,
    asks: (type) => checks.has(type) || more?.(type) === true,
    judge: within(reach, judge),
  };
};

/** What fails of a concern, once a property. */
const failuresIn = ({ type, props }: Resource, concern: Concern): readonly Failure[] => {
  const list = CHECKS[concern].get(type);
  if (list === undefined) return [];
  const found: Failure[] = [];
  for (const check of list) {
    for (const failure of failuresOf(check, props)) {
      if (!found.some(({ path }) => path === failure.path)) found.push(failure);
    }
  }
  return found;
};

const answerOf = (
  { check, path, found }: Failure,
  resource: Resource,
  world: World,
  mend: string,
): readonly Answer[] => {
  const wanted = wantedOf(check);
  if (found === UNKNOWN) {
    // A text may be made of other resources, as a list of who may come in; a switch is a plain value.
    if (check.unlike !== undefined) return unknownText(path, wanted, resource, world);
    return mustBeRead(resource, world)
      ? [cannotDecide(path, wanted, `${path} is not known yet`, UNKNOWN_MEND)]
      : NOTHING;
  }
  const standard = check.standard === undefined ? "" : `, which is ${shownValue(check.standard)}`;
  const absent = found === undefined || found === null;
  return [{ kind: "complaint", path, wanted, found: absent ? `nothing${standard}` : shownValue(found), mend }];
};

/**
 * What to say of a text that is not known yet. One that is made of other resources of the program is read when it is
 * made, before the resource is; of all others nothing can be told.
 */
export const unknownText = (path: string, wanted: string, resource: Resource, world: World): readonly Answer[] => {
  if (world.follow === undefined) return [{ kind: "pending", path }];
  const [top = path] = path.split(".", 1);
  if ((resource.propertyDependencies?.[top]?.length ?? 0) > 0 || !mustBeRead(resource, world)) return NOTHING;
  return [cannotDecide(path, wanted, `${path} is not known yet`, UNKNOWN_MEND)];
};
