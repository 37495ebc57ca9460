import type { Condition } from "./condition.ts";
import { factsOf, listsOf } from "./leaves.ts";
import type { Regime } from "./regime.ts";

interface Issue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Rule = Regime["rules"][number];
type Effect = Rule["effect"];

/** What the shape alone cannot say: references that lead nowhere, names given twice, a derogation that may not be. */
export function* regimeIssues(regime: Regime): Generator<Issue> {
  yield* conditionIssues(["scope", "when"], regime.scope.when, regime);
  yield* twice(
    regime.rules.map(({ id }) => id),
    "rules",
  );
  yield* twice(
    regime.obligations.map(({ id }) => id),
    "obligations",
  );
  for (const [index, rule] of regime.rules.entries()) {
    yield* instrumentIssues(["rules", index], rule.source.instrument, regime);
    yield* conditionIssues(["rules", index, "when"], rule.when, regime);
    yield* effectIssues(["rules", index, "effect"], rule.effect, regime);
    yield* datesIssue(["rules", index], rule);
  }
  for (const part of ["obligations", "schemes", "qualifications", "laws"] as const) {
    for (const [index, { source }] of regime[part].entries()) {
      yield* instrumentIssues([part, index], source.instrument, regime);
    }
  }
  for (const [name, { scoped }] of Object.entries(regime.lists)) {
    for (const [member, { when }] of Object.entries(scoped ?? {})) {
      yield* conditionIssues(["lists", name, "scoped", member, "when"], when, regime);
    }
  }
  yield* schemeIssues(regime);
}

function* effectIssues(path: Issue["path"], effect: Effect, regime: Regime): Generator<Issue> {
  if (effect.kind === "require") yield* conditionIssues([...path, "check"], effect.check, regime);
  if (effect.kind === "formality") {
    if ((effect.oneOf === undefined) === (effect.allOf === undefined)) {
      yield { path, message: "either oneOf or allOf" };
    }
    for (const accepted of [...(effect.oneOf ?? []), ...(effect.allOf ?? [])]) {
      if (accepted.onlyIf !== undefined) yield* conditionIssues([...path, "onlyIf"], accepted.onlyIf, regime);
    }
    const { inside = [], outside = [] } = effect.covers ?? {};
    yield* listIssues([...path, "covers"], [...inside, ...outside], regime);
  }
  if (effect.kind === "derogate") {
    for (const [index, id] of effect.from.entries()) {
      const lifted = regime.rules.find((rule) => rule.id === id);
      if (lifted === undefined) yield { path: [...path, "from", index], message: "a rule of this regime" };
      else if (lifted.derogable === false) {
        yield { path: [...path, "from", index], message: `a rule that may be lifted; ${id} may not` };
      } else if (lifted.effect.kind === "derogate") {
        yield { path: [...path, "from", index], message: "a rule that is no derogation itself" };
      }
    }
  }
}

function* conditionIssues(path: Issue["path"], condition: Condition, regime: Regime): Generator<Issue> {
  for (const name of listsOf(condition)) {
    if (!Object.hasOwn(regime.lists, name)) yield { path, message: `a list of this regime, not @${name}` };
  }
}

const listIssues = (path: Issue["path"], entries: readonly string[], regime: Regime): readonly Issue[] =>
  entries
    .filter((entry) => entry.startsWith("@") && !Object.hasOwn(regime.lists, entry.slice(1)))
    .map((entry) => ({ path, message: `a list of this regime, not ${entry}` }));

function* instrumentIssues(path: Issue["path"], instrument: string, regime: Regime): Generator<Issue> {
  const known = regime.instruments.map(({ id }) => id);
  if (!known.includes(instrument)) {
    yield { path: [...path, "source", "instrument"], message: `one of ${known.join(", ")}` };
  }
}

function* datesIssue(path: Issue["path"], { from, to }: { from?: string | undefined; to?: string | undefined }) {
  if (from !== undefined && to !== undefined && to < from) {
    yield { path: [...path, "to"], message: `a day not before ${from}` };
  }
}

function* twice(ids: readonly string[], part: string): Generator<Issue> {
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) !== index) yield { path: [part, index, "id"], message: "a unique id" };
  }
}

function* schemeIssues(regime: Regime): Generator<Issue> {
  for (const [index, { levels, proposes }] of regime.schemes.entries()) {
    for (const [level, proposed] of Object.entries(proposes)) {
      if (!levels.some(({ id }) => id === proposed)) {
        yield { path: ["schemes", index, "proposes", level], message: "a level of the scheme" };
      }
    }
  }
}

/** Every fact that the scope and the rules of a regime read. */
export const factsOfRegime = (regime: Regime): readonly string[] => [
  ...new Set([...factsOf(regime.scope.when), ...regime.rules.flatMap(factsOfRule)]),
];

/** Every fact that one rule reads, in its condition and in its effect. */
export const factsOfRule = (rule: Rule): readonly string[] => {
  const covered = rule.effect.kind === "formality" ? (rule.effect.covers?.facets ?? []) : [];
  return [...new Set([...conditionsOf(rule).flatMap(factsOf), ...covered.map((facet) => `place.facets.${facet}`)])];
};

/** The lists that one rule uses. */
export const listsOfRule = (rule: Rule): readonly string[] => [...new Set(conditionsOf(rule).flatMap(listsOf))];

const conditionsOf = ({ when, effect }: Rule): readonly Condition[] => {
  if (effect.kind === "require") return [when, effect.check];
  if (effect.kind !== "formality") return [when];
  return [when, ...[...(effect.oneOf ?? []), ...(effect.allOf ?? [])].flatMap(({ onlyIf }) => onlyIf ?? [])];
};
