import {
  type CloudId,
  type Declaration,
  findRegion,
  type Place,
  type Provider,
  providerSite,
  regionPlace,
  type Site,
} from "@kasbah/core/judge";
import { at, shown, text } from "../resource.ts";
import type { World } from "../world.ts";
import { placeOfRegions } from "./areas.ts";
import type { Where } from "./region.ts";

/** A place or site, and the words by which a message calls it. */
export interface Spot {
  readonly place: Site;
  readonly words: string;
  /** Tells two spots apart. */
  readonly key: string;
}

/** A place of which nothing is known: only what may be anywhere may be there. */
const nowhere = (name: string): Site => ({ name, facets: {}, operator: {}, contract: {}, facts: {} });

const spotOf = (place: Site, words: string): Spot => ({ place, words, key: `${place.name} ${words}` });

/** What counts as nowhere in particular. */
export const ANYWHERE: Spot = spotOf(nowhere("anywhere"), "anywhere");

type Told = Exclude<Where, { kind: "pending" | "unclear" | "inside" }>;

/** Every place that this could be: the declared ones, else the catalogue's region. Each of them counts. */
export const spotsOf = (where: Told, world: World): readonly Spot[] => {
  const key = keyOf(where);
  const known = world.memory.spots.get(key);
  if (known !== undefined) return known;
  const spots = findSpots(where, world);
  world.memory.spots.set(key, spots);
  return spots;
};

const keyOf = (where: Told): string => {
  switch (where.kind) {
    case "region":
    case "default": {
      const region = where.kind === "region" ? where.region : "";
      const cloud = PARTING.map((key) => text(where.provider, key)).map((value) =>
        typeof value === "string" ? value : "",
      );
      return [where.kind, where.cloud, region, ...cloud].join(" ");
    }
    case "elsewhere":
      return [where.kind, where.cloud, where.words, ...(where.regions ?? [])].join(" ");
    case "place":
      return `place ${where.name}`;
    case "provider":
      return `provider ${where.provider.id}`;
    case "cluster":
      return "cluster";
  }
};

const findSpots = (where: Told, { settings: { declaration } }: World): readonly Spot[] => {
  switch (where.kind) {
    case "place": {
      const place = declaration?.places[where.name] ?? declaration?.sites[where.name];
      return [
        place === undefined ? spotOf(nowhere(where.name), `${shown(where.name)}, which nothing declares`) : spot(place),
      ];
    }
    case "provider":
      return [spotOf(providerSpot(where.provider, declaration), `provider/${where.provider.id}`)];
    case "cluster": {
      const places = Object.values(declaration?.places ?? {});
      return places.length > 0 ? places.map(spot) : [spotOf(nowhere("cluster"), "a cluster whose place nothing tells")];
    }
    case "elsewhere": {
      const { cloud, words, regions } = where;
      const several = cloud === undefined || regions === undefined ? undefined : placeOfRegions(cloud, regions, words);
      const name = cloud === undefined ? words : `${cloud}: ${words}`;
      if (several === undefined) return [spotOf(nowhere(name), name)];
      return [spotOf(several, `${name} (stored in ${several.facets.storage?.join(", ") ?? ""})`)];
    }
    default:
      return ofRegion(where, declaration);
  }
};

const ofRegion = (
  where: Extract<Told, { kind: "region" | "default" }>,
  declaration: Declaration | undefined,
): readonly Spot[] => {
  const region = where.kind === "region" ? where.region : undefined;
  const declared = declaredPlaces(declaration, where.cloud, region, where.provider);
  if (declared.length > 0) return declared.map(spot);
  if (region === undefined) {
    const words = `${where.cloud}: a region that nothing names`;
    return [spotOf(nowhere(`${where.cloud}/default`), words)];
  }
  const known = findRegion(where.cloud, region);
  if (known === undefined) {
    const words = `${where.cloud}/${shown(region)}, a region whose country nothing tells`;
    return [spotOf(nowhere(`${where.cloud}/${region}`), words)];
  }
  const place: Place = { ...regionPlace(where.cloud, known), name: `${where.cloud}/${region}`, settings: {} };
  return [spot(place)];
};

/** A declared site of the same provider says more: the contract. */
const providerSpot = (provider: Provider, declaration: Declaration | undefined): Site => {
  const known = providerSite(provider);
  const declared = Object.values(declaration?.sites ?? {}).find(
    ({ operator, facets }) =>
      operator.name !== undefined &&
      operator.name === known.operator.name &&
      JSON.stringify(facets.processing) === JSON.stringify(known.facets.processing),
  );
  return declared ?? { ...known, name: `provider/${provider.id}` };
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

/** Settings that part two OpenStack clouds which call a region by one name. */
const PARTING = ["authUrl", "cloud"] as const;

const sameCloud = (place: Place, provider: unknown): boolean =>
  PARTING.every((key) => {
    const declared = at(place.settings, key);
    const used = text(provider, key);
    return typeof declared !== "string" || typeof used !== "string" || trimmed(declared) === trimmed(used);
  });

const trimmed = (url: string): string => url.replace(/\/+$/, "");

const spot = (place: Site): Spot => {
  const countries = place.facets.storage;
  const where = countries === undefined ? "countries not known" : `stored in ${countries.join(", ")}`;
  const region =
    "cloud" in place && "region" in place ? `${String(place.cloud)}/${shown(String(place.region))}` : undefined;
  const name = region === undefined || place.name === region ? shown(place.name) : `${shown(place.name)} = ${region}`;
  return spotOf(place, `${name} (${where})`);
};
