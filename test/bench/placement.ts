// CPU seconds to place a thousand workloads over two hundred places: fresh processes, medians. Asserts nothing.
import { execFileSync } from "node:child_process";
import { choosePlaces } from "@kasbah/core";
import Table from "cli-table3";
import { estate } from "../support/estate.ts";

const RUNS = Number(process.env["BENCH_RUNS"] ?? 5);
const ARMS = [
  [100, 20, 40],
  [1000, 200, 40],
  [1000, 200, 1000],
  [5000, 200, 40],
] as const;

interface Measured {
  readonly cpu: number;
  readonly mb: number;
  readonly placed: number;
  readonly verdicts: number;
}

const once = (workloads: number, places: number, kinds: number): Measured => {
  const made = estate(workloads, places, kinds);
  const before = process.cpuUsage();
  const placements = choosePlaces(made.workloads, made.places, made.context);
  const { user, system } = process.cpuUsage(before);
  const verdicts = placements.flatMap(({ candidates }) => candidates.map((candidate) => candidate.verdicts.length));
  return {
    cpu: (user + system) / 1e6,
    mb: process.memoryUsage().rss / 1024 ** 2,
    placed: placements.filter(({ place }) => place !== undefined).length,
    verdicts: verdicts.reduce((sum, count) => sum + count, 0),
  };
};

const [, file = "", ...given] = process.argv;
if (given.length === 3) {
  console.log(JSON.stringify(once(Number(given[0]), Number(given[1]), Number(given[2]))));
} else {
  const head = [`placement, ${RUNS} fresh processes`, "verdicts", "placed", "CPU s median", "min", "max", "MB"];
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const [workloads, places, kinds] of ARMS) {
    const runs = Array.from({ length: RUNS }, (): Measured => {
      return JSON.parse(
        execFileSync(process.execPath, [file, String(workloads), String(places), String(kinds)], { encoding: "utf8" }),
      );
    });
    const cpu = runs.map((run) => run.cpu).sort((a, b) => a - b);
    const seconds = [cpu[cpu.length >> 1], cpu[0], cpu.at(-1)].map((value) => (value ?? Number.NaN).toFixed(2));
    const [first] = runs;
    table.push([
      `${workloads} workloads, ${places} places, ${kinds} sorts of data`,
      first?.verdicts ?? 0,
      first?.placed ?? 0,
      ...seconds,
      Math.round(Math.max(...runs.map(({ mb }) => mb))),
    ]);
  }
  console.log(table.toString());
}
