import { keepEgressNamedSamples, keepImagesSamples, requireTelemetryOffSamples } from "./egress.samples.ts";
import { keepClassOfCopiesSamples, keepClassOfDatasetsSamples } from "./keep-class-of-data.samples.ts";
import { keepCopiesInPermittedPlacesSamples } from "./keep-copies-in-permitted-places.samples.ts";
import { keepDataInPermittedPlacesSamples } from "./keep-data-in-permitted-places.samples.ts";
import {
  keepDeliverySamples,
  keepKeysSamples,
  keepLogsSamples,
  keepModelCallsSamples,
  keepStateSamples,
  keepTracesSamples,
  requireReadableSamples,
} from "./keep-moves.samples.ts";
import { requireClassLabelSamples } from "./require-class-label.samples.ts";
import {
  requireBackupsBesideSamples,
  requireBackupsSamples,
  requireDeletionProtectionSamples,
  requireDrillsSamples,
  requirePointInTimeSamples,
  requireRollbackSamples,
  requireSecondSiteSamples,
} from "./resilience.samples.ts";
import type { Samples } from "./sample.ts";
import {
  keepDataPrivateSamples,
  keepNetworksClosedSamples,
  keepSecretsSamples,
  keepWorkloadsConfinedSamples,
  requireEncryptionAtRestSamples,
  requireEncryptionInTransitSamples,
  requireLeastPrivilegeSamples,
} from "./security.samples.ts";

/** The samples of every rule, by its name. */
export const SAMPLES: Readonly<Record<string, Samples>> = {
  "require-class-label": requireClassLabelSamples,
  "keep-data-in-permitted-places": keepDataInPermittedPlacesSamples,
  "keep-copies-in-permitted-places": keepCopiesInPermittedPlacesSamples,
  "keep-logs-in-permitted-places": keepLogsSamples,
  "keep-traces-in-permitted-places": keepTracesSamples,
  "keep-model-calls-in-permitted-places": keepModelCallsSamples,
  "keep-keys-in-permitted-places": keepKeysSamples,
  "keep-delivery-in-permitted-places": keepDeliverySamples,
  "keep-state-in-permitted-places": keepStateSamples,
  "keep-class-of-datasets": keepClassOfDatasetsSamples,
  "keep-class-of-copies": keepClassOfCopiesSamples,
  "require-readable-resources": requireReadableSamples,
  "keep-data-private": keepDataPrivateSamples,
  "require-encryption-at-rest": requireEncryptionAtRestSamples,
  "require-encryption-in-transit": requireEncryptionInTransitSamples,
  "require-least-privilege": requireLeastPrivilegeSamples,
  "keep-secrets-out-of-plain-text": keepSecretsSamples,
  "keep-networks-closed": keepNetworksClosedSamples,
  "keep-workloads-confined": keepWorkloadsConfinedSamples,
  "require-backups": requireBackupsSamples,
  "require-backups-beside": requireBackupsBesideSamples,
  "require-point-in-time-recovery": requirePointInTimeSamples,
  "require-deletion-protection": requireDeletionProtectionSamples,
  "require-second-site": requireSecondSiteSamples,
  "require-restore-drills": requireDrillsSamples,
  "require-rollback": requireRollbackSamples,
  "require-telemetry-off": requireTelemetryOffSamples,
  "keep-images-from-own-registry": keepImagesSamples,
  "keep-egress-named": keepEgressNamedSamples,
};
