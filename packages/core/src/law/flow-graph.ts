import type { Dataset } from "../dataset.ts";
import { carriesData, type Flow } from "./flow.ts";

/** Data that is somewhere without a flow: a workload's own. */
export interface Holding {
  readonly place: string;
  readonly datasets: readonly string[];
}

/** Which data moves from where to where. Places and sites are the nodes, flows the edges. Every list is sorted. */
export interface FlowGraph {
  readonly edges: readonly Flow[];
  readonly edgesFrom: (place: string) => readonly Flow[];
  readonly edgesTo: (place: string) => readonly Flow[];
  /** Places that data of this place can come to, over any number of flows. */
  readonly downstream: (place: string) => readonly string[];
  /** Places that data of this place can have come from. */
  readonly upstream: (place: string) => readonly string[];
  /** Datasets that are in a place: its own, those that flow there, and those that any of them was made from. */
  readonly dataAt: (place: string) => readonly string[];
  /** Places in which a dataset is, by itself or inside what was made from it. */
  readonly placesOf: (dataset: string) => readonly string[];
  /** The shortest way on which a dataset comes to a place; empty when it starts there, absent when it never does. */
  readonly wayTo: (place: string, dataset: string) => readonly Flow[] | undefined;
}

/** The graph of flows. Keys are no data: a place that only holds keys is reached by no dataset. */
export const flowGraph = (
  flows: readonly Flow[],
  holdings: readonly Holding[],
  datasets: Readonly<Record<string, Dataset>>,
): FlowGraph => {
  const moving = flows.filter(carriesData);
  const carried = new Map(moving.map((flow) => [flow, withSources(flow.datasets, datasets)]));
  const carries = (flow: Flow, dataset: string): boolean => carried.get(flow)?.has(dataset) === true;
  const dataAt = (place: string): readonly string[] => {
    const own = holdings.filter((holding) => holding.place === place).flatMap((holding) => holding.datasets);
    const here = moving.filter(({ from, to }) => from === place || to.name === place).flatMap((flow) => flow.datasets);
    return sorted(withSources([...own, ...here], datasets));
  };
  const places = sorted([...holdings.map(({ place }) => place), ...moving.flatMap(({ from, to }) => [from, to.name])]);
  /** Who holds it, and who sends it without having got it from anybody. */
  const startsAt = (dataset: string): readonly string[] => {
    const edges = moving.filter((flow) => carries(flow, dataset));
    const held = holdings.filter((holding) => withSources(holding.datasets, datasets).has(dataset));
    const starts = held.map(({ place }) => place);
    const arrived = new Set(edges.map(({ to }) => to.name));
    const senders = sorted(edges.map(({ from }) => from));
    for (const sender of [...senders.filter((one) => !arrived.has(one)), ...senders]) {
      if (shortest(starts, sender, edges) === undefined) starts.push(sender);
    }
    return sorted(starts);
  };
  return {
    edges: flows,
    edgesFrom: (place) => flows.filter(({ from }) => from === place),
    edgesTo: (place) => flows.filter(({ to }) => to.name === place),
    downstream: (place) => closure(place, moving, (flow) => [flow.from, flow.to.name]),
    upstream: (place) => closure(place, moving, (flow) => [flow.to.name, flow.from]),
    dataAt,
    placesOf: (dataset) => places.filter((place) => dataAt(place).includes(dataset)),
    wayTo: (place, dataset) =>
      shortest(
        startsAt(dataset),
        place,
        moving.filter((flow) => carries(flow, dataset)),
      ),
  };
};

/** Datasets and all that they were made from. A record that parts them from their source ends the line. */
export const withSources = (
  names: readonly string[],
  datasets: Readonly<Record<string, Dataset>>,
): ReadonlySet<string> => {
  const all = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (all.has(name)) continue;
    all.add(name);
    const dataset = Object.hasOwn(datasets, name) ? datasets[name] : undefined;
    if (dataset?.reclassified === undefined) open.push(...(dataset?.derivedFrom ?? []));
  }
  return all;
};

const closure = (
  start: string,
  flows: readonly Flow[],
  ends: (flow: Flow) => readonly [string, string],
): readonly string[] => {
  const reached = new Set<string>();
  const open = [start];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const flow of flows) {
      const [near, far] = ends(flow);
      if (near !== place || reached.has(far)) continue;
      reached.add(far);
      open.push(far);
    }
  }
  return sorted(reached);
};

const shortest = (starts: readonly string[], goal: string, flows: readonly Flow[]): readonly Flow[] | undefined => {
  const ways = new Map<string, readonly Flow[]>(starts.map((start) => [start, []]));
  for (const [place, way] of ways) {
    if (place === goal) return way;
    for (const flow of flows) {
      if (flow.from === place && !ways.has(flow.to.name)) ways.set(flow.to.name, [...way, flow]);
    }
  }
  return undefined;
};

const sorted = (names: Iterable<string>): readonly string[] => [...new Set(names)].sort();
