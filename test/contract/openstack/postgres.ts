import { all, type Claim, every, is, matches, never, none, waived } from "../claim.ts";
import { type Estate, ofType } from "../estate.ts";
import type { Reader } from "../fact.ts";
import type { POSTGRES } from "../postgres.facts.ts";
import { cluster } from "./postgres-cluster.ts";
import { SERVER, told } from "./told.ts";

const GROUP = "openstack:networking/secGroup:SecGroup";
const RULE = "openstack:networking/secGroupRule:SecGroupRule";
const PORT = "openstack:networking/port:Port";
const VOLUME = "openstack:blockstorage/volume:Volume";
const ATTACHED = "openstack:compute/volumeAttach:VolumeAttach";
const ORDER = "openstack:keymanager/orderV1:OrderV1";
const CREDENTIAL = "openstack:identity/applicationCredential:ApplicationCredential";
const ONE_SERVER = "a throwaway environment has one server";
const PLACE_KEYS = "encryption is the place's, under its operator's keys";
const NO_SNAPSHOT = "there are no snapshots: backups lie on a volume of their own, which is protected and labelled";

/** How OpenStack keeps each guarantee: three servers in production, one in a throwaway environment. */
export const postgres: Reader<keyof typeof POSTGRES> = (expected) =>
  expected.preset === "production" ? cluster(expected) : single(expected);

/** In resources, and in what the server is told to become. */
const single: Reader<keyof typeof POSTGRES> = ({ retentionDays, cidr }) => ({
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
  subnets: waived(ONE_SERVER),
  door: all(
    every(RULE, "remoteIpPrefix", is(cidr, "0.0.0.0/0")),
    every(RULE, "portRangeMin", is(5432)),
    every(RULE, "portRangeMax", is(5432)),
    every(RULE, "protocol", is("tcp", "udp")),
    every(PORT, "securityGroupIds/*", matches(/./)),
    every(PORT, "portSecurityEnabled", is(true)),
    never(PORT, "noSecurityGroups", true),
    never(SERVER, "securityGroups", ["default"]),
    told(`hostssl all all ${cidr} `, "hostssl all all 0.0.0.0/0 "),
  ),
  // But to the declared services, through the network's own group.
  noWayOut: all(every(GROUP, "deleteDefaultRules", is(true)), every(RULE, "direction", is("ingress", "egress"))),
  tls: all(
    told("ssl = on", "ssl = off"),
    told("ssl_min_protocol_version = 'TLSv1.2'", "ssl_min_protocol_version = 'TLSv1'"),
    told("hostssl all postgres all reject", "host all postgres all reject"),
  ),
  scram: told("password_encryption = 'scram-sha-256'", "password_encryption = 'md5'"),
  logins: all(
    told("log_connections = on", "log_connections = off"),
    told("log_disconnections = on", "log_disconnections = off"),
  ),
  encrypted: every(VOLUME, "metadata/kasbah-encryption", is("place", "undeclared")),
  ownKey: waived(PLACE_KEYS),
  keyTurns: waived(PLACE_KEYS),
  keyWaits: waived(PLACE_KEYS),
  backups: all(told(`RETENTION_DAYS='${retentionDays}'`, "RETENTION_DAYS='1'"), told("kasbah-backup.timer")),
  backupsStay: all(atLeastTwo(VOLUME), every(ATTACHED, "volumeId", matches(/./))),
  backupPlace: told("folder=/var/backups/postgresql", "folder=/mnt/elsewhere"),
  noReplica: all(never(VOLUME, "sourceReplica", "other"), never(VOLUME, "sourceVolId", "other")),
  lastSnapshot: waived(NO_SNAPSHOT),
  snapshotLabels: waived(NO_SNAPSHOT),
  undeletable: waived("block storage has no such switch: the engine protects the volumes and the password"),
  standby: waived(ONE_SERVER),
  quietHours: waived(ONE_SERVER),
  noPassword: all(
    never(SERVER, "adminPass", "correct horse"),
    every(ORDER, "type", is("key", "asymmetric")),
    every(ORDER, "meta/bitLength", is(256)),
  ),
  passwordKey: waived("the key manager's own key, which its operator holds"),
  leastRights: all(
    every(CREDENTIAL, "accessRules/*/method", is("GET", "PUT")),
    every(CREDENTIAL, "accessRules/*/path", matches(/^\/v1\/secrets\/[^/*]+\/payload$/, "/v1/**")),
    every(CREDENTIAL, "expiresAt", matches(/^\d{4}-.*Z$/)),
    every(CREDENTIAL, "unrestricted", is(false)),
  ),
});

function atLeastTwo(type: string): Claim {
  return {
    holds: (estate) => ofType(estate, type).length >= 2 || `${type}: wanted one for data and one for backups`,
    breaks: (estate) => [{ what: `one ${type}`, estate: withoutFirst(estate, type) }],
  };
}

const withoutFirst = (estate: Estate, type: string): Estate => {
  const first = estate.find((row) => row.type === type);
  return estate.filter((row) => row !== first);
};
