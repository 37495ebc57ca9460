// Components without a declaration: you choose the places, and the same words make the same promises on four clouds.
import { aws } from "@kasbah/aws";
import { azure } from "@kasbah/azure";
import type { Cloud } from "@kasbah/component";
import { type CloudId, findRegion, type Place, regionPlace } from "@kasbah/core";
import { gcp } from "@kasbah/gcp";
import { openstack } from "@kasbah/openstack";
import type * as pulumi from "@pulumi/pulumi";

const scope = { platform: "four-clouds", env: "dev", owner: "example.ma", preset: "throwaway" } as const;

const inRegion = (cloud: CloudId, name: string): Place => {
  const region = findRegion(cloud, name);
  if (region === undefined) throw new Error(`the catalogue has no ${cloud}/${name}`);
  return { ...regionPlace(cloud, region), name, settings: {} };
};

const home: Place = {
  name: "home",
  cloud: "openstack",
  region: "RegionOne",
  facets: { storage: ["MA"] },
  operator: {},
  contract: {},
  facts: { encryptionAtRest: true },
  settings: { flavors: { small: "m1.small" } },
};

const store = (cloud: Cloud, place: Place): pulumi.Output<string> | undefined => {
  const provider = cloud.provider(place.name, place, {});
  const args = { scope, class: "internal", datasets: ["manuals"], retentionDays: 14, place } as const;
  return cloud.layers["object-storage"]?.create(`manuals-${place.name}`, args, { provider }).bucket;
};

export const buckets = [
  store(openstack, home),
  store(aws, inRegion("aws", "eu-west-3")),
  store(azure, inRegion("azure", "francecentral")),
  store(gcp, inRegion("gcp", "europe-west9")),
];
