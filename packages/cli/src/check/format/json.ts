import type { Report } from "../report.ts";

/** The report as JSON. Its shape is described in docs/check.md, and stays within a version. */
export const toJson = (report: Report): string => JSON.stringify(report, null, 2);
