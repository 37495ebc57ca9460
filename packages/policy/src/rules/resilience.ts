import { CLASSES } from "@kasbah/core/judge";
import { dataOf, levelOf } from "../facts/data.ts";
import { holdsNoDataset } from "../facts/label.ts";
import { type Resource, shown } from "../resource.ts";
import { ROWS } from "../tables/index.ts";
import type { World } from "../world.ts";
import { checkRule, within } from "./check-rule.ts";
import { type Missing, missingIn, NEEDS } from "./companions.ts";
import { type Answer, NOTHING, type Rule } from "./rule.ts";

/** Nothing is asked of what is thrown away, or of what Kasbah itself says that it holds no data set. */
const kept =
  (judge: Rule["judge"]): Rule["judge"] =>
  (resource, world) => {
    const { declaration } = world.settings;
    if (declaration?.preset === "throwaway") return NOTHING;
    return declaration !== undefined && holdsNoDataset(resource, world) ? NOTHING : judge(resource, world);
  };
const lasting = (rule: Rule): Rule => ({ ...rule, judge: kept(rule.judge) });

const missing =
  (concern: Missing["concern"], remedy: string): Rule["judge"] =>
  (resource, world) =>
    missingIn(resource, concern, world).map(
      ({ path, wanted, found }): Answer => ({ kind: "complaint", path, wanted, found, mend: remedy }),
    );

const BACKUP = "Turn backups on and keep them at least seven days, in a place where the law permits the data.";

export const requireBackups: Rule = lasting(
  checkRule(
    "backup",
    { from: "confidential", unlabelled: false },
    {
      name: "require-backups",
      severity: "high",
      description:
        "Confidential data can be brought back: backups or old versions are kept, long enough, where they may be.",
      serves: ["ccc.backups", "gdpr.availability", "dora.backup"],
      remedy: BACKUP,
      onlyCatches: "a database that keeps its backups for a day",
    },
  ),
);

/** What is only seen when nothing beside it says otherwise: a bucket without versioning. */
export const requireBackupsBeside: Rule = lasting({
  name: "require-backups-beside",
  severity: "high",
  description: "What has its backups or versions in another resource has that resource.",
  serves: ["ccc.backups", "gdpr.availability", "dora.backup"],
  remedy: BACKUP,
  onlyCatches: "a bucket for which nothing turns versioning on",
  asks: (type) => NEEDS.has(type),
  atEnd: true,
  judge: within({ from: "confidential", unlabelled: false }, missing("backup", BACKUP)),
});

export const requirePointInTimeRecovery: Rule = lasting(
  checkRule(
    "rewind",
    { from: "restricted", unlabelled: false },
    {
      name: "require-point-in-time-recovery",
      severity: "high",
      description: "Databases of restricted data can be brought back to any moment of the last days.",
      serves: ["ccc.backups", "gdpr.availability", "dora.backup"],
      remedy: "Turn point-in-time recovery on.",
      onlyCatches: "a table without point-in-time recovery",
    },
  ),
);

const deletion = checkRule(
  "deletion",
  { from: "confidential", unlabelled: false },
  {
    name: "require-deletion-protection",
    severity: "high",
    description:
      "What holds confidential data cannot be deleted by a slip: by the cloud's own switch, or by the engine's.",
    serves: ["gdpr.availability", "dora.protection"],
    remedy: "Turn deletion protection on, or protect the resource in the program.",
    onlyCatches: "a database whose deletionProtection is left out",
  },
);

export const requireDeletionProtection: Rule = lasting({
  ...deletion,
  judge: (resource, world) => (resource.protect === true ? NOTHING : deletion.judge(resource, world)),
});

export const requireSecondSite: Rule = lasting(
  checkRule(
    "site",
    { from: "restricted", unlabelled: false },
    {
      name: "require-second-site",
      severity: "medium",
      description:
        "Restricted data have a second site in the same country: another zone. Never a copy abroad; where there is no second site, a dated waiver.",
      serves: ["ccc.zones", "gdpr.availability", "dora.continuity"],
      remedy: "Use a second zone of the same region, or have it waived until there is one. Do not copy it abroad.",
      onlyCatches: "a database of restricted data in a single zone",
    },
  ),
);

export const requireRollback: Rule = lasting(
  checkRule(
    "rollback",
    { from: "critical", unlabelled: false },
    {
      name: "require-rollback",
      severity: "medium",
      description: "Critical services go back to what they were when a new version fails.",
      serves: ["dora.continuity", "nis2.measures"],
      remedy: "Keep the version before, and let a failed deployment go back to it.",
      onlyCatches: "a deployment of a critical service that keeps no revision",
    },
  ),
);

const DRILL_DAYS = 365;
const PLANS = ["aws:backup/restoreTestingSelection:RestoreTestingSelection"] as const;
const DRILL = "Restore it once a year where nobody is hurt, and put the day on record.";

/** Days between two days, both `YYYY-MM-DD`. */
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Once a stack: every critical data set in it has been restored for trial within a year. */
const drills = (resource: Resource, world: World): readonly Answer[] => {
  if (resource.type !== "pulumi:pulumi:Stack") return NOTHING;
  const { estate, settings } = world;
  const critical = new Set<string>();
  for (const other of estate.all()) {
    if (other.stack !== resource.stack || ROWS.get(other.type)?.holds !== true) continue;
    if (levelOf(other, world) !== CLASSES[CLASSES.length - 1]) continue;
    const data = dataOf(other, world);
    for (const name of data.kind === "datasets" ? data.names : [other.name]) critical.add(name);
  }
  if (critical.size === 0 || PLANS.some((type) => estate.has(type))) return NOTHING;
  return [...critical].sort().flatMap((name): readonly Answer[] => {
    const day = estate.context.drills?.[name];
    const age = day === undefined ? undefined : daysBetween(day, settings.asOf);
    if (age !== undefined && age >= 0 && age <= DRILL_DAYS) return NOTHING;
    const found = day === undefined ? "none on record" : `one on ${shown(day)}`;
    return [
      {
        kind: "complaint",
        path: "drills",
        wanted: `a restore of ${shown(name)} tried within a year`,
        found,
        mend: DRILL,
      },
    ];
  });
};

export const requireRestoreDrills: Rule = lasting({
  name: "require-restore-drills",
  severity: "medium",
  description: "Critical data have been restored for trial within a year: a plan that does it, or a day on record.",
  serves: ["dora.testing", "ccc.backups"],
  remedy: DRILL,
  onlyCatches: "a stack of critical data that nobody ever restored",
  asks: (type) => type === "pulumi:pulumi:Stack",
  atEnd: true,
  judge: drills,
});
