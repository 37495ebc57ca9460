import { CLASSES, type Class, type OpenstackSettings, type Place, type Preset, type Problem } from "@kasbah/core";

/** The settings of an OpenStack place, which the declaration's schema has checked. */
export const settingsOf = ({ name, settings }: Place): OpenstackSettings => {
  if (isSettings(settings)) return { ...DEFAULTS, ...settings };
  throw new Error(`place ${name} carries no OpenStack settings: at least flavors`);
};

/** Those of the schema, for a place that a program made by hand. */
const DEFAULTS: Omit<OpenstackSettings, "flavors"> = {
  image: "debian-13",
  availabilityZones: [],
  dnsServers: [],
  serviceCidrs: [],
  egress: [],
  machineRole: "reader",
  operatorRole: "member",
  capabilities: {},
};

const isSettings = (settings: object): settings is OpenstackSettings => "flavors" in settings;

/** A part of the arguments, left out when there is no value for it. */
export const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });

/** The identity endpoint with its version, as the guest calls it. */
export const identityUrl = ({ authUrl }: OpenstackSettings): string | undefined =>
  authUrl?.replace(/\/*$/, "").replace(/(?<!\/v3)$/, "/v3");

/** What says where the place's encryption comes from, on everything that keeps data. */
export const encryptionMark = ({ facts }: Place) => ({
  "kasbah-encryption": facts.encryptionAtRest === true ? "place" : "undeclared",
});

/**
 * OpenStack's block and object storage say nothing of their disks, container by container or volume by volume:
 * encryption at rest is a fact of the place.
 */
export function* encryptionProblems({ facts, name }: Place, level: Class, preset: Preset): Generator<Problem> {
  if (preset !== "production" || CLASSES.indexOf(level) < CLASSES.indexOf("confidential")) return;
  if (facts.encryptionAtRest === true) return;
  yield {
    path: "place.facts.encryptionAtRest",
    expected: `true, the capability that ${level} data needs in production`,
    got: facts.encryptionAtRest,
    mend: `declare it on ${name} if its operator encrypts the disks, or choose another place`,
  };
}

/** Addresses outside the network that servers may reach: the declared ranges, and endpoints that are addresses. */
export const serviceCidrs = (settings: OpenstackSettings): readonly string[] => {
  const addresses = endpointHosts(settings).filter(isAddress);
  return [...new Set([...settings.serviceCidrs, ...addresses.map((address) => `${address}/32`)])];
};

/** A rule names addresses, not names: what goes by a name has to be declared as a range, and needs a resolver. */
export function* reachProblems(settings: OpenstackSettings): Generator<Problem> {
  const names = endpointHosts(settings).filter((host) => !isAddress(host));
  if (names.length === 0) return;
  for (const [key, wanted] of [
    ["serviceCidrs", "the address ranges"],
    ["dnsServers", "the resolvers"],
  ] as const) {
    if (settings[key].length > 0) continue;
    yield {
      path: `place.settings.${key}`,
      expected: `${wanted} of ${names.join(", ")}`,
      got: settings[key],
      mend: "name them: servers reach nothing that is not named",
    };
  }
}

export const mirrorsOf = ({ debianMirror, debianSecurityMirror }: OpenstackSettings) => {
  const main = debianMirror?.replace(/\/*$/, "") ?? "";
  return { main, security: debianSecurityMirror ?? `${main}-security` };
};

const endpointHosts = ({ authUrl, capabilities, ...mirrors }: OpenstackSettings): readonly string[] => {
  const urls = [mirrors.debianMirror, mirrors.debianSecurityMirror, authUrl, capabilities.s3];
  return [...new Set(urls.flatMap((url) => (url ? new URL(url).hostname : [])))];
};

export const isAddress = (host: string): boolean => /^\d+(\.\d+){3}$/.test(host);
