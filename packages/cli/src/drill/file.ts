import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  type Checked,
  DRILL_RECORD_TYPE,
  type DrillRecord,
  drillPayload,
  envelopeOf,
  parseDrillRecord,
  verifyEnvelope,
} from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";
import type { SigningKey, VerifyingKey } from "./keys.ts";

/** @throws {UserError} exit 2 before anything is done, when the record could not be written at the end */
export const checkRecordFile = (file: string): void => {
  if (existsSync(file)) throw new UserError(EXIT.badInput, `${file} is there already: a record is never written over.`);
  const folder = path.dirname(path.resolve(file));
  if (!existsSync(folder)) throw new UserError(EXIT.badInput, `${folder} is not there: make it first.`);
};

export const writeRecord = (file: string, record: DrillRecord, { sign, keyId }: SigningKey): void => {
  const envelope = envelopeOf(DRILL_RECORD_TYPE, drillPayload(record), sign, keyId);
  writeFileSync(file, `${JSON.stringify(envelope, null, 2)}\n`, { flag: "wx" });
};

/**
 * The record in a file, if the key has signed it.
 * @throws {UserError} exit 2 when the file cannot be read
 */
export const readRecord = (file: string, { verify }: VerifyingKey): Checked<DrillRecord> => {
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError(EXIT.badInput, `${file}: ${error instanceof Error ? error.message : error}`);
  }
  const payload = verifyEnvelope(input, DRILL_RECORD_TYPE, verify);
  return payload.ok ? parseDrillRecord(payload.value) : payload;
};
