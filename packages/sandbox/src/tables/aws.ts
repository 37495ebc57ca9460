import shapes from "./aws.shapes.json" with { type: "json" };
import { database } from "./aws-database.ts";
import { network } from "./aws-network.ts";
import { storage } from "./aws-storage.ts";
import type { Cloud, Invoke } from "./row.ts";

const zones: Invoke = (_, { region }) => {
  const letters = ["a", "b", "c"];
  const names = letters.map((letter) => `${region}${letter}`);
  const zoneIds = letters.map((_, index) => `sim1-az${index + 1}`);
  return { id: region, region, names, zoneIds, groupNames: [region], state: "available" };
};

/** The simulated AWS. */
export const cloud: Cloud = {
  package: "aws",
  regional: true,
  account: "000000000000",
  defaultProject: "",
  rows: { ...network, ...storage, ...database },
  invokes: {
    "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
      id: account,
      accountId: account,
      arn: `arn:aws:iam::${account}:user/simulated`,
      userId: "AIDASIMULATED",
    }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": zones,
    "aws:index/getRegion:getRegion": (_, { region }) => ({
      id: region,
      name: region,
      region,
      description: `simulated ${region}`,
      endpoint: `ec2.${region}.amazonaws.com`,
    }),
  },
  shapes,
};
