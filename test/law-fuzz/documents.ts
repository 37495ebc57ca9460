import { type Condition, FACETS, FACTS, isFact, type Question, REGIMES } from "@kasbah/core";
import fc from "fast-check";
import { question } from "../law-properties/arbitraries.ts";
import { countries, country, day } from "../law-properties/values.ts";
import { sample } from "../support/declarations.ts";

const facts = Object.keys(FACTS).filter(isFact);
const words = fc.constantFrom("MA", "@home", "@away", "personal", "health", "bank", "A", "public", "2026-11-21");

/** Any condition that the language has, over the model's own facts. */
const condition: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition; leaf: Condition }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    tie("leaf"),
    fc.record({ all: fc.array(tie("any"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("any"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("any") }),
  ),
  leaf: fc.oneof(
    fc.constant({ always: true as const }),
    fc.record({
      fact: fc.constantFrom(...facts),
      op: fc.constant("eq" as const),
      value: fc.oneof(words, fc.boolean()),
    }),
    fc.record({ fact: fc.constantFrom(...facts), op: fc.constant("has" as const), value: words }),
    fc.record({
      fact: fc.constantFrom(...facts),
      op: fc.constantFrom("in" as const, "hasAny" as const, "hasOther" as const),
      value: fc.array(words, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ fact: fc.constantFrom(...facts), op: fc.constant("nonEmpty" as const) }),
    fc.record({
      fact: fc.constantFrom(...facts),
      op: fc.constantFrom("gte" as const, "lte" as const, "lt" as const),
      value: fc.oneof(day, fc.integer()),
    }),
    fc.record({ fact: fc.constantFrom(...facts), op: fc.constant("monthsPassed" as const), value: fc.nat(600) }),
    fc.record({
      facets: fc.subarray([...FACETS], { minLength: 1 }),
      op: fc.constantFrom("anyIn" as const, "anyOutside" as const, "allIn" as const, "noneIn" as const),
      value: fc.array(words, { minLength: 1, maxLength: 3 }),
    }),
  ),
})).any;

const effect = fc.oneof(
  fc.constant({ kind: "permit" }),
  fc.constant({ kind: "deny", change: "keep it at home" }),
  condition.map((check) => ({ kind: "require", check, onFail: "conditional", duty: "see to it" })),
  condition.map((onlyIf) => ({ kind: "formality", oneOf: [{ type: "paper", grantor: "authority", onlyIf }] })),
  fc.constant({
    kind: "formality",
    allOf: [{ type: "paper", grantor: "self" }],
    covers: { facets: ["storage"], inside: ["@away"], outside: ["@home"] },
  }),
);

const rule = fc.record({ when: condition, effect });

/** A regime that nobody wrote. */
const madeUp: fc.Arbitrary<unknown> = fc
  .record({ scope: condition, rules: fc.array(rule, { maxLength: 4 }), home: countries, away: countries, until: day })
  .map(({ scope, rules, home, away, until }) => ({
    id: "made-up",
    version: "1",
    jurisdiction: "MA",
    title: "made up",
    authority: { id: "nobody", name: "Nobody" },
    instruments: [{ id: "paper", title: "Paper", seen: "background", source: "none" }],
    lists: {
      home: { title: "home", members: home, seen: "background", source: "none", to: until },
      away: { title: "away", members: away, seen: "background", source: "none" },
    },
    scope: { when: scope, source: "none" },
    categories: [],
    rules: rules.map((one, index) => ({
      id: `made-up.${index}`,
      title: `rule ${index}`,
      ...one,
      source: { instrument: "paper", article: "1", seen: "background" },
    })),
    obligations: [],
  }));

/** A regime file: one that comes with Kasbah, or one that nobody wrote. */
export const regimeFile: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom<unknown>(...REGIMES), madeUp);

/** The place of a question as a declaration writes it. */
const siteOf = ({ place: { name: _, facets, ...place } }: Question) => ({ ...place, facets });

export const placeFile = fc
  .record({ asked: question, home: country, site: fc.boolean() })
  .map(({ asked, home, site }) => ({
    ...(site ? {} : { at: "openstack/RegionOne", openstack: { flavors: { small: "s", medium: "m", large: "l" } } }),
    country: home,
    ...siteOf(asked),
  }));

/** A declaration around a question: its data and what is derived from it, its place and a site, what is on file. */
export const declaration: fc.Arbitrary<unknown> = fc
  .record({ asked: question, away: placeFile, own: fc.option(regimeFile, { freq: 3 }), cycle: fc.boolean() })
  .map(({ asked, away, own, cycle }) => {
    const { at: _, openstack: __, ...site } = { at: "", openstack: {}, ...away };
    const place = { at: "openstack/RegionOne", openstack: { flavors: { small: "s", medium: "m", large: "l" } } };
    return {
      ...sample(),
      owner: { id: "example.ma", ...asked.subject },
      formalities: asked.formalities,
      ...(own === null ? {} : { regimes: [own] }),
      datasets: {
        d: { ...asked.dataset, ...(cycle ? { derivedFrom: ["other"] } : {}) },
        other: { class: "internal", categories: ["health"], derivedFrom: ["d"] },
      },
      places: { home: { ...place, ...siteOf(asked) } },
      sites: { away: site },
      workloads: {
        store: { layer: "object-storage", datasets: ["d", "other"], ...asked.system },
      },
    };
  });
