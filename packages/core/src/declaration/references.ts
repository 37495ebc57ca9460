import type { Problem } from "../problem.ts";
import { nearest } from "./nearest.ts";

/** Names that point at something: each must be declared. Works on raw input, so that it sees past other problems. */
export function* referenceProblems(input: unknown, regimeIds: readonly string[]): Generator<Problem> {
  const datasets = keys(at(input, "datasets"));
  const places = keys(at(input, "places"));
  const workloads = at(input, "workloads");
  for (const name of keys(workloads)) {
    const workload = at(workloads, name);
    yield* missing(`workloads.${name}.datasets`, at(workload, "datasets"), datasets, "dataset");
    for (const key of ["places", "replicas", "backups"]) {
      yield* missing(`workloads.${name}.${key}`, at(workload, key), places, "place");
    }
  }
  for (const [index, formality] of entries(at(input, "formalities"))) {
    yield* missing(`formalities.${index}.datasets`, at(formality, "datasets"), datasets, "dataset");
  }
  yield* missing("regimes", at(input, "regimes"), regimeIds, "regime");
}

function* missing(path: string, names: unknown, declared: readonly string[], what: string): Generator<Problem> {
  for (const [index, name] of entries(names)) {
    if (typeof name !== "string" || declared.includes(name)) continue;
    const close = nearest(name, declared);
    yield {
      path: `${path}.${index}`,
      expected: `a declared ${what}`,
      got: name,
      mend:
        close === undefined
          ? `take one of ${declared.join(", ") || "none yet"}, or declare it`
          : `did you mean ${close}?`,
    };
  }
}

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
const keys = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null ? Object.keys(value) : [];
const entries = (value: unknown): readonly [number, unknown][] => (Array.isArray(value) ? [...value.entries()] : []);
