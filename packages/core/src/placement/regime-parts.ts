import type { Condition } from "../law/condition.ts";
import { factsOf, leavesOf, listsOf } from "../law/leaves.ts";
import type { Formality } from "../law/question.ts";
import type { AcceptedFormality, Effect, Regime } from "../law/regime.ts";

type FormalityEffect = Extract<Effect, { kind: "formality" }>;

/** The countries that a formality must name. */
export type Covers = NonNullable<FormalityEffect["covers"]>;

const effectsOf = ({ rules }: Regime): readonly Effect[] => rules.map(({ effect }) => effect);

const formalityEffects = (regime: Regime): readonly FormalityEffect[] =>
  effectsOf(regime).filter((effect): effect is FormalityEffect => effect.kind === "formality");

const acceptedBy = (effect: FormalityEffect): readonly AcceptedFormality[] => [
  ...(effect.oneOf ?? []),
  ...(effect.allOf ?? []),
];

/** Every condition that a regime may ask: of its scope, of its rules and of what it accepts. */
export const conditionsOf = (regime: Regime): readonly Condition[] => [
  regime.scope.when,
  ...regime.rules.map(({ when }) => when),
  ...effectsOf(regime).flatMap((effect) => (effect.kind === "require" ? [effect.check] : [])),
  ...formalityEffects(regime).flatMap((effect) => acceptedBy(effect).flatMap(({ onlyIf }) => onlyIf ?? [])),
];

export const coversOf = (regime: Regime): readonly Covers[] =>
  formalityEffects(regime).flatMap(({ covers }) => covers ?? []);

/** The facts that a part reads, those included on which its lists depend. */
export const factsIn = (part: Condition | Covers, regime: Regime): readonly string[] => {
  const own = "outside" in part ? part.facets.map((facet) => `place.facets.${facet}`) : factsOf(part);
  const lists = "outside" in part ? listNames([...part.outside, ...(part.inside ?? [])]) : listsOf(part);
  const scoped = lists.flatMap((name) => Object.values(regime.lists[name]?.scoped ?? {}));
  return [
    ...new Set([...own, ...scoped.flatMap(({ when }) => [...leavesOf(when)].flatMap((leaf) => factsIn(leaf, regime)))]),
  ];
};

const listNames = (values: readonly string[]): readonly string[] =>
  values.filter((value) => value.startsWith("@")).map((value) => value.slice(1));

/** The formalities of the types that the regime names; all when it reads what is on file without naming a type. */
export const relevantFormalities = (regime: Regime, formalities: readonly Formality[]): readonly Formality[] => {
  const accepted = formalityEffects(regime).flatMap((effect) => acceptedBy(effect).map(({ type }) => type));
  const named = conditionsOf(regime).flatMap((condition) => [...leavesOf(condition)].flatMap(typesIn));
  if (named.includes(undefined)) return formalities;
  return formalities.filter(({ type }) => accepted.includes(type) || named.includes(type));
};

/** The types that a question after what is on file names; `undefined` for a question that names none. */
const typesIn = (leaf: Condition): readonly (string | undefined)[] => {
  if (!("fact" in leaf) || leaf.fact !== "records") return [];
  if (leaf.op === "has") return [leaf.value];
  return leaf.op === "hasAny" ? leaf.value : [undefined];
};
