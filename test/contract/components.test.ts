import { describe, expect, test } from "vitest";
import type { CloudId } from "../../packages/core/src/index.ts";
import { contract, failures } from "./contracts.ts";
import { record } from "./record.ts";
import type { LayerId } from "./scene.ts";

type Case = readonly [cloud: CloudId, layer: LayerId, child: string, type: string, label: "tags" | "labels"];

const LABELLED: readonly Case[] = [
  ["aws", "network", "vpc", "aws:ec2/vpc:Vpc", "tags"],
  ["aws", "object-storage", "bucket", "aws:s3/bucket:Bucket", "tags"],
  ["aws", "postgres", "instance", "aws:rds/instance:Instance", "tags"],
  ["azure", "object-storage", "account", "azure-native:storage:StorageAccount", "tags"],
  ["gcp", "object-storage", "bucket", "gcp:storage/bucket:Bucket", "labels"],
];

describe("an override", () => {
  test.each(LABELLED)(
    "%s %s: changes the %s, keeps its own label, and cannot drop ours",
    async (cloud, layer, child, type, key) => {
      const override = (args: object) => ({ ...args, [key]: { team: "search", "kasbah-class": "public" } });
      const { estate } = await record(cloud, layer, "production", { overrides: { [child]: override } });
      const row = estate.find((other) => other.type === type);
      expect(row?.properties[key]).toMatchObject({
        team: "search",
        "kasbah-class": "restricted",
        "kasbah-owner": "example-ma",
      });
    },
  );

  test.each(["aws", "azure", "gcp"] as const)("%s: what it weakens, the contract tells", async (cloud) => {
    const weaker = {
      aws: { policy: (args: object) => ({ ...args, policy: JSON.stringify({ Statement: [] }) }) },
      azure: { account: (args: object) => ({ ...args, minimumTlsVersion: "TLS1_0" }) },
      gcp: { bucket: (args: object) => ({ ...args, uniformBucketLevelAccess: false }) },
    };
    const told = { aws: "only TLS", azure: "only TLS", gcp: "only policies" };
    const { estate } = await record(cloud, "object-storage", "production", { overrides: weaker[cloud] });
    expect(failures(contract("object-storage", cloud).facts, estate)).toEqual([expect.stringContaining(told[cloud])]);
  });
});

describe("bad arguments are rejected at once, with path, expected and got", () => {
  const CASES: readonly (readonly [CloudId, LayerId, object, readonly string[]])[] = [
    ["aws", "network", { cidr: "8.8.0.0/16", zones: 1 }, ["cidr: expected a private", "zones: expected at least 2"]],
    ["aws", "network", { availabilityZones: ["eu-west-3a"] }, ["availabilityZones: expected at least 2"]],
    ["aws", "object-storage", { retentionDays: 1 }, ["retentionDays: expected at least 7 in production, got 1"]],
    [
      "aws",
      "postgres",
      { retentionDays: 40, storageGiB: 5 },
      ["retentionDays: expected at most 35", "storageGiB: expected"],
    ],
    ["azure", "object-storage", { retentionDays: 400 }, ["retentionDays: expected at most 365 on Azure, got 400"]],
    ["gcp", "object-storage", { retentionDays: 1 }, ["retentionDays: expected at least 7 in production, got 1"]],
  ];

  test.each(CASES)("%s %s %o", async (cloud, layer, args, lines) => {
    const message = await record(cloud, layer, "production", args).then(
      () => "accepted",
      (error: unknown) => (error instanceof Error ? error.message : "no error"),
    );
    for (const line of lines) expect(message).toContain(line);
    expect(message.split("\n")).toHaveLength(lines.length);
  });
});
