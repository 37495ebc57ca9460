import { type Dataset, type Formality, findRegime, judge, type Outcome, type Place, type Question } from "@kasbah/core";
import { expect, test } from "vitest";

const everywhere = (...countries: string[]): Place["facets"] => ({
  storage: countries,
  processing: countries,
  backup: countries,
  logs: countries,
  controlPlane: countries,
  support: countries,
  keys: countries,
});

const place = (facets: Place["facets"], changes: Partial<Place> = {}): Place => ({
  name: "p",
  cloud: "openstack",
  region: "r",
  facets,
  operator: { isSubject: false },
  contract: { processorClauses: true },
  facts: { encryptionAtRest: true, encryptionInTransit: true, accessLog: true },
  settings: {},
  ...changes,
});

const personal: Dataset = { class: "restricted", categories: ["personal"], form: "raw" };
const withId: Dataset = { ...personal, categories: ["national-id"] };
const declared: Formality = { type: "cndp-declaration", reference: "D-1" };
const authorised: Formality = { type: "cndp-processing-authorisation", reference: "A-1" };

const law0908 = findRegime("ma-09-08");
if (law0908 === undefined) throw new Error("ma-09-08 is not loaded");

const ask = (question: Partial<Question> & Pick<Question, "dataset" | "place">) =>
  judge({ datasetName: "d", subject: { establishedIn: ["MA"] }, formalities: [], asOf: "2026-11-21", ...question }, [
    law0908,
  ]);

const inMorocco = place(everywhere("MA"));
const cases: readonly [string, Parameters<typeof ask>[0], Outcome, readonly string[]][] = [
  [
    "no personal data: no regime applies",
    { dataset: { ...personal, categories: [] }, place: inMorocco },
    "allowed",
    [],
  ],
  [
    "anonymised data is not personal",
    {
      dataset: { ...personal, form: "anonymised", method: { reference: "M-1", date: "2026-01-01" } },
      place: place(everywhere("US")),
    },
    "allowed",
    [],
  ],
  [
    "a form without a recorded method is a claim",
    { dataset: { ...personal, form: "anonymised" }, place: inMorocco },
    "needs-formality",
    ["ma0908.proc.decl"],
  ],
  [
    "at home, declared",
    { dataset: personal, place: inMorocco, formalities: [declared] },
    "allowed",
    ["ma0908.proc.decl", "ma0908.processor.contract"],
  ],
  ["at home, not declared", { dataset: personal, place: inMorocco }, "needs-formality", ["ma0908.proc.decl"]],
  [
    "national id wants an authorisation",
    { dataset: withId, place: inMorocco, formalities: [declared] },
    "needs-formality",
    ["ma0908.proc.auth"],
  ],
  [
    "national id, authorised",
    { dataset: withId, place: inMorocco, formalities: [authorised] },
    "allowed",
    ["ma0908.proc.auth", "ma0908.processor.contract"],
  ],
  [
    "an expired authorisation is none",
    { dataset: withId, place: inMorocco, formalities: [{ ...authorised, to: "2026-11-20" }] },
    "needs-formality",
    ["ma0908.proc.auth"],
  ],
  [
    "on its last day it still holds",
    { dataset: withId, place: inMorocco, formalities: [{ ...authorised, to: "2026-11-21" }] },
    "allowed",
    ["ma0908.proc.auth", "ma0908.processor.contract"],
  ],
  [
    "an authorisation of other data is none",
    { dataset: withId, place: inMorocco, formalities: [{ ...authorised, datasets: ["other"] }] },
    "needs-formality",
    ["ma0908.proc.auth"],
  ],
  [
    "care satisfies by declaration",
    {
      dataset: { ...personal, categories: ["health"], purpose: "care", professionalSecrecy: true },
      place: inMorocco,
      formalities: [{ type: "cndp-health-care-declaration", reference: "H" }],
    },
    "allowed",
    ["ma0908.proc.auth", "ma0908.processor.contract", "ma0908.sensitive.security"],
  ],
  [
    "care with a national id does not",
    {
      dataset: { ...personal, categories: ["health", "national-id"], purpose: "care" },
      place: inMorocco,
      formalities: [{ type: "cndp-health-care-declaration", reference: "H" }],
    },
    "needs-formality",
    ["ma0908.proc.auth"],
  ],
  [
    "France is listed: the transfer is notified",
    { dataset: personal, place: place(everywhere("FR")), formalities: [declared] },
    "needs-formality",
    ["ma0908.xfer.listed"],
  ],
  [
    "a notification that names another country is none",
    {
      dataset: personal,
      place: place(everywhere("FR")),
      formalities: [declared, { type: "cndp-transfer-notified", reference: "T", countries: ["ES"] }],
    },
    "needs-formality",
    ["ma0908.xfer.listed"],
  ],
  [
    "notified for France",
    {
      dataset: personal,
      place: place(everywhere("FR")),
      formalities: [declared, { type: "cndp-transfer-notified", reference: "T", countries: ["FR"] }],
    },
    "allowed",
    ["ma0908.proc.decl", "ma0908.processor.contract", "ma0908.xfer.listed"],
  ],
  [
    "copies in France and the US: both transfers count",
    {
      dataset: personal,
      place: place(everywhere("FR", "US")),
      formalities: [
        declared,
        { type: "express-consent-transfer", reference: "C", countries: ["US"] },
        { type: "counsel-note-consent", reference: "N" },
      ],
    },
    "needs-formality",
    ["ma0908.xfer.listed"],
  ],
  [
    "the US is not listed",
    { dataset: personal, place: place(everywhere("US")), formalities: [declared] },
    "needs-formality",
    ["ma0908.xfer.unlisted"],
  ],
  [
    "support abroad is a transfer",
    { dataset: personal, place: place({ ...everywhere("MA"), support: ["IN"] }), formalities: [declared] },
    "needs-formality",
    ["ma0908.xfer.unlisted"],
  ],
  [
    "unknown support blocks",
    {
      dataset: personal,
      place: place({ storage: ["MA"], processing: ["MA"], backup: ["MA"], logs: ["MA"] }),
      formalities: [declared],
    },
    "unknown",
    ["ma0908.xfer.listed", "ma0908.xfer.unlisted"],
  ],
  [
    "no processor contract leaves a duty open",
    { dataset: personal, place: place(everywhere("MA"), { contract: {} }), formalities: [declared] },
    "conditional",
    ["ma0908.processor.contract"],
  ],
  [
    "a foreign owner's backup in Morocco is in scope",
    {
      dataset: personal,
      place: place({ ...everywhere("FR"), backup: ["MA"] }),
      subject: { establishedIn: ["FR"] },
      formalities: [],
    },
    "needs-formality",
    ["ma0908.proc.decl", "ma0908.xfer.listed"],
  ],
  [
    "a foreign owner abroad is out of scope",
    { dataset: personal, place: place(everywhere("FR")), subject: { establishedIn: ["FR"] } },
    "allowed",
    [],
  ],
];

test.each(cases)("%s", (_, question, outcome, rules) => {
  const verdict = ask(question);
  expect({ outcome: verdict.outcome, rules: verdict.decidedBy.map(({ rule }) => rule) }).toEqual({ outcome, rules });
});

test("a decision says how to change it, names its article, and marks what is uncertain", () => {
  const [decision] = ask({ dataset: personal, place: place(everywhere("FR")), formalities: [declared] }).decidedBy;
  expect(decision).toMatchObject({
    article: "art. 43, 15(e), 28(11)",
    seen: "primary, interpretation",
    change: expect.stringContaining("cndp-transfer-notified (granted by authority) or cndp-transfer-authorisation"),
    uncertain: expect.stringContaining("transfer reference"),
  });
  expect(decision?.change).toContain("that names FR");
});
