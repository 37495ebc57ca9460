import { type CloudId, type Declaration, findRegion, type Place, regionPlace } from "@kasbah/core";
import { at, shown, text } from "../resource.ts";
import type { Settings } from "../world.ts";
import type { Where } from "./region.ts";

/** A place, and the words by which a message calls it. */
export interface Spot {
  readonly place: Place;
  readonly words: string;
}

/** A place of which nothing is known: only what may be anywhere may be there. */
const nowhere = (cloud: CloudId, region: string): Place => ({
  name: `${cloud}/${region}`,
  cloud,
  region,
  facets: {},
  operator: {},
  contract: {},
  facts: {},
  settings: {},
});

/** What counts as nowhere in particular. */
export const ANYWHERE: Spot = { place: nowhere("aws", "anywhere"), words: "anywhere" };

/** Every place that this could be: the declared ones, else the catalogue's region. Each of them counts. */
export const spotsOf = (
  where: Exclude<Where, { kind: "pending" | "unclear" }>,
  settings: Settings,
): readonly Spot[] => {
  if (where.kind === "elsewhere") {
    return [{ place: nowhere(where.cloud, where.words), words: `${where.cloud}: ${where.words}` }];
  }
  const region = where.kind === "region" ? where.region : undefined;
  const declared = declaredPlaces(settings.declaration, where.cloud, region, where.provider);
  if (declared.length > 0) return declared.map(spot);
  if (region === undefined) {
    return [{ place: nowhere(where.cloud, "default"), words: `${where.cloud}: a region that nothing names` }];
  }
  const known = findRegion(where.cloud, region);
  if (known === undefined) {
    const words = `${where.cloud}/${shown(region)}, a region whose country nothing tells`;
    return [{ place: nowhere(where.cloud, region), words }];
  }
  return [spot({ ...regionPlace(where.cloud, known), name: `${where.cloud}/${region}`, settings: {} })];
};

const declaredPlaces = (
  declaration: Declaration | undefined,
  cloud: CloudId,
  region: string | undefined,
  provider: unknown,
): readonly Place[] =>
  Object.values(declaration?.places ?? {}).filter(
    (place) => place.cloud === cloud && (region === undefined || place.region === region) && sameCloud(place, provider),
  );

/** Two OpenStack clouds may call a region by one name; the identity endpoint or the entry of clouds.yaml parts them. */
const sameCloud = (place: Place, provider: unknown): boolean =>
  ["authUrl", "cloud"].every((key) => {
    const declared = at(place.settings, key);
    const used = text(provider, key);
    return typeof declared !== "string" || typeof used !== "string" || trimmed(declared) === trimmed(used);
  });

const trimmed = (url: string): string => url.replace(/\/+$/, "");

const spot = (place: Place): Spot => {
  const countries = place.facets.storage;
  const where = countries === undefined ? "countries not known" : `stored in ${countries.join(", ")}`;
  const id = `${place.cloud}/${shown(place.region)}`;
  return { place, words: `${place.name === id ? id : `${shown(place.name)} = ${id}`} (${where})` };
};
