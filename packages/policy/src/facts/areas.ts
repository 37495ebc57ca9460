import { type CloudId, FACETS, findRegion, knownRegions, type Place, regionPlace } from "@kasbah/core/judge";

/** Member states of the European Union. Source: Treaty on European Union, art. 52, since 2020-02-01. */
const UNION = [
  ..."AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" "),
] as readonly string[];

/** Regions of a cloud in some countries. */
const inCountries = (cloud: CloudId, countries: readonly string[]): readonly string[] =>
  knownRegions()
    .filter((region) => region.cloud === cloud && countries.includes(region.country))
    .map(({ region }) => region);

/**
 * Multi-regions of Google Cloud with the regions among which Google picks. What is not here has no known regions.
 * Source: Cloud Storage documentation, bucket locations (EU: member states, US: United States, ASIA), as of 2026-11-21;
 * predefined dual-regions of the same page.
 */
const GOOGLE: Readonly<Record<string, readonly string[]>> = {
  eu: inCountries("gcp", UNION),
  europe: inCountries("gcp", UNION),
  us: inCountries("gcp", ["US"]),
  eur4: ["europe-north1", "europe-west4"],
  nam4: ["us-central1", "us-east1"],
  asia1: ["asia-northeast1", "asia-northeast2"],
};

/**
 * Cross-region inference profiles of Amazon Bedrock. The regions differ by model; this is all that any of them names.
 * Source: Amazon Bedrock User Guide, supported regions and models for inference profiles, as of 2026-11-21 (uncertain:
 * from memory of the page; a profile that is not here is anywhere).
 */
const BEDROCK: Readonly<Record<string, readonly string[]>> = {
  eu: ["eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3"],
  us: ["us-east-1", "us-east-2", "us-west-1", "us-west-2"],
  jp: ["ap-northeast-1", "ap-northeast-3"],
  au: ["ap-southeast-2", "ap-southeast-4"],
};

/** The regions of a multi-region of Google. */
export const googleRegions = (name: string): readonly string[] | undefined => GOOGLE[name.toLowerCase()];

/** The regions of a Bedrock inference profile by its prefix. */
export const bedrockRegions = (prefix: string): readonly string[] | undefined => BEDROCK[prefix];

/**
 * The regions of the data zone around an Azure region: the European Union or the United States.
 * Source: Azure AI Foundry Models documentation, deployment types, DataZone.
 */
export const dataZone = (region: string): readonly string[] | undefined => {
  const country = findRegion("azure", region)?.country;
  if (country === undefined) return undefined;
  if (UNION.includes(country)) return inCountries("azure", UNION);
  return country === "US" ? inCountries("azure", ["US"]) : undefined;
};

/** Several regions as one place: each of its facets is in all of their countries. */
export const placeOfRegions = (cloud: CloudId, regions: readonly string[], name: string): Place | undefined => {
  const places = regions.flatMap((region) => findRegion(cloud, region) ?? []).map((one) => regionPlace(cloud, one));
  const [first] = places;
  if (first === undefined) return undefined;
  const facets = Object.fromEntries(
    FACETS.flatMap((facet) => {
      const countries = [...new Set(places.flatMap((place) => place.facets[facet] ?? []))].sort();
      return countries.length === 0 ? [] : [[facet, countries]];
    }),
  );
  return { ...first, region: name, name: `${cloud}/${name}`, facets, settings: {} };
};
