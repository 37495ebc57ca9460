import type { z } from "zod";
import { findRegion, knownRegions, regionPlace } from "../catalogue.ts";
import { type CloudId, isCloudId, type Place } from "../place.ts";
import type { Checked, Problem } from "../problem.ts";
import { nearest } from "./nearest.ts";
import type { placeSchema } from "./schema.ts";
import { siteOf } from "./site.ts";

type PlaceInput = z.infer<typeof placeSchema>;

/** A declared place, completed by what the catalogue knows of its region. */
export const resolvePlace = (name: string, input: PlaceInput): Checked<Place> => {
  const slash = input.at.indexOf("/");
  const cloud = input.at.slice(0, slash);
  const region = input.at.slice(slash + 1);
  if (!isCloudId(cloud)) return { ok: false, problems: [{ path: "at", expected: "a known cloud", got: input.at }] };
  const settings: unknown = Reflect.get(input, cloud) ?? {};
  const problems = [...settingsProblems(cloud, input)];
  if (cloud === "openstack") {
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, value: declaredPlace(name, cloud, region, input, settings) };
  }
  const known = findRegion(cloud, region);
  if (known === undefined) {
    const close = nearest(
      region,
      knownRegions()
        .filter((row) => row.cloud === cloud)
        .map((row) => row.region),
    );
    problems.push({
      path: "at",
      expected: `a region of ${cloud} that Kasbah knows the country of`,
      got: input.at,
      mend: close === undefined ? "correct it" : `did you mean ${cloud}/${close}?`,
    });
    return { ok: false, problems };
  }
  if (input.country !== undefined && input.country !== known.country) {
    problems.push({
      path: "country",
      expected: `${known.country}, where ${input.at} is`,
      got: input.country,
      mend: "remove it: the country of a public region is known",
    });
  }
  if (problems.length > 0) return { ok: false, problems };
  const base = regionPlace(cloud, known);
  return { ok: true, value: { ...base, ...siteOf(name, input, base), settings: Object(settings) } };
};

const declaredPlace = (name: string, cloud: CloudId, region: string, input: PlaceInput, settings: unknown): Place => ({
  ...siteOf(name, input),
  cloud,
  region,
  settings: Object(settings),
});

function* settingsProblems(cloud: CloudId, input: PlaceInput): Generator<Problem> {
  for (const other of ["openstack", "gcp"] as const) {
    if (other !== cloud && input[other] !== undefined) {
      yield {
        path: other,
        expected: `no ${other} settings on a place of ${cloud}`,
        got: input[other],
        mend: "remove them",
      };
    }
  }
  if (cloud === "openstack" && input.openstack === undefined) {
    yield {
      path: "openstack",
      expected: "the settings of the OpenStack place",
      got: undefined,
      mend: "add at least flavors",
    };
  }
}
