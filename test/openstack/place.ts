import type { OpenstackSettings, Place, PlaceFacts } from "../../packages/core/src/index.ts";

export const SCOPE = { platform: "shop", env: "prod", owner: "example.ma", preset: "production" } as const;
export const THROWAWAY = { ...SCOPE, env: "dev", preset: "throwaway" } as const;

const SETTINGS: OpenstackSettings = {
  authUrl: "https://10.0.0.5:5000/v3",
  image: "debian-13",
  flavors: { small: "m1.small", medium: "m1.medium", large: "m1.large" },
  availabilityZones: [],
  debianMirror: "http://10.0.0.6/debian",
  dnsServers: [],
  serviceCidrs: [],
  egress: [],
  machineRole: "reader",
  operatorRole: "member",
  capabilities: {},
};

export const place = (settings: Partial<OpenstackSettings> = {}, facts: Partial<PlaceFacts> = {}): Place => ({
  name: "casablanca",
  cloud: "openstack",
  region: "RegionOne",
  facets: { storage: ["MA"] },
  operator: {},
  contract: {},
  facts: { encryptionAtRest: true, keyManager: true, ...facts },
  settings: { ...SETTINGS, ...settings },
});

export const PLACE = place();

/** A place without the settings that are named. */
export const without = (...keys: (keyof OpenstackSettings)[]): Place => ({
  ...PLACE,
  settings: Object.fromEntries(Object.entries(SETTINGS).filter(([key]) => !(keys as string[]).includes(key))),
});
