import path from "node:path";
import { type Checked, isTree, PROBE_FILE, type Problem, probeSchema, type Tree, under } from "@kasbah/core";
import { readYaml } from "./yaml.ts";

/**
 * The declaration with the capabilities of a probe's record in place of its path, so that who gets it needs no file.
 * A record of another region is refused: what one has says nothing of the other.
 */
export const withProbes = (folder: string, raw: unknown, unprobed: boolean): Checked<unknown> => {
  const places = isTree(raw) ? raw["places"] : undefined;
  if (!isTree(raw) || !isTree(places)) return { ok: true, value: raw };
  const problems: Problem[] = [];
  const read = Object.entries(places).map(([name, place]) => [
    name,
    completed(unprobed ? undefined : folder, name, place, problems),
  ]);
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, value: { ...raw, places: Object.fromEntries(read) } };
};

const completed = (folder: string | undefined, name: string, place: unknown, problems: Problem[]): unknown => {
  const settings = isTree(place) ? place["openstack"] : undefined;
  if (!isTree(place) || !isTree(settings)) return place;
  const named = settings["capabilities"];
  if (typeof named !== "string" || !named.endsWith(PROBE_FILE)) return place;
  const record = recordOf(folder, named, place);
  if (record.ok) return { ...place, openstack: { ...settings, capabilities: record.value } };
  problems.push(...under(`platform.yaml: places.${name}.openstack.capabilities`, record.problems));
  return place;
};

const recordOf = (folder: string | undefined, file: string, { at }: Tree): Checked<unknown> => {
  if (folder === undefined) return { ok: true, value: {} };
  const read = readYaml(path.resolve(folder, file)); // JSON is YAML
  if (!read.ok) return read;
  const parsed = probeSchema.safeParse(read.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const expected = `a record of kasbah probe (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})`;
    return refused(expected, path.basename(file), "write it again with kasbah probe --write");
  }
  const { cloud, region, capabilities } = parsed.data;
  if (at === `${cloud}/${region}`) return { ok: true, value: capabilities };
  return refused(`a record of ${at}`, `${cloud}/${region}`, "probe this place, or name its own record");
};

const refused = (expected: string, got: unknown, mend: string): Checked<never> => ({
  ok: false,
  problems: [{ path: "", expected, got, mend }],
});
