import { keepEgressNamed, keepImagesFromOwnRegistry, requireTelemetryOff } from "./egress.ts";
import { keepClassOfCopies, keepClassOfDatasets } from "./keep-class-of-data.ts";
import { keepDataInPermittedPlaces } from "./keep-data-in-permitted-places.ts";
import {
  keepCopiesInPermittedPlaces,
  keepDeliveryInPermittedPlaces,
  keepKeysInPermittedPlaces,
  keepLogsInPermittedPlaces,
  keepModelCallsInPermittedPlaces,
  keepTracesInPermittedPlaces,
} from "./keep-moves.ts";
import { keepStateInPermittedPlaces } from "./keep-state.ts";
import { keepWorkloadsConfined } from "./kubernetes.ts";
import { requireReadableResources } from "./readable.ts";
import { requireClassLabel } from "./require-class-label.ts";
import {
  requireBackups,
  requireBackupsBeside,
  requireDeletionProtection,
  requirePointInTimeRecovery,
  requireRestoreDrills,
  requireRollback,
  requireSecondSite,
} from "./resilience.ts";
import type { Rule } from "./rule.ts";
import { keepSecretsOutOfPlainText } from "./secrets.ts";
import {
  keepDataPrivate,
  keepNetworksClosed,
  requireEncryptionAtRest,
  requireEncryptionInTransit,
  requireLeastPrivilege,
} from "./security.ts";

export { CONTROLS, type Control, type ControlId, controlsText } from "./controls.ts";
export type { Answer, Rule } from "./rule.ts";

/** The rules of residency. To add one: a file beside this one, and its line here. */
export const RESIDENCY: readonly Rule[] = [
  requireClassLabel,
  keepDataInPermittedPlaces,
  keepCopiesInPermittedPlaces,
  keepLogsInPermittedPlaces,
  keepTracesInPermittedPlaces,
  keepModelCallsInPermittedPlaces,
  keepKeysInPermittedPlaces,
  keepDeliveryInPermittedPlaces,
  keepStateInPermittedPlaces,
  keepClassOfDatasets,
  keepClassOfCopies,
  requireReadableResources,
];

export const SECURITY: readonly Rule[] = [
  keepDataPrivate,
  requireEncryptionAtRest,
  requireEncryptionInTransit,
  requireLeastPrivilege,
  keepSecretsOutOfPlainText,
  keepNetworksClosed,
  keepWorkloadsConfined,
];

export const RESILIENCE: readonly Rule[] = [
  requireBackups,
  requireBackupsBeside,
  requirePointInTimeRecovery,
  requireDeletionProtection,
  requireSecondSite,
  requireRestoreDrills,
  requireRollback,
];

export const EGRESS: readonly Rule[] = [requireTelemetryOff, keepImagesFromOwnRegistry, keepEgressNamed];
