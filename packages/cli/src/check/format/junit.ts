import exported, { type Builder, type TestCase } from "junit-report-builder";
import type { Report, ReportedFinding } from "../report.ts";

/** Its types say that it exports a `default`, and it exports the builder itself. */
const junit = exported as unknown as Builder;

/** The builder closes only the first of these in a text, so none is given to it. */
const content = (text: string): string => text.replaceAll("]]>", "]]\\u{3e}");

/** The report as JUnit XML: a suite a stack, a case a finding, and a case a rule that found nothing. */
export const toJunit = (report: Report): string => {
  const builder = junit.newBuilder().name("kasbah check");
  const byStack = Map.groupBy(report.findings, ({ stack }) => stack);
  const stacks = new Set([...report.inputs.map(({ stack }) => stack), ...byStack.keys()]);
  for (const stack of stacks) {
    const findings = byStack.get(stack) ?? [];
    const suite = builder.testSuite().name(stack || "waivers");
    for (const finding of findings) add(suite.testCase(), finding);
    const broken = new Set(findings.map(({ rule }) => rule));
    const kept = stack === "" ? [] : report.rules.filter(({ name }) => !broken.has(name));
    for (const { name } of kept) suite.testCase().className(name).name("every resource");
  }
  return builder.build();
};

const add = (testCase: TestCase, finding: ReportedFinding): void => {
  const { rule, resource, path, wanted, found, mend, serves, severity, refuses, waived, file, line } = finding;
  testCase
    .className(rule)
    .name(`${resource} ${path}`)
    .file(line === undefined ? file : `${file}:${line}`);
  const text = content(`wanted ${wanted}\nfound ${found}\n${mend}${serves === undefined ? "" : `\nserves ${serves}`}`);
  if (waived !== undefined) {
    const { reason, approver, expires } = waived;
    testCase.skipped().standardOutput(content(`waived until ${expires} by ${approver}: ${reason}\n${text}`));
  } else if (refuses) testCase.failure(content(`wanted ${wanted}, found ${found}`), severity).stacktrace(text);
  else testCase.standardOutput(content(`advice (${severity})\n${text}`));
};
