/** One problem that a rule found in a resource. The same shape comes out of the engine, of files and of reports. */
export interface Finding {
  readonly rule: string;
  readonly severity: "low" | "medium" | "high" | "critical";
  /** The resource as the user knows it: a URN or an address. */
  readonly resource: string;
  /** Path of the property inside the resource. */
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
  readonly mend: string;
  /** The article or control that the rule serves. */
  readonly serves?: string;
  /** Somebody answers for it until a day: it is shown, and does not fail. */
  readonly waived?: { readonly reason: string; readonly approver: string; readonly expires: string };
}

export const formatFinding = ({ path, wanted, found, mend, serves }: Finding): string =>
  `${path}: wanted ${wanted}, found ${found}${serves === undefined ? "" : ` [${serves}]`}. ${mend}`;
