import type { Preset } from "@kasbah/core";
import type { AliasArgs } from "@pulumi/aws/kms/alias.js";
import type { Key, KeyArgs } from "@pulumi/aws/kms/key.js";

/** Days between the order to delete a key and its end; 7 and 30 are what AWS KMS allows (ScheduleKeyDeletion). */
const DELETION_DAYS: Readonly<Record<Preset, number>> = { production: 30, throwaway: 7 };

/** A key of the own account, in one region, that turns every year. It costs about a dollar a month. */
export const keyArgs = (preset: Preset, description: string): KeyArgs => ({
  description,
  enableKeyRotation: true,
  deletionWindowInDays: DELETION_DAYS[preset],
  multiRegion: false,
});

export const aliasArgs = (key: Key): AliasArgs => ({ targetKeyId: key.id });
