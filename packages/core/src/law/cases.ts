import { type Dataset, FORMS, type Form, isCategory, ROLES } from "../dataset.ts";
import { defined } from "../declaration/defined.ts";
import { zodProblems } from "../declaration/zod-problems.ts";
import { isClass } from "../label.ts";
import type { Site } from "../place.ts";
import type { Checked, Problem } from "../problem.ts";
import { type CaseForm, casesForm, type PlacementForm, withoutNulls } from "./cases-form.ts";
import { siteOfForm, withBase } from "./cases-site.ts";
import type { Outcome } from "./outcome.ts";
import { DESIGNATIONS, type Formality, type Question, SECTORS, type Subject, type System } from "./question.ts";
import type { Regime } from "./regime.ts";
import { judge } from "./verdict.ts";

/** What is printed of one case: every regime that applies, and the rules that decided. */
export interface JudgedCase {
  readonly n: number | string;
  readonly verdict: Outcome;
  readonly regimes: Readonly<Record<string, Outcome>>;
  readonly decides: readonly string[];
}

/** Judges a file of cases. Who judges a file asks for regimes and rules by name, secret ones too. */
export const judgeCases = (
  input: unknown,
  regimes: readonly Regime[],
  asOf: string,
): Checked<readonly JudgedCase[]> => {
  const questions = questionsOfCases(input, asOf);
  if (!questions.ok) return questions;
  const judged = questions.value.map(({ n, question }): JudgedCase => {
    const verdict = judge(question, regimes);
    const decides = [...new Set(verdict.decidedBy.map(({ rule }) => rule))];
    return { n, verdict: verdict.outcome, regimes: verdict.regimes, decides };
  });
  return { ok: true, value: judged };
};

/** The questions of a file of cases, in our words. */
export const questionsOfCases = (
  input: unknown,
  asOf: string,
): Checked<readonly { readonly n: number | string; readonly question: Question }[]> => {
  const file = casesForm.safeParse(withoutNulls(input));
  if (!file.success) return { ok: false, problems: zodProblems(file.error.issues, input) };
  const { placements = {}, cases } = file.data;
  const problems: Problem[] = [...baseProblems(placements), ...placementProblems(placements, cases)];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: cases.map((one) => ({ n: one.n, question: questionOf(one, placements, asOf) })) };
};

function* baseProblems(placements: Readonly<Record<string, PlacementForm>>): Generator<Problem> {
  for (const [name, { base }] of Object.entries(placements)) {
    if (base === undefined || Object.hasOwn(placements, base)) continue;
    yield { path: `placements.${name}.base`, expected: "a placement of the file", got: base, mend: "correct it" };
  }
}

function* placementProblems(
  placements: Readonly<Record<string, PlacementForm>>,
  cases: readonly CaseForm[],
): Generator<Problem> {
  for (const [index, { placement }] of cases.entries()) {
    if (typeof placement !== "string" || Object.hasOwn(placements, placement)) continue;
    yield { path: `cases.${index}.placement`, expected: "a placement of the file", got: placement, mend: "correct it" };
  }
}

const questionOf = (one: CaseForm, placements: Readonly<Record<string, PlacementForm>>, asOf: string): Question => {
  const { placement, context = {} } = one;
  const name = typeof placement === "string" ? placement : "placement";
  const form = typeof placement === "string" ? (placements[placement] ?? {}) : placement;
  const place = siteOfForm(name, withBase(form, placements));
  return {
    datasetName: "dataset",
    dataset: datasetOf(one),
    place,
    subject: subjectOf(one),
    system: systemOfForm(one),
    formalities: [...formalitiesOf(context, place), ...recordsOf(context)],
    asOf: context.today ?? asOf,
  };
};

const subjectOf = ({ subject }: CaseForm): Subject => {
  const { establishedIn, foreignBranchIn } = subject;
  const sector =
    SECTORS.find((known) => known === subject.sector) ?? (subject.sector === undefined ? undefined : "other");
  const designations =
    subject.designations === undefined
      ? undefined
      : DESIGNATIONS.filter((known) => subject.designations?.includes(known));
  return { establishedIn, ...defined({ sector, designations, foreignBranchIn }) } as Subject;
};

/** Levels that the form has no word of its own for: public data stands below the scale. */
const BELOW_THE_SCALE = ["public", "none", "below-scale", "below", "hors-echelle", "non-classifie", "unclassified"];
const OPEN = ["public", "open-data", "open"];

/** The form knows a care purpose, not the secrecy behind it: of a body in the health sector it is taken as given. */
const datasetOf = ({ dataset, subject }: CaseForm): Dataset => {
  const { categories = [], purpose, professionalSecrecy, class: level } = dataset;
  const form = FORMS.find((known) => known === dataset.form || categories.includes(known)) ?? ("raw" as Form);
  const open = categories.some((word) => OPEN.includes(word));
  return {
    class: isClass(level) ? level : open ? "public" : "restricted",
    categories: categories.filter(isCategory),
    form,
    ...(dataset.method === undefined ? {} : { method: { reference: "as the case says", date: "0000-01-01" } }),
    // a role is said of master records; who says none has a copy
    role: ROLES.find((known) => known === dataset.role) ?? "copy",
    labels: labelsOf(dataset.labels ?? {}, open),
    ...defined({ purpose }),
    professionalSecrecy: professionalSecrecy ?? (purpose === "care" && subject.sector === "health"),
  };
};

const labelsOf = (labels: Readonly<Record<string, string>>, open: boolean): Readonly<Record<string, string>> => {
  const said = labels["ma-data"];
  if (said === undefined) return open ? { ...labels, "ma-data": "public" } : labels;
  return BELOW_THE_SCALE.includes(said) ? { ...labels, "ma-data": "public" } : labels;
};

const systemOfForm = ({ system = {} }: CaseForm): System => ({
  ...(system.critical === undefined ? {} : { critical: system.critical }),
  ...(system.labels === undefined ? {} : { labels: system.labels }),
});

type ContextForm = NonNullable<CaseForm["context"]>;

/** A bare type covers everything: this dataset, this place, every country of it. */
const formalitiesOf = ({ formalities = [] }: ContextForm, place: Site): readonly Formality[] => {
  const everywhere = [...new Set(Object.values(place.facets).flat())];
  return formalities.map((said): Formality => {
    if (typeof said === "string") return { type: said, reference: "as the case says", countries: everywhere };
    const { type, ref, grantedOn, expires, countries } = said;
    return {
      type,
      reference: ref ?? "as the case says",
      countries: countries ?? everywhere,
      ...(grantedOn === undefined ? {} : { from: grantedOn }),
      ...(expires === undefined ? {} : { to: expires }),
    };
  });
};

/** What the form keeps beside its formalities, by its path there, and our word for it on file. */
const RECORDS: Readonly<Record<string, string>> = {
  doraRegisterRef: "dora-register",
  foreignAccessAssessmentRef: "foreign-access-assessment",
  exitPlanTestedRef: "exit-plan-tested",
  authorityInformedRef: "authority-informed",
  dailyCopyRef: "ae-daily-copy",
  "art17.noQualifiedEquivalent": "ma-art17-no-qualified-equivalent",
  "art17.riskAnalysisRef": "ma-art17-risk-study",
};

const recordsOf = (context: ContextForm): readonly Formality[] => {
  const reference = "as the case says";
  const byPath = Object.entries(RECORDS).flatMap(([path, type]): readonly Formality[] => {
    const said = [path.split("."), [path]].map((keys) => keys.reduce<unknown>(at, context)).find((value) => value);
    return said === undefined ? [] : [{ type, reference: typeof said === "string" ? said : reference }];
  });
  return saysCounsel(context) ? [...byPath, { type: "counsel-note-consent", reference }] : byPath;
};

/** The reservation on consent has no fixed word in the form: whatever names a counsel, and is said, is the note. */
const saysCounsel = (context: ContextForm): boolean =>
  [...Object.entries(context).flatMap(([key, value]) => (value ? [key] : [])), ...(context.formalities ?? [])].some(
    (word) => /counsel/i.test(typeof word === "string" ? word : word.type),
  );

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
