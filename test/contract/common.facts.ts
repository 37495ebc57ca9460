import { KINDS, LABEL, putLabels, readLabels } from "../../packages/core/src/index.ts";
import { type Claim, put } from "./claim.ts";
import { type Estate, type Row, withRow } from "./estate.ts";
import type { Reader } from "./fact.ts";
import { read } from "./path.ts";

/** What every layer of every cloud promises. Read with the table of kinds only, so that no cloud needs a reader. */
export const COMMON = {
  region: "everything is in the declared region",
  class: "every resource that can carry a label carries its class",
  datasets: "what holds data names its datasets",
  owner: "every resource that can carry a label carries its owner",
  env: "every resource that can carry a label carries its environment",
  name: "physical names follow the rule <platform>-<env>-<component>-<role>",
} as const;

/** What the servers are told and what they report is none of the datasets. */
const HOLDS_NONE = /-(settings|reports)$/;

const holdsDatasets = ({ type, name, properties }: Row): boolean =>
  KINDS[type]?.holdsData === true && !HOLDS_NONE.test(name ?? String(properties["name"]));

export const commonReader: Reader<keyof typeof COMMON> = ({ region, labels, named }) => ({
  region: regionClaim(region),
  class: labelClaim(LABEL.class, labels.class, () => true),
  datasets: labelClaim(LABEL.datasets, labels.datasets, holdsDatasets),
  owner: labelClaim(LABEL.owner, labels.owner, () => true),
  env: labelClaim(LABEL.env, labels.env, () => true),
  name: nameClaim(named),
});

/** A place that the resource names itself, or that of its provider. */
const REGION_KEYS = ["region", "location"] as const;

const regionClaim = (region: string): Claim => ({
  holds(estate) {
    const stray = estate.find((row) => regionsOf(row).some((found) => found?.toLowerCase() !== region.toLowerCase()));
    return stray === undefined || `${stray.type} ${stray.name ?? ""}: wanted ${region}, found ${regionsOf(stray)}`;
  },
  breaks: (estate) =>
    estate.flatMap((row) => [
      {
        what: `${row.type} through a provider elsewhere`,
        estate: withRow(estate, row, { ...row, region: "elsewhere" }),
      },
      ...REGION_KEYS.filter((key) => key in row.properties).map((key) => put(estate, row, key, "elsewhere")),
    ]),
});

/** A lock and a grant belong to what they lock or open: their clouds keep them without a region. */
const REGIONLESS: ReadonlySet<string> = new Set([
  "azure-native:authorization:ManagementLockByScope",
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
]);

const regionsOf = ({ type, region, properties }: Row): (string | undefined)[] => [
  ...(region === "global" && REGIONLESS.has(type) ? [] : [region]),
  ...REGION_KEYS.filter((key) => key in properties).map((key) => `${properties[key]}`),
];

const labelled = (estate: Estate): Row[] => estate.filter(({ type }) => (KINDS[type]?.label ?? "none") !== "none");

const labelClaim = (key: string, wanted: string | undefined, counts: (row: Row) => boolean): Claim => ({
  holds(estate) {
    for (const row of labelled(estate).filter(counts)) {
      const found = readLabels(row.properties, KINDS[row.type]?.label ?? "none")?.[key];
      if (found !== wanted)
        return `${row.type} ${row.name ?? ""} ${key}: wanted ${wanted}, found ${found ?? "nothing"}`;
    }
    return true;
  },
  breaks: (estate) =>
    labelled(estate)
      .filter(counts)
      .flatMap((row) => [
        { what: `${row.type} ${row.name ?? ""} without ${key}`, estate: withRow(estate, row, withoutLabel(row, key)) },
        {
          what: `${row.type} ${row.name ?? ""} with another ${key}`,
          estate: withRow(estate, row, relabelled(row, key)),
        },
      ]),
});

const withoutLabel = (row: Row, key: string): Row => {
  const place = KINDS[row.type]?.label ?? "none";
  const { [key]: _gone, ...rest } = readLabels(row.properties, place) ?? {};
  const property = place === "string-tags" ? "tags" : place;
  return { ...row, properties: putLabels({ ...row.properties, [property]: undefined }, place, rest) };
};

const relabelled = (row: Row, key: string): Row => {
  const bare = withoutLabel(row, key);
  return { ...bare, properties: putLabels(bare.properties, KINDS[row.type]?.label ?? "none", { [key]: "another" }) };
};

/** Where the physical name stands: in a property of its own, or in a tag. */
const namePath = ({ type }: Row): string | undefined => {
  const { name, nameTag } = KINDS[type] ?? {};
  return name?.property ?? (nameTag === undefined ? undefined : `tags/${nameTag}`);
};

const nameClaim = (named: (type: string, name: string) => boolean): Claim => ({
  holds(estate) {
    for (const row of estate) {
      const path = namePath(row);
      if (path === undefined) continue;
      const [found] = read(row.properties, path);
      if (typeof found !== "string" || !named(row.type, found)) {
        return `${row.type} ${row.name ?? ""} ${path}: wanted a name by the rule, found ${found ?? "nothing"}`;
      }
    }
    return true;
  },
  breaks: (estate) =>
    estate.flatMap((row) => {
      const path = namePath(row);
      return path === undefined ? [] : [put(estate, row, path, undefined), put(estate, row, path, "vpc-8f3a2c1")];
    }),
});
