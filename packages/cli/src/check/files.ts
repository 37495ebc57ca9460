import { readFileSync } from "node:fs";
import type { Checked, HouseContext, Problem } from "@kasbah/core";
import { plainHouse } from "@kasbah/core/judge";
import type { Waiver } from "@kasbah/policy";

/** Reads what the house calls things. */
export const readContext = async (file: string): Promise<Checked<HouseContext>> => {
  const read = await readTree(file);
  if (!read.ok) return read;
  const plain = plainHouse(read.value);
  if (plain !== undefined) return { ok: true, value: plain };
  const { parseHouse, saysLaw } = await import("@kasbah/core/context");
  if (!saysLaw(read.value)) return inFile(file, parseHouse(read.value));
  const { parseContext } = await import("@kasbah/core");
  return inFile(file, parseContext(read.value));
};

/** Reads who answers for what, and until when. */
export const readWaivers = async (file: string): Promise<Checked<readonly Waiver[]>> => {
  const read = await readTree(file);
  if (!read.ok) return read;
  const { parseWaivers } = await import("@kasbah/core/waivers");
  return inFile(file, parseWaivers(read.value));
};

const inFile = <T>(file: string, checked: Checked<T>): Checked<T> =>
  checked.ok ? checked : { ok: false, problems: checked.problems.map((problem) => placed(file, problem)) };

const placed = (file: string, problem: Problem): Problem => ({
  ...problem,
  path: problem.path === "" ? file : `${file}: ${problem.path}`,
});

/** A file of JSON or YAML. YAML is loaded where it is needed only. */
const readTree = async (file: string): Promise<Checked<unknown>> => {
  try {
    return { ok: true, value: JSON.parse(readFileSync(file, "utf8")) };
  } catch {
    const { readYaml } = await import("@kasbah/platform/read");
    return readYaml(file);
  }
};
