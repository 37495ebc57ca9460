import * as pulumi from "@pulumi/pulumi";
import { type Network, openstack, Postgres, type PostgresArgs } from "../../packages/openstack/src/index.ts";
import type { PostgresVault } from "../../packages/openstack/src/postgres.ts";
import { PLACE, place, SCOPE } from "./place.ts";

process.env["KASBAH_SANDBOX"] = "recorded"; // no server runs here that could report

/** One resource as its provider would get it, and what the engine was told beside. */
export interface Row {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: pulumi.CustomResourceOptions;
}

const IDS: Readonly<Record<string, string>> = {
  "chunks-data": "3f1c2a50-9f0e-4c5e-8f7e-2b6d1f0a9c01",
  "chunks-backups": "7be0c4d2-1a34-4b0f-9d58-6a2f7c3e8d02",
};

const SECRETS = "https://10.0.0.5:9311/v1/secrets";
const PASSWORD = "0b6c9e7a-1111-4222-8333-944445555666";
export const SECRET_REF = `${SECRETS}/${PASSWORD}`;
export const CREDENTIAL_SECRET = "bootstrap-secret-that-nobody-may-see";
export const S3_SECRET = "s3-secret-that-nobody-may-see";

const NUMBERED = /^chunks-(\d)-port$/;

/** What the cloud adds to the inputs, as far as others read it. */
const COMPUTED: Readonly<Record<string, (name: string) => Readonly<Record<string, unknown>>>> = {
  "openstack:networking/port:Port": (name) => ({ allFixedIps: [`10.20.0.${NUMBERED.exec(name)?.[1] ?? "9"}`] }),
  "openstack:keymanager/orderV1:OrderV1": (name) => ({ secretRef: refOf(name) }),
  "openstack:keymanager/secretV1:SecretV1": (name) => ({ secretRef: refOf(name) }),
  "openstack:identity/applicationCredential:ApplicationCredential": () => ({ secret: CREDENTIAL_SECRET }),
  "openstack:identity/ec2CredentialV3:Ec2CredentialV3": () => ({ access: "access-key", secret: S3_SECRET }),
  "openstack:loadbalancer/loadBalancer:LoadBalancer": () => ({ vipAddress: "10.20.0.100" }),
};

/** The secret that the key manager made for this resource. */
export const refOf = (name: string): string => `${SECRETS}/${name === "chunks-password" ? PASSWORD : name}`;

const CALLS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "openstack:images/getImage:getImage": { id: "image-of-today" },
  "openstack:networking/getNetwork:getNetwork": { id: "external-network-id" },
  "openstack:identity/getAuthScope:getAuthScope": {
    projectId: "project-id",
    userId: "deployer-id",
    projectDomainId: "domain-id",
  },
  "openstack:identity/getRole:getRole": { id: "role-id" },
  "openstack:identity/getUser:getUser": { id: "user-id" },
  "openstack:identity/getGroup:getGroup": { id: "group-id" },
};

/** A provider that works in another project asks for its scope by the project's id. */
const inAnotherProject = (token: string, { name }: { readonly name?: string }) =>
  token.endsWith(":getAuthScope") && name !== undefined && name !== "deployer" ? { projectId: name } : {};

const inputsOf = new Map<string, Readonly<Record<string, unknown>>>();

await pulumi.runtime.setMocks(
  {
    newResource: ({ type, name, inputs }) => {
      inputsOf.set(`${type} ${name}`, inputs);
      return { id: IDS[name] ?? `${name}-id`, state: { ...inputs, ...COMPUTED[type]?.(name) } };
    },
    call: ({ token, inputs }) => {
      const known = CALLS[token];
      if (known === undefined) throw new Error(`unmocked call: ${token}`);
      return { ...known, ...inAnotherProject(token, inputs) };
    },
  },
  "kasbah",
  "test",
  false,
);

/** Makes something under mocks and waits until every resource of it has got there. */
export const record = async <T>(make: (opts: pulumi.ComponentResourceOptions) => T): Promise<[T, readonly Row[]]> => {
  const seen: { resource: pulumi.Resource; type: string; name: string; options: pulumi.CustomResourceOptions }[] = [];
  const watch: pulumi.ResourceTransformation = ({ resource, type, name, opts }) => {
    seen.push({ resource, type, name, options: opts });
    return undefined;
  };
  const made = make({ transformations: [watch] });
  await Promise.all(seen.map(({ resource }) => settled(resource.urn)));
  const rows = seen.filter(({ type }) => !type.startsWith("kasbah:"));
  return [made, rows.map((row) => ({ ...row, inputs: inputsOf.get(`${row.type} ${row.name}`) ?? {} }))];
};

export const settled = <T>(output: pulumi.Output<T>): Promise<T> =>
  (output as unknown as { promise(): Promise<T> }).promise();

export const typesOf = (rows: readonly Row[]): string[] =>
  rows.map(({ type }) => type.split(":").at(-1) ?? type).sort();

/** How the engine marks a secret on the wire (Pulumi, sdk/nodejs/runtime/rpc.ts). */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** The server's user data as it reached the provider: marked as a secret, or this throws. */
export const userDataOf = (rows: readonly Row[], server = "chunks-server"): string => {
  const marked = Object(one(rows, server).inputs["userData"]);
  if (typeof marked[SECRET_MARK] !== "string" || typeof marked.value !== "string") throw new Error("not a secret");
  return marked.value;
};

export const one = (rows: readonly Row[], name: string): Row => {
  const row = rows.find((other) => other.name === name);
  if (row === undefined) throw new Error(`no ${name} among ${rows.map((other) => other.name).join(", ")}`);
  return row;
};

/** A throwaway Postgres with everything that it needs of its network. */
export const recordPostgres = (more: Partial<PostgresArgs> = {}) =>
  record((opts) => new Postgres("chunks", { ...postgresArgs, ...more }, opts));

/** One for production. */
export const recordCluster = (more: Partial<PostgresArgs> = {}) =>
  record((opts) => new Postgres("chunks", { ...clusterArgs, ...more }, opts));

export const postgresArgs: PostgresArgs = {
  scope: { ...SCOPE, preset: "throwaway" },
  class: "restricted",
  datasets: ["contracts"],
  place: PLACE,
  network: { cidr: "10.20.0.0/16", networkId: "net-id", subnetId: "subnet-id", servicesGroupId: "services-id" },
  now: new Date("2026-03-01T09:00:00.123Z"),
};

export const SIGNING_KEY = Buffer.alloc(32, 7).toString("base64");

/** What a cluster can do without nothing of. */
export const CAPABLE = { s3: "https://10.0.0.5:8080", identityAdmin: true, historyContainers: true } as const;

export const VAULT: PostgresVault = {
  bucket: "shop-prod-chunks-backups-bucket",
  endpoint: "https://10.0.0.5:8080",
  region: "RegionOne",
  keysRef: refOf("vault-keys"),
};

export const clusterArgs: PostgresArgs = {
  ...postgresArgs,
  scope: { ...SCOPE, signingKey: pulumi.secret(SIGNING_KEY) },
  place: place({ capabilities: CAPABLE, availabilityZones: ["az1", "az2", "az3"] }),
  vaults: [VAULT],
};

/** The cloud's own entry to its network layer. */
export const recordNetwork = (more: object = {}): Promise<[Network | undefined, readonly Row[]]> =>
  record((opts) =>
    openstack.layers.network?.create("net", { scope: SCOPE, class: "restricted", place: PLACE, ...more }, opts),
  );
