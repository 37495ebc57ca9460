import { all, type Claim, every, is, matches, never, none, oneOf, put, waived } from "../claim.ts";
import { type Estate, ofType, type Row } from "../estate.ts";
import type { Reader } from "../fact.ts";
import type { POSTGRES } from "../postgres.facts.ts";
import { SERVER, settingsSay, told } from "./told.ts";

const GROUP = "openstack:networking/secGroup:SecGroup";
const RULE = "openstack:networking/secGroupRule:SecGroupRule";
const PORT = "openstack:networking/port:Port";
const VOLUME = "openstack:blockstorage/volume:Volume";
const ATTACHED = "openstack:compute/volumeAttach:VolumeAttach";
const APART = "openstack:compute/serverGroup:ServerGroup";
const ORDER = "openstack:keymanager/orderV1:OrderV1";
const SECRET = "openstack:keymanager/secretV1:SecretV1";
const CREDENTIAL = "openstack:identity/applicationCredential:ApplicationCredential";
const S3_KEYS = "openstack:identity/ec2CredentialV3:Ec2CredentialV3";
const USER = "openstack:identity/user:User";
const ROLE = "openstack:identity/roleAssignment:RoleAssignment";
const CONTAINER = "openstack:objectstorage/container:Container";

const PLACE_KEYS = "encryption is the place's, under its operator's keys";
const NO_SNAPSHOT = "there are no snapshots: backups lie in a vault, which has its own labels";

/** Ports that members open for each other and for nobody else. */
const AMONG_MEMBERS = [8008, 2379];

/** How three servers keep each guarantee: in resources, in what they are told at their start, and in their settings. */
export const cluster: Reader<keyof typeof POSTGRES> = ({ retentionDays, cidr }) => ({
  version: told("postgresql-17-pgvector", "postgresql-16-pgvector"),
  minorUpdates: told("APT::Periodic::Unattended-Upgrade"),
  private: all(
    never(SERVER, "floatingIp", "203.0.113.9"),
    none(
      "openstack:networking/floatingIp:FloatingIp",
      "openstack:networking/floatingIpAssociate:FloatingIpAssociate",
      "openstack:compute/floatingIpAssociate:FloatingIpAssociate",
    ),
  ),
  subnets: differs(SERVER, "availabilityZone"),
  door: all(
    doors(cidr),
    every(RULE, "protocol", is("tcp", "udp")),
    every(PORT, "securityGroupIds/*", matches(/./)),
    every(PORT, "portSecurityEnabled", is(true)),
    never(PORT, "noSecurityGroups", true),
    never(SERVER, "securityGroups", ["default"]),
    settingsSay("cidr", is(cidr, "0.0.0.0/0")),
  ),
  noWayOut: every(GROUP, "deleteDefaultRules", is(true)),
  tls: all(
    told('\\"ssl\\": \\"on\\"', '\\"ssl\\": \\"off\\"'),
    told('\\"ssl_min_protocol_version\\": \\"TLSv1.2\\"', '\\"ssl_min_protocol_version\\": \\"TLSv1\\"'),
  ),
  scram: told('\\"password_encryption\\": \\"scram-sha-256\\"', '\\"password_encryption\\": \\"md5\\"'),
  logins: all(
    told('\\"log_connections\\": \\"on\\"', '\\"log_connections\\": \\"off\\"'),
    told('\\"log_disconnections\\": \\"on\\"', '\\"log_disconnections\\": \\"off\\"'),
  ),
  encrypted: every(VOLUME, "metadata/kasbah-encryption", is("place", "undeclared")),
  ownKey: waived(PLACE_KEYS),
  keyTurns: waived(PLACE_KEYS),
  keyWaits: waived(PLACE_KEYS),
  backups: settingsSay("backup/retentionDays", is(retentionDays)),
  backupsStay: settingsSay("backup/vaults/*/bucket", matches(/./)),
  backupPlace: settingsSay("backup/vaults/*/endpoint", is("https://10.0.0.5:8080", "https://elsewhere.example")),
  noReplica: all(never(VOLUME, "sourceReplica", "other"), never(VOLUME, "sourceVolId", "other")),
  lastSnapshot: waived(NO_SNAPSHOT),
  snapshotLabels: waived(NO_SNAPSHOT),
  undeletable: waived("block storage has no such switch: the engine protects the volumes and the keys"),
  standby: all(
    atLeast(SERVER, 3),
    atLeast(VOLUME, 3),
    every(APART, "policies/*", is("anti-affinity", "soft-anti-affinity")),
    every(SERVER, "schedulerHints/*/group", matches(/./)),
    every(ATTACHED, "volumeId", matches(/./)),
    settingsSay("synchronous", oneOf(["strict", "preferred"], "off")),
  ),
  quietHours: waived("nothing interrupts: servers are replaced one after another while the others answer"),
  noPassword: all(
    never(SERVER, "adminPass", "correct horse"),
    every(ORDER, "type", is("key", "asymmetric")),
    every(ORDER, "meta/bitLength", is(256)),
    settingsSay("login/passwordRef", matches(/^https:/, "correct horse")),
  ),
  passwordKey: waived("the key manager's own key, which its operator holds"),
  leastRights: all(
    every(CREDENTIAL, "accessRules/*/method", is("GET", "PUT")),
    every(CREDENTIAL, "accessRules/*/path", matches(/^\/v1\/secrets\/[^/*]+\/payload$/, "/v1/**")),
    every(CREDENTIAL, "expiresAt", matches(/^\d{4}-.*Z$/)),
    every(CREDENTIAL, "unrestricted", is(false)),
    every(CONTAINER, "containerRead", matches(/^[^.*,:]+:[^.*,:]+$/, ".r:*", "*:*")),
    never(USER, "password", "correct horse"),
    every(USER, "enabled", is(true)),
    every(ROLE, "roleId", matches(/./)),
    every(S3_KEYS, "userId", matches(/./)),
    every(SECRET, "secretType", is("opaque", "public")),
  ),
});

/** Not all in one. */
function differs(type: string, path: string): Claim {
  const values = (estate: Estate) => new Set(ofType(estate, type).map(({ properties }) => properties[path]));
  return {
    holds: (estate) => values(estate).size >= 2 || `${type} ${path}: wanted at least two, found ${[...values(estate)]}`,
    breaks: (estate) => {
      const rows = ofType(estate, type);
      const same = rows.reduce((changed, row) => {
        const now = changed.find(({ name, properties }) => name === row.name && properties === row.properties) ?? row;
        return put(changed, now, path, "one").estate;
      }, estate);
      return [{ what: `every ${type} in one ${path}`, estate: same }];
    },
  };
}

function atLeast(type: string, fewest: number): Claim {
  return {
    holds: (estate) => ofType(estate, type).length >= fewest || `${type}: wanted at least ${fewest}`,
    breaks: (estate) => {
      const gone = ofType(estate, type)[0];
      return [{ what: `one ${type} less`, estate: estate.filter((row) => row !== gone) }];
    },
  };
}

/** In: clients from their network to the database and its pooler, members to each other. Out: to members and to vaults. */
function doors(cidr: string): Claim {
  const wrong = ({ properties }: Row): boolean => {
    const { direction, portRangeMin, remoteIpPrefix, remoteGroupId } = properties;
    if (direction === "egress") return remoteGroupId === undefined && !/\/32$/.test(`${remoteIpPrefix}`);
    if (AMONG_MEMBERS.some((port) => port === portRangeMin)) return remoteGroupId === undefined;
    return remoteIpPrefix !== cidr || !(portRangeMin === 5432 || portRangeMin === 6432);
  };
  return {
    holds: (estate) => {
      const rules = ofType(estate, RULE);
      const bad = rules.find(wrong);
      return (
        (rules.length > 0 && bad === undefined) || `${RULE} ${bad?.name ?? ""}: wanted its network or members only`
      );
    },
    breaks: (estate) =>
      ofType(estate, RULE).flatMap((row) =>
        row.properties["direction"] === "ingress"
          ? [open(estate, row, "remoteIpPrefix", "0.0.0.0/0"), put(estate, row, "portRangeMin", 22)]
          : [open(estate, row, "remoteIpPrefix", "0.0.0.0/0")],
      ),
  };
}

/** The rule without its group, for everybody. */
const open = (estate: Estate, row: Row, path: string, everybody: string) => {
  const bare = { ...row, properties: { ...row.properties, remoteGroupId: undefined, [path]: everybody } };
  return {
    what: `${row.type} ${row.name ?? ""} for ${everybody}`,
    estate: estate.map((one) => (one === row ? bare : one)),
  };
};
