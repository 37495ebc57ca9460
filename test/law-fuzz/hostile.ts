import fc from "fast-check";

/** A tree of one key, so many levels deep. */
export const deep = (levels: number, key = "not"): unknown => {
  let tree: unknown = { always: true };
  for (let level = 0; level < levels; level += 1) tree = { [key]: tree };
  return tree;
};

/** A tree that holds itself, as an anchor in YAML can make one. */
export const cyclic = (): unknown => {
  const tree: Record<string, unknown> = {};
  tree["not"] = tree;
  return tree;
};

/** What a terminal, a log or a reader could take for something else: an escape, a new line, a turned direction. */
export const CONTROL = "a\u001b[31m\nb\u202e\u0000c";

/** Values that no schema asks for. Objects are made as a parser makes them, so that `__proto__` is a key of its own. */
export const HOSTILE: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -0,
  () => 1e308,
  () => "",
  () => " ",
  () => "2026-02-30",
  () => "2026-13-01",
  () => "9999-12-31",
  () => "x".repeat(1_000),
  () => CONTROL,
  () => "__proto__",
  () => "constructor",
  () => "@constructor",
  () => "ma-iiv",
  () => JSON.parse('{"__proto__": {"polluted": true}}'),
  () => JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => Array.from({ length: 500 }, () => "MA"),
  () => deep(40),
  () => true,
  () => new Uint8Array([105, 183]),
];

export const HOSTILE_KEYS = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "a.b", CONTROL] as const;

type Step = readonly [parent: object, key: string];

/** Every place in a tree, as its parent and key. */
const stepsOf = (tree: unknown): readonly Step[] => {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.entries(tree).flatMap(([key, below]): readonly Step[] => [[tree, key], ...stepsOf(below)]);
};

const put = (parent: object, key: string, value: unknown): void => {
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
};

const OPERATIONS = ["replace", "remove", "add", "rename", "double", "swap"] as const;

/** One change to a tree, wherever it lands. */
export interface Mutation {
  readonly operation: (typeof OPERATIONS)[number];
  readonly at: number;
  readonly other: number;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  at: fc.nat(),
  other: fc.nat(),
});

/** A copy of a document with the changes made. */
export const mutated = (document: unknown, mutations: readonly Mutation[]): unknown => {
  const copy = structuredClone({ document });
  for (const { operation, at, other } of mutations) {
    const steps = stepsOf(copy);
    const [parent, key] = steps[at % steps.length] ?? [copy, "document"];
    const hostile = HOSTILE[other % HOSTILE.length]?.();
    const strange = HOSTILE_KEYS[other % HOSTILE_KEYS.length] ?? "";
    const value: unknown = Reflect.get(parent, key);
    if (operation === "replace") put(parent, key, hostile);
    if (operation === "remove") Reflect.deleteProperty(parent, key);
    if (operation === "add") put(typeof value === "object" && value !== null ? value : parent, strange, hostile);
    if (operation === "rename") put(parent, `${key}${strange}`, value);
    if (operation === "double" && Array.isArray(value)) value.push(...value.slice(0, 100));
    if (operation === "swap")
      put(parent, key, structuredClone(Reflect.get(...(steps[other % steps.length] ?? [parent, key]))));
  }
  return copy.document;
};
