import { z } from "zod";
import type { Preset } from "../preset.ts";
import type { Problem } from "../problem.ts";

const PRIVATE = /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)/; // RFC 1918

export const networkSpecSchema = z.strictObject({
  cidr: z
    .cidrv4()
    .optional()
    .describe("Private IPv4 range, /16 to /22. Replaces the network when changed. Default 10.20.0.0/16."),
  zones: z.int().min(1).max(3).optional().describe("Zones with a subnet of their own. Default: 2, throwaway 1."),
});

/** A private network of one place: nothing in it has a public address, and nothing leads out of it. */
export interface NetworkSpec {
  /** Private IPv4 range, /16 to /22. A change replaces the network. @default "10.20.0.0/16" */
  readonly cidr?: string | undefined;
  /** Zones with a subnet of their own. @default - 2, and 1 for `throwaway` */
  readonly zones?: number | undefined;
}

export interface ResolvedNetwork {
  readonly cidr: string;
  readonly zones: number;
}

export const resolveNetwork = ({ cidr, zones }: NetworkSpec, preset: Preset): ResolvedNetwork => ({
  cidr: cidr ?? "10.20.0.0/16",
  zones: zones ?? (preset === "production" ? 2 : 1),
});

export function* networkProblems({ cidr, zones }: ResolvedNetwork, preset: Preset): Generator<Problem> {
  const prefix = Number(cidr.split("/")[1]);
  if (!PRIVATE.test(cidr) || !(prefix >= 16 && prefix <= 22)) {
    yield {
      path: "cidr",
      expected: "a private IPv4 range between /16 and /22",
      got: cidr,
      mend: "take one from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
    };
  }
  if (preset === "production" && zones < 2) {
    yield { path: "zones", expected: "at least 2 in production", got: zones, mend: "give 2 or 3" };
  }
}

/** The `index`-th subnet of four bits more: 16 subnets in every network. */
export const subnetCidr = (cidr: string, index: number): string => {
  const [address = "", prefix = "16"] = cidr.split("/");
  const bits = Number(prefix) + 4;
  const start = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0) + index * 2 ** (32 - bits);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join(".")}/${bits}`;
};
