import { givesRights, grantsOf, isEverybody } from "../facts/grants.ts";
import { isWorld, OPENINGS, type PortRange } from "../facts/openings.ts";
import { breadthOf, DOCUMENTS, INLINE_RIGHTS, isForAll, statementsOf } from "../facts/statements.ts";
import { shown, UNKNOWN } from "../resource.ts";
import { checkRule, unknownText } from "./check-rule.ts";
import { exposedServices } from "./kubernetes.ts";
import { type Answer, NOTHING, type Rule } from "./rule.ts";

const NOT_PUBLIC = { from: "internal", unlabelled: true } as const;

/** Statements that let everybody in. */
const openDocuments: Rule["judge"] = (resource, world) => {
  const documents = DOCUMENTS.get(resource.type);
  if (documents?.kind !== "resource") return NOTHING;
  const { statements, unknown } = statementsOf(resource.props, documents.paths);
  const wanted = "named principals, or a condition that names them";
  return [
    ...statements
      .filter(isForAll)
      .map(
        ({ path }): Answer => ({ kind: "complaint", path, wanted, found: "everybody", mend: keepDataPrivate.remedy }),
      ),
    ...unknown.flatMap((path) => unknownText(path, wanted, resource, world)),
  ];
};

/** Rights that everybody gets. */
const openGrants: Rule["judge"] = (resource) =>
  givesRights(resource.type)
    ? grantsOf(resource.type, resource.props).flatMap(({ path, members }): readonly Answer[] => {
        const everybody = members.find(isEverybody);
        if (everybody === undefined) return NOTHING;
        return [
          { kind: "complaint", path, wanted: "named members", found: shown(everybody), mend: keepDataPrivate.remedy },
        ];
      })
    : NOTHING;

export const keepDataPrivate: Rule = checkRule("exposure", NOT_PUBLIC, {
  name: "keep-data-private",
  severity: "critical",
  description: "Nothing but public data can be reached by everybody.",
  serves: ["ccc.untrusted", "gdpr.minimisation", "cis.aws.public-buckets", "cis.aws.rds-public"],
  remedy: "Close it to the world: a private address, named principals, or an identity that is checked.",
  onlyCatches: "a bucket whose public access block has one flag off",
  more: (type) =>
    DOCUMENTS.get(type)?.kind === "resource" || givesRights(type) || type === "kubernetes:core/v1:Service",
  also: (resource, world) => {
    const [documents, grants] = [openDocuments(resource, world), openGrants(resource, world)];
    return [...documents, ...grants, ...exposedServices(resource)];
  },
});

export const requireEncryptionAtRest: Rule = checkRule("encryption", NOT_PUBLIC, {
  name: "require-encryption-at-rest",
  severity: "high",
  description: "What holds data is encrypted where it lies.",
  serves: ["ccc.encrypt-storage", "gdpr.security", "nis2.measures", "cis.aws.rds-encryption"],
  remedy: "Turn encryption on; most stores can only do so when they are made.",
  onlyCatches: "a database whose storageEncrypted is left out",
});

export const requireEncryptionInTransit: Rule = checkRule("transit", NOT_PUBLIC, {
  name: "require-encryption-in-transit",
  severity: "high",
  description: "Data are encrypted on every wire, with TLS 1.2 or newer.",
  serves: ["ccc.encrypt-requests", "gdpr.security", "cis.aws.tls"],
  remedy: "Require TLS 1.2 or newer, and redirect or refuse everything else.",
  onlyCatches: "a storage account whose minimumTlsVersion is left out",
});

/** Statements that give more than any task asks for. */
const broadStatements: Rule["judge"] = (resource, world) => {
  const documents = DOCUMENTS.get(resource.type);
  const inline = INLINE_RIGHTS.get(resource.type);
  const paths = [...(documents?.kind === "identity" ? documents.paths : []), ...(inline === undefined ? [] : [inline])];
  if (paths.length === 0) return NOTHING;
  const { statements, unknown } = statementsOf(resource.props, paths);
  const wanted = "named actions on named resources";
  return [
    ...statements.flatMap((statement): readonly Answer[] => {
      const found = breadthOf(statement);
      if (found === undefined) return NOTHING;
      return [
        { kind: "complaint", path: statement.path, wanted, found: shown(found), mend: requireLeastPrivilege.remedy },
      ];
    }),
    ...unknown.flatMap((path) => unknownText(path, wanted, resource, world)),
  ];
};

const broadGrants: Rule["judge"] = (resource, world) =>
  givesRights(resource.type)
    ? grantsOf(resource.type, resource.props).flatMap(({ path, broad, unknown }): readonly Answer[] => {
        const wanted = "a role for the task";
        if (broad !== undefined) {
          return [{ kind: "complaint", path, wanted, found: shown(broad), mend: requireLeastPrivilege.remedy }];
        }
        return unknown === true ? unknownText(path, wanted, resource, world) : NOTHING;
      })
    : NOTHING;

export const requireLeastPrivilege: Rule = checkRule(
  "identity",
  { from: "public", unlabelled: true },
  {
    name: "require-least-privilege",
    severity: "high",
    description: "Rights are named: no wildcard over actions or resources, no role that can do everything.",
    serves: ["ccc.untrusted", "gdpr.security", "cis.aws.admin", "cis.k8s.cluster-admin"],
    remedy: "Name the actions and the resources, or take a role that holds only them.",
    onlyCatches: "a policy that allows every action on everything",
    more: (type) => DOCUMENTS.get(type)?.kind === "identity" || INLINE_RIGHTS.has(type) || givesRights(type),
    also: (resource, world) => [...broadStatements(resource, world), ...broadGrants(resource, world)],
  },
);

/** What a front door may show to the world. */
const WEB: readonly number[] = [80, 443];
const isWeb = (ports: readonly PortRange[]): boolean =>
  ports.length > 0 && ports.every(([from, to]) => from === to && WEB.includes(from));

const openPorts: Rule["judge"] = (resource, world) => {
  const reader = OPENINGS.get(resource.type);
  if (reader === undefined) return NOTHING;
  return reader.read(resource.props).flatMap(({ direction, path, ranges, ports }): readonly Answer[] => {
    if (direction === "out" || isWeb(ports)) return NOTHING;
    const wanted = "named addresses or groups";
    if (ranges.some((range) => isWorld(range) === true)) {
      const found = `the world, on ${portsText(ports)}`;
      return [{ kind: "complaint", path, wanted, found, mend: keepNetworksClosed.remedy }];
    }
    return ranges.includes(UNKNOWN) ? unknownText(path, wanted, resource, world) : NOTHING;
  });
};

export const portsText = (ports: readonly PortRange[]): string =>
  ports.length === 0
    ? "every port"
    : ports.map(([from, to]) => (from === to ? `port ${from}` : `ports ${from} to ${to}`)).join(", ");

export const keepNetworksClosed: Rule = checkRule(
  "network",
  { from: "public", unlabelled: true },
  {
    name: "keep-networks-closed",
    severity: "high",
    description: "The world reaches the ports of the web at most, and those only at front doors.",
    serves: ["ccc.network", "gdpr.security", "cis.aws.ports", "cis.k8s.network"],
    remedy: "Name the addresses or groups that may come in.",
    onlyCatches: "a security group that lets the world into port 22",
    more: (type) => OPENINGS.has(type),
    also: openPorts,
  },
);
