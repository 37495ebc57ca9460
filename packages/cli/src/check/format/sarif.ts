import path from "node:path";
import { pathToFileURL } from "node:url";
import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from "node-sarif-builder";
import type { Report, ReportedFinding, ReportedRule } from "../report.ts";

type Severity = ReportedFinding["severity"];

const LEVEL = { critical: "error", high: "error", medium: "warning", low: "note" } as const satisfies Record<
  Severity,
  string
>;

/** By which GitHub sorts alerts: critical from 9, high from 7, medium from 4. Source: GitHub, SARIF support for code scanning. */
const SCORE = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" } as const satisfies Record<Severity, string>;

const ROOT = "%SRCROOT%";

/** Where its schema is published. Source: OASIS, SARIF 2.1.0 errata 01. */
export const SARIF_SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** The report as SARIF 2.1.0, for code scanning. */
export const toSarif = (report: Report, cwd: string): string => {
  const builder = new SarifBuilder({ $schema: SARIF_SCHEMA });
  const run = new SarifRunBuilder({
    automationDetails: { id: "kasbah-check/" },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(cwd).href.replace(/\/$/, "")}/` } },
    invocations: [{ executionSuccessful: true, exitCode: report.totals.refusing > 0 ? 1 : 0 }],
    properties: { asOf: report.asOf },
  }).initSimple({ toolDriverName: "kasbah", toolDriverVersion: "0.1.0" });
  for (const rule of rulesOf(report)) run.addRule(new SarifRuleBuilder(descriptor(rule)));
  for (const finding of report.findings) run.addResult(result(finding, finding.change ?? undefined));
  for (const finding of report.mended ?? []) run.addResult(result(finding, "absent"));
  builder.addRun(run);
  // Not its own buildSarifJsonString: that throws where a text of the report holds a certain word.
  return JSON.stringify(builder.buildSarifOutput(), null, 2);
};

/** The rules that were asked, and those of findings that are none of them: of waivers, and of the base. */
const rulesOf = ({ rules, findings, mended = [] }: Report): readonly ReportedRule[] => {
  const known = new Set(rules.map(({ name }) => name));
  const others = new Map([...findings, ...mended].filter(({ rule }) => !known.has(rule)).map((one) => [one.rule, one]));
  return [
    ...rules,
    ...[...others.values()].map(({ rule, severity, wanted, mend, serves = "" }) => ({
      name: rule,
      severity,
      description: wanted,
      remedy: mend,
      serves,
    })),
  ];
};

const descriptor = ({ name, severity, description, remedy, serves }: ReportedRule) => ({
  id: name,
  name: name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  shortDescription: { text: description },
  fullDescription: { text: `${description} ${remedy}` },
  help: {
    text: `${remedy}\nServes: ${serves}`,
    markdown: `**Mend:** ${remedy}\n\n**Serves:** ${serves}\n\nNot legal advice.`,
  },
  defaultConfiguration: { level: LEVEL[severity] },
  properties: {
    tags: ["security", "data"],
    precision: "high",
    "security-severity": SCORE[severity],
    "problem.severity": LEVEL[severity] === "note" ? "recommendation" : LEVEL[severity],
  },
});

const result = (
  finding: ReportedFinding,
  baselineState: "new" | "unchanged" | "absent" | undefined,
): SarifResultBuilder => {
  const {
    id,
    rule,
    severity,
    resource,
    stack,
    path: property,
    wanted,
    found,
    mend,
    serves,
    waived,
    file,
    line,
  } = finding;
  return new SarifResultBuilder({
    ruleId: rule,
    level: LEVEL[severity],
    message: { text: message(`${property}: wanted ${wanted}, found ${found}. ${mend}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(file), region: { startLine: line ?? 1 } },
        logicalLocations: [
          { name: resource.split("::").at(-1) || resource, fullyQualifiedName: resource, kind: "resource" },
        ],
      },
    ],
    partialFingerprints: { "kasbahFinding/v1": id, primaryLocationLineHash: `${id}:1` }, // GitHub reads the second
    properties: { stack, severity, property, ...(serves === undefined ? {} : { serves }) },
    ...(baselineState === undefined ? {} : { baselineState }),
    ...(waived === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: "external" as const,
              status: "accepted" as const,
              justification: `${waived.reason}; approved by ${waived.approver} until ${waived.expires}`,
            },
          ],
        }),
  });
};

/** Links and placeholders are part of a message. Source: SARIF 2.1.0, sections 3.11.5 and 3.11.6. */
const message = (text: string): string => text.replace(/[\\[\]]/g, "\\$&").replace(/\{(?=\d+\})|(?<=\{\d+)\}/g, "$&$&");

const artifact = (file: string): { uri: string; uriBaseId?: string } => {
  if (file.startsWith("../") || path.posix.isAbsolute(file)) return { uri: pathToFileURL(path.resolve(file)).href };
  return { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: ROOT };
};
