import { describe, expect, test } from "vitest";
import { type CloudId, KINDS } from "../../packages/core/src/index.ts";
import { contract, failures, PAIRS } from "./contracts.ts";
import { record } from "./record.ts";
import type { LayerId } from "./scene.ts";

/** What a throwaway environment gives up, guarantee by guarantee. Everything else holds there as well. */
const GIVEN_UP: Readonly<Record<LayerId, Partial<Record<CloudId, readonly string[]>>>> = {
  network: { aws: [], openstack: [] },
  "object-storage": {
    aws: ["a key ordered away stays 30 days", "it is not deleted while it holds data"],
    azure: ["it is not deleted while it holds data"],
    gcp: [
      "the key belongs to the owner's account", // a key ring can never be deleted, and its name is exact
      "the key turns by itself",
      "a key ordered away stays 30 days",
      "it is not deleted while it holds data",
    ],
    openstack: ["it is not deleted while it holds data"],
  },
  postgres: {
    aws: [
      "a key ordered away stays 30 days",
      "backups outlive the server",
      "a last snapshot is taken before it goes",
      "it is protected from deletion",
      "a standby waits in a second zone",
      "changes that interrupt wait for the maintenance window",
    ],
    openstack: [],
  },
};

/** What is of a type that holds data elsewhere, and can be made anew here without losing any. */
const RENEWABLE: Readonly<Partial<Record<`${LayerId} on ${CloudId}`, readonly string[]>>> = {
  "postgres on openstack": [
    "chunks-machine-keys-1", // the machine user's S3 keys
    "chunks-password-1",
    "chunks-reports",
    "chunks-seal", // follows from the user's key
    "chunks-settings",
  ],
};

describe.each(PAIRS)("$layer on $cloud", ({ layer, cloud }) => {
  test("throwaway gives up what is written down and nothing else", async () => {
    const { estate } = await record(cloud, layer, "throwaway");
    const { facts } = contract(layer, cloud, "throwaway");
    const lost = failures(facts, estate).map((message) => message.split(": ")[0]);
    expect(lost).toEqual(GIVEN_UP[layer][cloud]);
  });

  test("the engine protects what holds data, in production only", async () => {
    for (const preset of ["production", "throwaway"] as const) {
      const { registrations } = await record(cloud, layer, preset);
      for (const { type, name, protect } of registrations) {
        const renewed = RENEWABLE[`${layer} on ${cloud}`]?.includes(name) === true;
        const wanted = preset === "production" && KINDS[type]?.stateful === true && !renewed;
        expect(protect, `${preset}: ${name}`).toBe(wanted);
      }
    }
  });
});
