import * as pulumi from "@pulumi/pulumi";
import { aws } from "../../packages/aws/src/index.ts";
import { azure } from "../../packages/azure/src/index.ts";
import type { BackupOutputs, Cloud, LayerArgs, NetworkOutputs } from "../../packages/component/src/index.ts";
import {
  type CloudId,
  findRegion,
  hash8,
  KINDS,
  type Place,
  PROTECTION,
  type Preset,
  regionPlace,
} from "../../packages/core/src/index.ts";
import { gcp } from "../../packages/gcp/src/index.ts";
import { openstack, type PostgresVault } from "../../packages/openstack/src/index.ts";

/** The layers that have a contract. */
export const LAYERS = ["network", "object-storage", "postgres"] as const;
export type LayerId = (typeof LAYERS)[number];

/** What a contract is read against. The estate must come of this scene, by mocks or by the real engine. */
export interface Expected {
  readonly preset: Preset;
  readonly region: string;
  readonly retentionDays: number;
  readonly cidr: string;
  readonly zones: number;
  readonly labels: { readonly class: string; readonly datasets?: string; readonly owner: string; readonly env: string };
  /** Whether the rule would give this name to a resource of this type. */
  named(type: string, name: string): boolean;
}

export const PROJECT = "contract";
export const STACK = "main";
/** The key is a sample: it signs what nobody reads. */
export const SCOPE = {
  platform: "shop",
  env: "prod",
  owner: "example.ma",
  signingKey: Buffer.alloc(32, 7).toString("base64"),
} as const;

/** Logical name of the component, for each layer. */
export const COMPONENT: Readonly<Record<LayerId, string>> = {
  network: "net",
  "object-storage": "docs",
  postgres: "chunks",
};

const CIDR = "10.40.0.0/18";
const DATASETS = ["contracts", "chunks"];

/** A cloud under contract, with a place of it. OpenStack joins here, and in each layer's readers. */
export interface Subject {
  readonly cloud: Cloud;
  readonly place: Place;
  /** Where its databases keep their backups: vaults that were there before. */
  readonly vaults: readonly BackupOutputs[];
}

const subject = <N extends NetworkOutputs, V extends BackupOutputs>(
  cloud: Cloud<N, V>,
  place: Place,
  vaults: readonly BackupOutputs[] = [],
): Subject => ({
  cloud: cloud as unknown as Cloud, // a layer gets the network and vaults of its own cloud only: `make` sees to it
  place,
  vaults,
});

const publicPlace = (cloud: CloudId, name: string, settings: Record<string, unknown> = {}): Place => {
  const region = findRegion(cloud, name);
  if (region === undefined) throw new Error(`${cloud}/${name} is not in the catalogue`);
  return { ...regionPlace(cloud, region), name: "europe", settings };
};

const ownPlace: Place = {
  name: "casablanca",
  cloud: "openstack",
  region: "RegionOne",
  facets: { storage: ["MA"], processing: ["MA"], backup: ["MA"] },
  operator: {},
  contract: {},
  facts: { encryptionAtRest: true, keyManager: true },
  settings: {
    authUrl: "https://10.0.0.5:5000/v3",
    image: "debian-13",
    flavors: { small: "m1.small", medium: "m1.medium", large: "m1.large" },
    availabilityZones: ["az1", "az2", "az3"],
    debianMirror: "http://10.0.0.6/debian",
    dnsServers: ["10.0.0.53"],
    serviceCidrs: [],
    egress: [],
    machineRole: "reader",
    operatorRole: "member",
    capabilities: { s3: "https://10.0.0.5:8080", identityAdmin: true, historyContainers: true },
  },
};

const ownVault: BackupOutputs & Omit<PostgresVault, "bucket"> = {
  bucket: pulumi.output("shop-prod-chunks-backups-bucket"),
  endpoint: "https://10.0.0.5:8080",
  region: "RegionOne",
  keysRef: "https://10.0.0.5:9311/v1/secrets/vault-keys",
};

export const SUBJECTS: Readonly<Partial<Record<CloudId, Subject>>> = {
  aws: subject(aws, publicPlace("aws", "eu-west-3")),
  azure: subject(azure, publicPlace("azure", "francecentral")),
  gcp: subject(gcp, publicPlace("gcp", "europe-west9", { project: "shop-project" })),
  openstack: subject(openstack, ownPlace, [ownVault]),
};

/** Arguments as the platform gives them: the scope, the label, the place. */
export const layerArgs = (layer: LayerId, { place }: Subject, preset: Preset): LayerArgs & { place: Place } => ({
  scope: { ...SCOPE, preset },
  class: "restricted",
  ...(layer === "network" ? { cidr: CIDR } : { datasets: DATASETS }),
  place,
});

export const expectedOf = (layer: LayerId, { place }: Subject, preset: Preset): Expected => ({
  preset,
  region: place.region,
  retentionDays: PROTECTION[preset].defaultRetentionDays,
  cidr: CIDR,
  zones: 2,
  labels: {
    class: "restricted",
    ...(layer === "network" ? {} : { datasets: "chunks_contracts" }),
    owner: "example-ma",
    env: "prod",
  },
  named: (type, name) => rule(type, COMPONENT[layer]).test(name),
});

/** The rule, written a second time by hand and not with the function under test. */
const rule = (type: string, component: string): RegExp => {
  const name = KINDS[type]?.name;
  const dash = name?.alphabet === "alphanumeric" ? "" : "-";
  const start = [SCOPE.platform, SCOPE.env, component].join(dash);
  const end = name?.scope === "global" ? `${dash}${hash8([SCOPE.owner, PROJECT, STACK].join("\n"))}` : "";
  return new RegExp(`^${name?.prefix ?? ""}${start}(${dash}[a-z0-9]+)*${end}$`);
};
