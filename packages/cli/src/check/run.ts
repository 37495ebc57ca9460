import { createHash } from "node:crypto";
import path from "node:path";
import type { Checked, Finding, Problem } from "@kasbah/core";
import { controlsText, isReadPackage, PACK_NAMES, type PackName, rulesOf, type Waiver } from "@kasbah/policy/judge";
import { joined } from "./estates.ts";
import { readContext, readWaivers } from "./files.ts";
import { cut, harmless } from "./harmless.ts";
import { readInputs } from "./input/index.ts";
import { linesIn } from "./input/lines.ts";
import type { ReadResource, StackInput } from "./input/model.ts";
import { type Judged, judge, unusedWaivers } from "./judge.ts";
import { redactor, secretsByName } from "./redact.ts";
import { compareFindings, isAtLeast, type Report, type ReportedFinding, type Unread } from "./report.ts";

/** What a check is asked for, as the command line says it. */
export interface CheckOptions {
  readonly paths: readonly string[];
  /** The stack of a program. @default - each that it has */
  readonly stack?: string;
  readonly asOf: string;
  readonly context?: string;
  readonly waivers?: string;
  /** @default - every pack */
  readonly packs?: readonly string[];
  /** @default - every rule of the packs */
  readonly rules?: readonly string[];
  /** The least severity that makes the check fail. @default "low" */
  readonly failOn?: Finding["severity"];
  /** Folder to which files are relative in the report. */
  readonly cwd: string;
}

/** Reads, judges, and says what it came to. Everything that is wrong with what was given comes back at once. */
export const check = async (options: CheckOptions): Promise<Checked<Report>> => {
  const problems: Problem[] = [];
  const value = <T>(checked: Checked<T>): T | undefined => {
    if (checked.ok) return checked.value;
    problems.push(...checked.problems);
    return undefined;
  };
  const packs = value(knownPacks(options.packs));
  const rules = value(knownRules(options.rules));
  const house = options.context === undefined ? undefined : value(await readContext(options.context));
  const waivers = options.waivers === undefined ? [] : (value(await readWaivers(options.waivers)) ?? []);
  const { asOf, stack } = options;
  const read = await readInputs(options.paths, { asOf, ...(stack === undefined ? {} : { stack }) });
  const whole = joined(read.stacks);
  problems.push(...read.problems, ...whole.problems);
  if (problems.length > 0) return { ok: false, problems };
  const judged = judge(whole.stacks, {
    asOf,
    house,
    waivers,
    ...(packs === undefined ? {} : { packs }),
    ...(rules === undefined ? {} : { rules }),
  });
  return { ok: true, value: reportOf(whole.stacks, judged, waivers, options) };
};

const knownPacks = (given: readonly string[] | undefined): Checked<readonly PackName[] | undefined> => {
  const known = PACK_NAMES.filter((name) => given?.includes(name));
  const problems = (given ?? []).flatMap((name) =>
    (PACK_NAMES as readonly string[]).includes(name) ? [] : [unknownName("--pack", PACK_NAMES, name)],
  );
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: given === undefined ? undefined : known };
};

const knownRules = (given: readonly string[] | undefined): Checked<readonly string[] | undefined> => {
  const names = rulesOf().map(({ name }) => name);
  const problems = (given ?? []).flatMap((name) => (names.includes(name) ? [] : [unknownName("--rule", names, name)]));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: given };
};

const unknownName = (option: string, known: readonly string[], got: string): Problem => ({
  path: option,
  expected: `one of ${known.join(", ")}`,
  got,
  mend: "correct it",
});

const reportOf = (
  stacks: readonly StackInput[],
  judged: readonly Judged[],
  waivers: readonly Waiver[],
  { asOf, packs, rules, failOn = "low", cwd, waivers: waiverFile = "" }: CheckOptions,
): Report => {
  const say = sayer(stacks, judged);
  const findings = reported(judged, { say, failOn, cwd, waiverFile });
  const asked = rulesOf(packs as readonly PackName[] | undefined).filter(({ name }) => rules?.includes(name) ?? true);
  return {
    kasbahCheck: 1,
    asOf,
    inputs: stacks.map(({ file, kind, stack, resources, notes }) => ({
      file: say(fileName(file, cwd)),
      kind,
      stack: say(stack),
      resources: resources.filter(isCounted).length,
      notes: notes.map(say),
    })),
    rules: asked.map(({ name, severity, description, remedy, serves }) => ({
      name,
      severity,
      description,
      remedy,
      serves: controlsText(serves),
    })),
    totals: {
      refusing: findings.filter(({ refuses }) => refuses).length,
      waived: findings.filter(({ waived }) => waived !== undefined).length,
      advice: findings.filter(({ refuses, waived }) => !refuses && waived === undefined).length,
    },
    findings,
    unread: unreadIn(stacks, say),
    unusedWaivers: unusedWaivers(judged, waivers, asOf).map(({ rule, resource, expires }) => ({
      rule,
      resource: say(resource),
      expires,
    })),
    notes: [],
  };
};

const isCounted = ({ type, component }: ReadResource): boolean => component !== true && !type.startsWith("pulumi:");

/** More of a text is not looked at: less than this of it is shown. */
const MOST_READ = 8000;

/** Makes every text of a report harmless and free of secrets. Most texts come many times. */
const sayer = (stacks: readonly StackInput[], judged: readonly Judged[]): ((text: string) => string) => {
  const marked = stacks.flatMap(({ secrets }) => secrets);
  const named = new Set(judged.flatMap(({ resource }) => resource ?? [])).values().toArray().flatMap(secretsOf);
  const redact = redactor([...marked, ...named]);
  const known = new Map<string, string>();
  return (text) => {
    const said = known.get(text) ?? cut(harmless(redact(cut(text, MOST_READ))));
    known.set(text, said);
    return said;
  };
};

/** What a Kubernetes secret holds is secret under any name. */
const secretsOf = ({ type, properties }: ReadResource): readonly string[] => {
  const held = /^kubernetes:core\/v1:Secret(Patch)?$/.test(type) ? [properties["data"], properties["stringData"]] : [];
  const texts = held.flatMap((map) => (typeof map === "object" && map !== null ? Object.values(map) : []));
  return [...texts.filter((text) => typeof text === "string"), ...secretsByName(properties)];
};

const fileName = (file: string, cwd: string): string =>
  path.relative(cwd, path.resolve(cwd, file)).split(path.sep).join("/") || ".";

interface Words {
  readonly say: (text: string) => string;
  readonly failOn: Finding["severity"];
  readonly cwd: string;
  readonly waiverFile: string;
}

const reported = (judged: readonly Judged[], { say, failOn, cwd, waiverFile }: Words): readonly ReportedFinding[] => {
  const lines = linesIn(judged);
  const seen = new Map<string, number>();
  const findings = judged.map(({ finding, resource, input }, index): ReportedFinding => {
    const { rule, severity, path: property, wanted, found, mend, serves, waived } = finding;
    const key = [rule, finding.resource, property].join("\n");
    const again = seen.get(key) ?? 0;
    seen.set(key, again + 1);
    const line = lines[index];
    return {
      id: createHash("sha256").update(`${key}\n${again}`).digest("hex").slice(0, 32),
      rule,
      severity,
      refuses: waived === undefined && isAtLeast(severity, failOn),
      stack: say(input?.stack ?? ""),
      resource: say(finding.resource),
      path: say(property),
      wanted: say(wanted),
      found: say(found),
      mend: say(mend),
      ...(serves === undefined ? {} : { serves: say(serves) }),
      file: say(fileName(resource?.entry?.file ?? resource?.at?.file ?? input?.file ?? waiverFile, cwd)),
      ...(line === undefined ? {} : { line }),
      ...(waived === undefined
        ? {}
        : { waived: { reason: say(waived.reason), approver: say(waived.approver), expires: say(waived.expires) } }),
    };
  });
  return findings.sort(compareFindings);
};

/** Resources of packages that no rule reads, by type. */
const unreadIn = (stacks: readonly StackInput[], say: (text: string) => string): readonly Unread[] => {
  const all = stacks.flatMap(({ resources }) => resources.filter((one) => isCounted(one) && !isReadPackage(one.type)));
  return [...Map.groupBy(all, ({ type }) => type)]
    .map(([type, resources]) => ({ type: say(type), count: resources.length, example: say(resources[0]?.name ?? "") }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
};
