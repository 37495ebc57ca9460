import { z } from "zod";
import { type HouseContext, houseShape, LAW_KEYS, parseHouse, saysLaw } from "./context.ts";
import { isTree } from "./declaration/overlay.ts";
import { type Declaration, parseDeclaration } from "./declaration/parse.ts";
import { datasetSchema, headShape, NAME, placeSchema, siteSchema } from "./declaration/schema.ts";
import { openstackSettingsSchema } from "./declaration/settings.ts";
import { SIZES } from "./layers/postgres.ts";
import type { Checked, Problem } from "./problem.ts";

const name = z.string().regex(NAME);

/** A place where nothing is built by this: of an OpenStack cloud only what tells it from another is asked. */
const knownPlaceSchema = placeSchema.extend({
  openstack: openstackSettingsSchema.partial().optional().describe("What tells one OpenStack cloud from another."),
});

/** What `kasbah check --context` takes. Published as JSON Schema. */
export const contextSchema = z.strictObject({
  ...houseShape,
  owner: headShape.owner.optional().describe("Whose data it is. Asked for where datasets, places or sites are named."),
  datasets: z.record(name, datasetSchema).optional().describe("Datasets, as in platform.yaml."),
  places: z.record(name, knownPlaceSchema).optional().describe("Places by cloud and region, and who operates them."),
  sites: z.record(name, siteSchema).optional().describe("Where data may go beside the clouds."),
  regimes: headShape.regimes,
  formalities: headShape.formalities,
  stateBackend: headShape.stateBackend,
});

/** Parses a context with what the law asks about. Everything wrong with it comes back at once. */
export const parseContext = (input: unknown): Checked<HouseContext> => {
  const house = parseHouse(input);
  const law = saysLaw(input) && isTree(input) ? lawOf(input) : undefined;
  const problems: readonly Problem[] = [house, ...(law === undefined ? [] : [law])].flatMap((part) =>
    part.ok ? [] : part.problems,
  );
  if (!house.ok || law?.ok === false) return { ok: false, problems };
  return { ok: true, value: law === undefined ? house.value : { ...house.value, declaration: law.value } };
};

const lawOf = (input: Readonly<Record<string, unknown>>): Checked<Declaration> => {
  if (input["owner"] === undefined) {
    const named = LAW_KEYS.filter((key) => input[key] !== undefined).join(", ");
    const expected = `the owner of the data, since the context names ${named}`;
    return { ok: false, problems: [{ path: "owner", expected, got: undefined, mend: "add its id and establishedIn" }] };
  }
  const words = Object.fromEntries(LAW_KEYS.flatMap((key) => (input[key] === undefined ? [] : [[key, input[key]]])));
  const complete = { datasets: {}, ...words, platform: "context", workloads: {}, places: placesOf(input["places"]) };
  return parseDeclaration(complete, "default");
};

/** The sizes of servers, which a declaration names and a context has no use for. */
const FLAVORS = Object.fromEntries(SIZES.map((size) => [size, "not-used"]));

const placesOf = (places: unknown): unknown => {
  if (!isTree(places)) return places ?? {};
  return Object.fromEntries(
    Object.entries(places).map(([key, place]) => {
      if (!isTree(place) || !String(place["at"]).startsWith("openstack/")) return [key, place];
      return [key, { ...place, openstack: { flavors: FLAVORS, ...Object(place["openstack"]) } }];
    }),
  );
};
