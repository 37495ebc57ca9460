import type { KnownResource } from "@kasbah/core";
import { signedSettings } from "../../packages/openstack/src/cluster/settings.ts";

const CLUSTER = "shop-prod-vectors";
const urn = (type: string, name: string): string => `urn:pulumi:prod::shop::${type}::${name}`;
const resource = (
  type: string,
  name: string,
  parent: string | undefined,
  values: Pick<Partial<KnownResource>, "inputs" | "outputs">,
): KnownResource => ({
  urn: urn(type, name),
  type,
  id: `${name}-id`,
  inputs: {},
  outputs: {},
  ...values,
  ...(parent === undefined ? {} : { parent }),
});

const { envelope } = signedSettings(
  {
    cluster: CLUSTER,
    generation: "0a0a0a0a",
    members: ["1", "2", "3"].map((n) => ({ name: `${CLUSTER}-${n}`, address: `10.20.0.1${n}`, zone: `zone-${n}` })),
    cidr: "10.20.0.0/16",
    database: "app",
    synchronous: "strict",
    parameters: {},
    login: { number: 2, passwordRef: "https://keys/v1/secrets/password" },
    groups: [{ name: "legal", passwordRef: "https://keys/v1/secrets/legal" }],
    retrieval: { sha256: "x", script: "SELECT 1" },
    backup: {
      vaults: [
        { bucket: "shop-prod-vault", endpoint: "https://objects.second", region: "RegionTwo" },
        { bucket: "another", endpoint: "https://objects.third", region: "RegionThree" },
      ],
      retentionDays: 30,
      logShippingSeconds: 30,
      fullEveryDays: 7,
      differentialEveryHours: 24,
    },
    pooler: { maxClients: 500, poolSize: 20 },
  },
  { id: "credential", secret: "secret" },
  {
    sign: () => new Uint8Array(64),
    keyId: "00000000",
    publicKey: "",
    seal: Buffer.alloc(32).toString("base64"),
  },
);

const MAILBOX = urn("kasbah:openstack:PostgresMailbox", "vectors");
const member = (number: string) => urn("kasbah:openstack:PostgresMember", `vectors-${number}`);
const labels = { "kasbah-class": "restricted", "kasbah-env": "prod", "kasbah-generation": "0a0a0a0a" };

const seat = (number: string): readonly KnownResource[] => [
  resource("openstack:networking/port:Port", `vectors-${number}-port`, member(number), {
    outputs: { networkId: "net", fixedIps: [{ subnetId: "subnet" }], securityGroupIds: ["firewall", "services"] },
  }),
  resource("openstack:blockstorage/volume:Volume", `vectors-${number}-data`, member(number), {
    outputs: { size: 50, availabilityZone: `zone-${number}`, volumeType: "" },
  }),
  resource("openstack:compute/instance:Instance", `vectors-${number}-server`, member(number), {
    outputs: {
      name: `${CLUSTER}-${number}`,
      flavorId: "flavor",
      imageId: "image",
      availabilityZone: `zone-${number}`,
      metadata: labels,
    },
  }),
];

/** A state in which one cluster keeps its backups in a vault elsewhere. */
export const STATE: readonly KnownResource[] = [
  resource("kasbah:openstack:PostgresSecrets", "vectors", undefined, {
    outputs: { cipher: "https://keys/v1/secrets/cipher", authority: "https://keys/v1/secrets/authority" },
  }),
  resource("kasbah:openstack:PostgresMailbox", "vectors", undefined, {
    outputs: { keysRef: "https://keys/v1/secrets/machine" },
  }),
  resource("openstack:objectstorage/containerObject:ContainerObject", "vectors-settings-object", MAILBOX, {
    inputs: { content: JSON.stringify(envelope) },
    outputs: { containerName: "shop-prod-vectors-settings" },
  }),
  resource("kasbah:openstack:Vault", "other", undefined, {
    outputs: { bucket: "other", keysRef: "https://keys/v1/secrets/other" },
  }),
  resource("kasbah:openstack:Vault", "vectors-second", undefined, {
    outputs: { bucket: "shop-prod-vault", keysRef: "https://keys/v1/secrets/vault" },
  }),
  ...["1", "2", "3"].flatMap(seat),
];
