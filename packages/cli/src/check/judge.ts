import type { Declaration, Finding, HouseContext } from "@kasbah/core";
import { applyWaivers, estateOf, evaluate, type PackName, type Waiver } from "@kasbah/policy/judge";
import { contextFor, type Group, groupsOf, resourcesOf } from "./estates.ts";
import type { ReadResource, StackInput } from "./input/model.ts";

export interface JudgeOptions {
  readonly asOf: string;
  readonly house: HouseContext | undefined;
  /** @default - every pack */
  readonly packs?: readonly PackName[];
  /** @default - every rule of the packs */
  readonly rules?: readonly string[];
  readonly waivers: readonly Waiver[];
}

/** A finding with the resource that it is about; none where it is about a waiver. */
export interface Judged {
  readonly finding: Finding;
  readonly resource?: ReadResource;
  readonly input?: StackInput;
}

/** Asks the rules about everything that was read. A finding that several environments have in common comes once. */
export const judge = (stacks: readonly StackInput[], options: JudgeOptions): readonly Judged[] => {
  const found = new Map<string, Judged>();
  for (const group of groupsOf(stacks)) {
    const inputs = new Map(group.stacks.map((input) => [input.stack, input]));
    const resources = resourcesOf(group, options.house);
    for (const declaration of declarationsOf(group)) {
      for (const finding of judgeGroup(group, declaration, resources, options)) {
        const resource = resources.get(finding.resource);
        const input = inputs.get(resource?.stack ?? "");
        const other = input?.declaration !== undefined && input.declaration.declaration !== declaration;
        if (resource === undefined || resource.external || other) continue;
        const key = [finding.rule, finding.resource, finding.path, finding.found].join("\n");
        if (!found.has(key)) found.set(key, { finding, resource, ...(input === undefined ? {} : { input }) });
      }
    }
  }
  return waived([...found.values()], options);
};

/** Each declaration of the group; the resources of stacks without one are judged under each of them. */
const declarationsOf = ({ stacks }: Group): readonly (Declaration | undefined)[] => {
  const all = stacks.flatMap(({ declaration }) => declaration?.declaration ?? []);
  return all.length === 0 ? [undefined] : all;
};

const judgeGroup = (
  group: Group,
  declaration: Declaration | undefined,
  resources: ReadonlyMap<string, ReadResource>,
  { asOf, house, packs, rules }: JudgeOptions,
): readonly Finding[] =>
  evaluate(estateOf([...resources.values()], contextFor(group, declaration, house)), {
    asOf,
    ...(packs === undefined ? {} : { packs }),
    ...(rules === undefined ? {} : { rules }),
  });

/** Marks what is waived, and adds the waivers that have run out. */
const waived = (judged: readonly Judged[], { waivers, asOf }: JudgeOptions): readonly Judged[] => {
  if (waivers.length === 0) return judged;
  const findings = applyWaivers(
    judged.map(({ finding }) => finding),
    waivers,
    asOf,
  );
  return findings.map((finding, index) => ({ ...judged[index], finding }));
};

/** Waivers that hold and cover nothing. */
export const unusedWaivers = (
  judged: readonly Judged[],
  waivers: readonly Waiver[],
  asOf: string,
): readonly Waiver[] => {
  const findings = judged.map(({ finding: { waived: _, ...finding } }) => finding);
  return waivers.filter(
    (waiver) =>
      asOf <= waiver.expires && !applyWaivers(findings, [waiver], asOf).some((finding) => finding.waived !== undefined),
  );
};
