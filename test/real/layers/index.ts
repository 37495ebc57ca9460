// The layers of OpenStack by themselves, as the configuration wants them. Run by test/real/layers.test.ts.
import { LoadBalancer, ObjectStorage, openstack, type Vault } from "@kasbah/openstack";
import * as pulumi from "@pulumi/pulumi";
import type { Wish } from "./wish.ts";

const namesOf = ({ bucket, history, projectId, keysRef }: Vault) => ({ bucket, history, projectId, keysRef });
const { scope, home, second, asOf, ...wanted } = new pulumi.Config().requireObject<Wish>("wish");
const { layers } = openstack;
const here = openstack.provider("home", home, {});
const opts = { provider: here };
const common = { scope, class: "restricted", datasets: ["papers"], place: home } as const;
const time = asOf === undefined ? {} : { asOf: new Date(asOf) };

const network = wanted.network && layers.network?.create("net", { ...common, ...wanted.network }, opts);
const iam = wanted.iam && layers.iam?.create("iam", { ...common, ...wanted.iam, ...time }, opts);
const vault = wanted.vault && layers.backup?.create("vault", { ...common, ...wanted.vault }, opts);

const copied = wanted.storage?.copied === true && second !== undefined;
const there = copied ? { provider: openstack.provider("second", second, {}) } : undefined;
const target =
  there && layers.backup?.create("docs-second", { ...common, place: second ?? home, keyStore: here }, there);
const recovery = { rpoMinutes: 2, rtoMinutes: 60 };
const joined = target === undefined ? {} : { network, vaults: [target], recovery };
const storage =
  wanted.storage && layers["object-storage"]?.create("docs", { ...common, ...wanted.storage, ...joined }, opts);

const members = ["10.214.8.21", "10.214.8.22"].map((address, index) => ({ name: `${index + 1}`, address }));
const balanced = { ...common, ports: wanted.balanced ?? [], members };
const balancer = network && wanted.balanced && new LoadBalancer("front", { ...balanced, network }, opts);

export const subnet = network?.subnetId;
export const address = balancer?.address;
export const machines = iam?.machines;
export const keys = iam?.keys;
export const vaults = [vault, target].map((made) => made && namesOf(made));
export const bucket = storage?.bucket;
export const access = storage instanceof ObjectStorage ? storage.keysRefs : undefined;
export const keyRef = storage instanceof ObjectStorage ? storage.keyRef : undefined;
