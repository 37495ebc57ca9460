import type { Problem } from "../problem.ts";
import { nearest } from "./nearest.ts";

/** Names that point at something: each must be declared. Works on raw input, so that it sees past other problems. */
export function* referenceProblems(input: unknown): Generator<Problem> {
  const datasets = keys(at(input, "datasets"));
  const places = keys(at(input, "places"));
  const sites = keys(at(input, "sites"));
  for (const [index, name] of sites.entries()) {
    if (!places.includes(name)) continue;
    yield {
      path: `sites.${name}`,
      expected: "a name that no place has",
      got: sites[index],
      mend: "rename one of them",
    };
  }
  for (const name of datasets) {
    const derivedFrom = at(at(at(input, "datasets"), name), "derivedFrom");
    yield* missing(`datasets.${name}.derivedFrom`, derivedFrom, datasets, "dataset");
  }
  const workloads = at(input, "workloads");
  for (const name of keys(workloads)) {
    const workload = at(workloads, name);
    yield* missing(`workloads.${name}.datasets`, at(workload, "datasets"), datasets, "dataset");
    for (const key of ["places", "replicas", "backups"]) {
      yield* missing(`workloads.${name}.${key}`, at(workload, key), places, "place");
    }
    yield* missingOne(`workloads.${name}.pin`, at(workload, "pin"), places, "place");
  }
  for (const [index, formality] of entries(at(input, "formalities"))) {
    yield* missing(`formalities.${index}.datasets`, at(formality, "datasets"), datasets, "dataset");
    yield* missing(`formalities.${index}.places`, at(formality, "places"), [...places, ...sites], "place");
  }
  yield* flowProblems(input, datasets, [...places, ...sites]);
}

/** Flows go from workloads to places and sites. */
function* flowProblems(input: unknown, datasets: readonly string[], places: readonly string[]): Generator<Problem> {
  const workloads = keys(at(input, "workloads"));
  for (const [index, flow] of entries(at(input, "flows"))) {
    yield* missingOne(`flows.${index}.from`, at(flow, "from"), workloads, "workload");
    yield* missingOne(`flows.${index}.to`, at(flow, "to"), places, "place or site");
    yield* missing(`flows.${index}.datasets`, at(flow, "datasets"), datasets, "dataset");
  }
  yield* missingOne("stateBackend", at(input, "stateBackend"), places, "place or site");
}

function* missingOne(path: string, name: unknown, declared: readonly string[], what: string): Generator<Problem> {
  for (const problem of missing(path, [name], declared, what)) yield { ...problem, path };
}

export function* missing(path: string, names: unknown, declared: readonly string[], what: string): Generator<Problem> {
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
