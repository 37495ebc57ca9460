import type { Declaration } from "@kasbah/core";
import { expect, test } from "vitest";
import { drillScene } from "../../packages/cli/src/drill/scene.ts";
import type { ExportedStack, StateResource } from "../../packages/cli/src/recover/deployment.ts";
import type { PlatformStack } from "../../packages/cli/src/stack.ts";

const TOP = "urn:pulumi:prod::shop";
const provider = (name: string) => `${TOP}::pulumi:providers:openstack::${name}`;
const layer = (name: string) => `${TOP}::kasbah:platform:Platform$kasbah:openstack:Postgres::${name}`;
const cluster = (name: string) => `${layer(name).replace("::vectors", "")}$kasbah:openstack:PostgresCluster::${name}`;

const resource = (urn: string, type: string, more: Partial<StateResource> = {}): StateResource => ({
  urn,
  type,
  custom: false,
  ...more,
});
const server = (name: string, parent: string, place: string): StateResource =>
  resource(`${parent}$openstack:compute/instance:Instance::${name}`, "openstack:compute/instance:Instance", {
    custom: true,
    id: `${name}-id`,
    parent,
    provider: `${provider(place)}::0000`,
    outputs: { name },
  });
const RESOURCES: readonly StateResource[] = [
  resource(provider("home"), "pulumi:providers:openstack", {
    custom: true,
    id: "0000",
    inputs: { region: "RegionOne" },
  }),
  resource(provider("second"), "pulumi:providers:openstack", {
    custom: true,
    id: "0000",
    inputs: { region: "RegionTwo" },
  }),
  resource(layer("other"), "kasbah:openstack:Postgres"),
  server("other-1-server", layer("other"), "second"),
  resource(layer("vectors"), "kasbah:openstack:Postgres"),
  resource(cluster("vectors"), "kasbah:openstack:PostgresCluster", { parent: layer("vectors") }),
  server("vectors-1-server", cluster("vectors"), "home"),
  { ...server("gone", cluster("vectors"), "home"), delete: true },
];
const exported = (resources: readonly StateResource[]): ExportedStack => ({ version: 3, deployment: { resources } });

const SETTINGS = { flavors: { small: "s" } };
const STACK = {
  folder: "/stack",
  stack: "prod",
  config: {},
  declaration: {
    datasets: {
      papers: { class: "internal", recovery: { rpoMinutes: 30, rtoMinutes: 120 } },
      files: { class: "critical" },
    },
    places: { home: { settings: SETTINGS }, second: { settings: {} } },
    workloads: {
      vectors: { name: "vectors", layer: "postgres", datasets: ["papers", "files"] },
      documents: { name: "documents", layer: "object-storage", datasets: ["papers"] },
    },
  } as unknown as Declaration,
} as unknown as PlatformStack;
const scene = (workload: string, resources = RESOURCES) => drillScene(STACK, exported(resources), workload, {});

test("a workload is restored where its servers are, by the strictest objectives of its datasets", () => {
  const { cloud, place, region, target, objectives, datasets } = scene("vectors");
  expect({ cloud, place, region, datasets, objectives }).toEqual({
    cloud: "openstack",
    place: "home",
    region: "RegionOne",
    datasets: ["papers", "files"],
    objectives: { rpoMinutes: 5, rtoMinutes: 60 },
  });
  expect(target).toMatchObject({ provider: { region: "RegionOne" }, settings: SETTINGS, folder: "/stack" });
});

test("the operations get components and resources, and none that is already replaced", () => {
  const names = scene("vectors").resources.map(({ urn }) => urn.split("::").at(-1));
  expect(names).toEqual(["home", "second", "other", "other-1-server", "vectors", "vectors", "vectors-1-server"]);
});

test.each([
  ["documents", RESOURCES, "--workload documents: expected one with a database, got none. There are: vectors."],
  ["nowhere", RESOURCES, "There are: vectors."],
  ["vectors", RESOURCES.slice(0, 4), "vectors is not in the state of prod: run `kasbah up` first."],
])("%s is refused in words", (workload, resources, words) => {
  expect(() => scene(workload, resources)).toThrow(words);
});
