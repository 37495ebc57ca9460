import { type Declaration, formatProblem } from "@kasbah/core";
import * as pulumi from "@pulumi/pulumi";
import { BAD_DECLARATION, OVERLAY, REFUSED, readDeclaration } from "./read.ts";

/**
 * The declaration of a stack: `platform.yaml` in the folder, overlaid by `kasbah:platform` of `Pulumi.<env>.yaml`.
 * @throws {pulumi.RunError} with every problem, a line each
 */
export const loadDeclaration = (folder: string): Declaration => {
  const overlay = new pulumi.Config(OVERLAY.namespace).getObject<unknown>(OVERLAY.key);
  const read = readDeclaration(folder, pulumi.getStack(), overlay);
  if (!read.ok) throw badDeclaration(read.problems.map(formatProblem));
  return read.value.declaration;
};

export const badDeclaration = (lines: readonly string[]): pulumi.RunError =>
  new pulumi.RunError([`${BAD_DECLARATION}:`, ...lines.map((line) => `  ${line}`)].join("\n"));

export const refusedByLaw = (lines: readonly string[]): pulumi.RunError =>
  new pulumi.RunError([`${REFUSED}:`, ...lines.map((line) => `  ${line}`)].join("\n"));
