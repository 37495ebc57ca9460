import { describe, expect, test } from "vitest";
import {
  at,
  canonicalType,
  Estate,
  flag,
  items,
  labelOf,
  type Resource,
  refusalOf,
  shown,
  spotsOf,
  text,
  UNKNOWN,
  whereOf,
} from "../../packages/policy/src/index.ts";
import { labels, made, NOT_KNOWN } from "../../packages/policy/src/rules/sample.ts";
import { world } from "./support.ts";

const where = (resource: Resource, ...others: Resource[]) => whereOf(resource, world([...others, resource]));
const region = (resource: Resource, ...others: Resource[]) =>
  where(resource, ...others).map((found) => (found.kind === "region" ? found.region : found.kind));

describe("reading properties", () => {
  test("a list of one is its member, an unknown stays unknown all the way down", () => {
    expect(text({ a: [{ b: "c" }] }, "a", "b")).toBe("c");
    expect(text({ a: NOT_KNOWN }, "a", "b", "c")).toBe(UNKNOWN);
    expect(items({ a: NOT_KNOWN }, "a")).toEqual([UNKNOWN]);
    expect(items({ a: ["x", NOT_KNOWN] }, "a")).toEqual(["x", UNKNOWN]);
    expect(flag({ a: "true" }, "a")).toBe(true);
    expect(text({ a: "" }, "a")).toBeUndefined();
  });

  test("what is not an object's own is not read", () => {
    expect(at({}, "constructor", "name")).toBeUndefined();
    expect(at({}, "__proto__")).toBeUndefined();
    expect(at(JSON.parse('{"__proto__":{"a":1}}'), "__proto__", "a")).toBe(1);
  });

  test("a throwing property is not known", () => {
    const props = Object.defineProperty({}, "a", {
      enumerable: true,
      get: () => {
        throw new Error("can't be known during preview");
      },
    });
    expect(text(props, "a")).toBe(UNKNOWN);
  });
});

describe("regions", () => {
  const paris = { region: "eu-west-3" };
  test.each<[string, Resource, readonly string[]]>([
    [
      "AWS: of the resource before the provider's",
      made("aws:s3/bucket:Bucket", "b", { region: "us-east-1" }, paris),
      ["us-east-1"],
    ],
    ["AWS: the provider's", made("aws:s3/bucket:Bucket", "b", {}, paris), ["eu-west-3"]],
    ["AWS: of a zone", made("aws:ebs/volume:Volume", "v", { availabilityZone: "eu-west-3a" }, {}), ["eu-west-3"]],
    [
      "Azure: as people write it",
      made("azure-native:storage:StorageAccount", "s", { location: "France Central" }),
      ["francecentral"],
    ],
    ["Google: in capitals", made("gcp:storage/bucket:Bucket", "b", { location: "EUROPE-WEST9" }), ["europe-west9"]],
    ["Google: of a zone", made("gcp:compute/disk:Disk", "d", { zone: "europe-west9-b" }), ["europe-west9"]],
    ["Google: a multi-region is none", made("gcp:storage/bucket:Bucket", "b", { location: "eu" }), ["elsewhere"]],
    [
      "Google: of a key ring in a path",
      made("gcp:kms/cryptoKey:CryptoKey", "k", { keyRing: "projects/p/locations/europe-west9/keyRings/r" }),
      ["europe-west9"],
    ],
    [
      "Google: Spanner's configuration",
      made("gcp:spanner/instance:Instance", "s", { config: "regional-europe-west9" }),
      ["europe-west9"],
    ],
    ["Google: Spanner's multi-region", made("gcp:spanner/instance:Instance", "s", { config: "eur3" }), ["elsewhere"]],
    [
      "OpenStack: the provider's",
      made("openstack:compute/instance:Instance", "i", {}, { region: "RegionOne" }),
      ["RegionOne"],
    ],
    ["OpenStack: none", made("openstack:compute/instance:Instance", "i", {}), ["default"]],
    ["no cloud", made("digitalocean:index/spacesBucket:SpacesBucket", "b", {}), ["unclear"]],
  ])("%s", (_, resource, regions) => {
    expect(region(resource)).toEqual(regions);
  });

  test("Azure: a container is where its account is, and what says nothing is where its group is", () => {
    const group = made("azure-native:resources:ResourceGroup", "g", { resourceGroupName: "g", location: "westeurope" });
    const account = made("azure-native:storage:StorageAccount", "s", { accountName: "acc", resourceGroupName: "g" });
    const container = made("azure-native:storage:BlobContainer", "c", { accountName: "acc", resourceGroupName: "g" });
    expect(region(container, group, account)).toEqual(["westeurope"]);
    const configured = made(
      "azure-native:storage:StorageAccount",
      "s",
      { resourceGroupName: "g" },
      { location: "eastus" },
    );
    expect(region(configured, group)).toEqual(["eastus", "westeurope"]);
  });

  test("two OpenStack clouds with one region name are parted by their identity endpoint", () => {
    const spots = (authUrl: string) => {
      const volume = made("openstack:blockstorage/volume:Volume", "v", {}, { region: "RegionOne", authUrl });
      const empty = world([]);
      return where(volume).flatMap((found) =>
        found.kind === "pending" || found.kind === "unclear" || found.kind === "inside"
          ? []
          : spotsOf(found, empty).map(({ place }) => place.name),
      );
    };
    expect(spots("https://home.example.ma/v3/")).toEqual(["home"]);
    expect(spots("https://abroad.example.com/v3")).toEqual(["openstack/RegionOne"]);
  });
});

describe("labels", () => {
  test("pairs of key and value, as AWS Cloud Control has them", () => {
    const resource = made("aws-native:s3:Bucket", "b", { tags: [{ key: "kasbah-class", value: "internal" }] });
    expect(labelOf(resource, world([resource]))).toMatchObject({ class: "internal" });
  });

  test("a type that cannot carry one takes its parent's", () => {
    const parent = made("openstack:compute/instance:Instance", "i", { metadata: labels("restricted", "documents") });
    const child = { ...made("openstack:compute/volumeAttach:VolumeAttach", "a", {}), parent: parent.urn };
    expect(labelOf(child, world([parent, child]))).toMatchObject({ class: "restricted", datasets: "documents" });
  });

  test("a parent that is its own parent ends", () => {
    const child = made("openstack:compute/volumeAttach:VolumeAttach", "a", {});
    const loop = { ...child, parent: child.urn };
    expect(labelOf(loop, world([loop])).class).toBeUndefined();
  });
});

test("a class alone is at home only where every country of storage is home", () => {
  const home = world([], { homeCountries: ["MA"] });
  const spot = (storage: readonly string[]) => {
    const place = { name: "p", cloud: "openstack", region: "r", facets: { storage } } as const;
    return { place: { ...place, operator: {}, contract: {}, facts: {} }, words: "p", key: storage.join() };
  };
  const refused = (storage: readonly string[]) => refusalOf({ kind: "class", level: "critical" }, spot(storage), home);
  expect(refused(["MA"])).toBeUndefined();
  expect(refused(["MA", "FR"])).toMatchObject({ wanted: "critical data in MA", found: "p" });
  expect(refused([])).toBeDefined();
});

test("an estate forgets the old name of a resource that is seen again", () => {
  const estate = new Estate();
  const one = made("aws:s3/bucket:Bucket", "b", { bucket: "old" });
  estate.add(one);
  estate.add({ ...one, props: { bucket: "new" } });
  expect(estate.find("old", [one.type])).toEqual([]);
  expect(estate.find("arn:aws:s3:::new", [one.type])).toHaveLength(1);
});

test("Azure's types of one API version are read as the default ones", () => {
  expect(canonicalType("azure-native:storage/v20230101:StorageAccount")).toBe("azure-native:storage:StorageAccount");
  expect(canonicalType("aws:s3/bucket:Bucket")).toBe("aws:s3/bucket:Bucket");
});

test("what cannot be seen is shown, and long texts are cut", () => {
  expect(shown("a\u001b[31mb\u202ec\nd")).toBe("a\\u{1b}[31mb\\u{202e}c\\u{a}d");
  expect(shown("x".repeat(500))).toHaveLength(121);
});
