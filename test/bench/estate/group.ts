import { pick } from "./random.ts";
import type { Breach, Made, Tags } from "./types.ts";
import { bucketValues, databaseValues, keyValues, replicationValues, roleValues, serverValues } from "./values.ts";

const ALLOWED = ["eu-central-1", "eu-west-3"] as const;
const FORBIDDEN = ["us-east-1", "ap-southeast-2"] as const;

/** Both are such that the place matters: every tool has the same to find. */
const CLASSES = ["confidential", "restricted"] as const;

/** Which groups break which rule. */
export type Bad = Readonly<Record<Breach, ReadonlySet<number>>>;

/** Ten resources of one service: two buckets, one copied to the other, a database, a server, and what belongs to them. */
export const group = (index: number, bad: Bad, next: () => number): readonly Made[] => {
  const id = String(index).padStart(5, "0");
  const name = (part: string): string => `svc-${id}-${part}`;
  const home = pick(ALLOWED, next);
  const away = bad.residency.has(index) ? pick(FORBIDDEN, next) : home === ALLOWED[0] ? ALLOWED[1] : ALLOWED[0];
  const unlabelled = bad["classification-tag"].has(index) ? pick(["copy", "db", "vm"], next) : "";
  // Of a database without a label our rule does not ask for backups: one breach a resource, so that all tools have the same.
  const untagged = unlabelled === "db" && bad["backup-retention"].has(index) ? "vm" : unlabelled;
  const open = bad["public-bucket"].has(index) ? pick(["data", "copy"], next) : "";
  const retention = bad["backup-retention"].has(index) ? Math.floor(next() * 7) : 7 + Math.floor(next() * 28);
  const encrypted = !bad["db-encryption"].has(index);
  const tags = (part: string): Tags => ({
    Name: name(part),
    team: `team-${index % 17}`,
    "cost-center": `cc-${index % 41}`,
    environment: index % 3 === 0 ? "stage" : "prod",
    ...(untagged === part ? {} : { "data-class": pick(CLASSES, next) }),
  });
  const broken = (yes: boolean, ...breaches: readonly Breach[]): readonly Breach[] => (yes ? breaches : []);
  const block = (bucket: string, region: string, part: string): Made => ({
    kind: "block",
    name: bucket,
    refs: { bucket },
    bad: broken(open === part, "public-bucket"),
    values: {
      block_public_acls: open !== part,
      block_public_policy: open !== part,
      ignore_public_acls: open !== part,
      restrict_public_buckets: open !== part,
      bucket,
      region,
      skip_destroy: null,
    },
  });
  const [data, copy] = [name("data"), name("copy")];
  return [
    { kind: "bucket", name: data, refs: {}, bad: [], values: bucketValues(data, home, tags("data")) },
    block(data, home, "data"),
    {
      kind: "versioning",
      name: data,
      refs: { bucket: data },
      bad: [],
      values: {
        bucket: data,
        expected_bucket_owner: null,
        mfa: null,
        region: home,
        versioning_configuration: [{ mfa_delete: null, status: "Enabled" }],
      },
    },
    {
      kind: "bucket",
      name: copy,
      refs: {},
      bad: broken(untagged === "copy", "classification-tag"),
      values: bucketValues(copy, away, tags("copy")),
    },
    block(copy, away, "copy"),
    { kind: "role", name: name("replicate"), refs: {}, bad: [], values: roleValues(name("replicate"), tags("role")) },
    {
      kind: "replication",
      name: data,
      refs: { bucket: data, role: name("replicate"), "rule.destination.bucket": copy },
      bad: broken(bad.residency.has(index), "residency"),
      values: replicationValues(data, copy, name("replicate"), home),
    },
    { kind: "key", name: name("key"), refs: {}, bad: [], values: keyValues(id, home, tags("key")) },
    {
      kind: "database",
      name: name("db"),
      refs: { kms_key_id: name("key") },
      bad: [
        ...broken(!encrypted, "db-encryption"),
        ...broken(untagged === "db", "classification-tag"),
        ...broken(retention < 7, "backup-retention"),
      ],
      values: databaseValues(id, index, home, { retention, encrypted }, tags("db")),
    },
    {
      kind: "server",
      name: name("vm"),
      refs: {},
      bad: broken(untagged === "vm", "classification-tag"),
      values: serverValues(id, index, home, tags("vm")),
    },
  ];
};
