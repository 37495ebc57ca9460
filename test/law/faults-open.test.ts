/** What the second reading found to let too much through: faults 1 to 13. */
import { expect, test } from "vitest";
import { vital } from "./matrix-morocco.ts";
import { ask, but, everywhere, filed, outcomeOf, question, said } from "./support.ts";

const care = question("MA", {
  dataset: { categories: ["health"], purpose: "care", professionalSecrecy: true },
  subject: { sector: "health" },
  formalities: filed("cndp-health-care-declaration"),
});

test("fault 1: a care declaration carries health data under professional secrecy, and nothing beside it", () => {
  expect(ask(care).outcome).toBe("allowed");
  for (const category of ["national-id", "offences", "genetic"] as const) {
    expect(ask(but(care, { dataset: { categories: ["health", category] } })).outcome).toBe("needs-formality");
  }
  expect(ask(but(care, { dataset: { categories: ["sensitive-09-08"] } })).outcome).toBe("needs-formality");
  expect(ask(but(care, { dataset: { professionalSecrecy: undefined } })).outcome).toBe("needs-formality");
});

const paris = question("FR");

test("fault 2: a certificate of the US framework helps in the US only, and only beside clauses", () => {
  const toUs = but(paris, { place: { facets: { backup: ["US"] } } });
  const toIndia = but(paris, { place: { facets: { backup: ["IN"] } } });
  expect(ask(but(toUs, { formalities: filed("dpf-certified-recipient") })).outcome).toBe("needs-formality");
  expect(ask(but(toUs, { formalities: filed("dpf-certified-recipient", "scc+tia") })).outcome).toBe("allowed");
  const bcrForNowhere = [...filed("dpf-certified-recipient"), { type: "bcr", reference: "R" }];
  expect(ask(but(toIndia, { formalities: bcrForNowhere })).outcome).toBe("needs-formality");
});

test("fault 3: health data alone is personal data under the GDPR too", () => {
  const health = but(paris, { dataset: { categories: ["health"] }, place: { facets: { backup: ["IN"] } } });
  expect(outcomeOf(health, "gdpr.xfer.other")).toBe("needs-formality");
});

test("fault 4: a label must be one of the legal levels", () => {
  expect(outcomeOf(but(vital, { dataset: { labels: { "ma-data": "confidential" } } }), "ma0520.classified")).toBe(
    "unknown",
  );
});

test("fault 5: secret data in a system of class D escapes neither contract, nor level 1, nor homologation", () => {
  const low = but(vital, { system: { labels: { "ma-si": "D" } } });
  expect(outcomeOf(low, "ma0520.system.class")).toBe("unknown");
  expect(outcomeOf(but(low, { place: { contract: { law: "FR" } } }), "ma0520.contract")).toBe("denied");
  expect(outcomeOf(but(low, { place: { qualifications: undefined } }), "ma0520.cloud.level1")).toBe("denied");
  expect(outcomeOf(but(low, { formalities: [] }), "ma0520.homologation")).toBe("needs-formality");
});

test("fault 6: a bank that is neither entity nor vital body needs the agreement too", () => {
  const bank = question("MA", {
    subject: { sector: "bank", designations: [] },
    system: { critical: true },
    formalities: filed("cndp-declaration"),
  });
  const { outcome, decidedBy } = ask(bank);
  expect([outcome, decidedBy.map(({ rule }) => rule)]).toEqual(["needs-formality", ["ma.bam.cloud"]]);
});

test("fault 7: with copies in France and the US the French transfer is notified too", () => {
  const both = question("MA", {
    place: { facets: { backup: ["FR", "US"] } },
    formalities: filed("cndp-declaration", "express-consent-transfer", "counsel-note-consent"),
  });
  expect(outcomeOf(both, "ma0908.xfer.unlisted")).toBe("allowed");
  expect(outcomeOf(both, "ma0908.xfer.listed")).toBe("needs-formality");
});

test("fault 8: consent carries a transfer only with a counsel's note", () => {
  const toUs = question("MA", { place: { facets: { backup: ["US"] } } });
  const consent = but(toUs, { formalities: filed("cndp-declaration", "express-consent-transfer") });
  expect(outcomeOf(consent, "ma0908.xfer.unlisted")).toBe("needs-formality");
  expect(said(consent, "ma0908.xfer.unlisted")?.change).toContain("counsel");
});

test.each(["backup", "logs", "support"] as const)(
  "fault 9: a foreign controller's %s in Morocco is in scope",
  (facet) => {
    expect(ask(but(paris, { place: { facets: { [facet]: ["MA"] } } })).regimes).toHaveProperty("ma-09-08");
    expect(ask(paris).regimes).not.toHaveProperty("ma-09-08");
  },
);

test("fault 10: logs, processing and control plane count for CBUAE and for French health data", () => {
  const dubai = question("AE", { dataset: { categories: ["bank-confidential"] }, subject: { sector: "bank" } });
  for (const facet of ["logs", "controlPlane"] as const) {
    expect(outcomeOf(but(dubai, { place: { facets: { [facet]: ["IE"] } } }), "cbuae.share")).toBe("needs-formality");
  }
  const health = but(paris, { dataset: { categories: ["health"] } });
  expect(outcomeOf(but(health, { place: { facets: { logs: ["US"] } } }), "hds.eea")).toBe("denied");
  for (const facet of ["processing", "controlPlane"] as const) {
    expect(outcomeOf(but(health, { place: { facets: { [facet]: ["US"] } } }), "hds.remote")).toBe("needs-formality");
  }
});

test("fault 11: the host's certificate is read; none on record is unknown, an expired one denied", () => {
  const health = but(paris, { dataset: { categories: ["health"] } });
  const certified = (to: string) => ({ place: { qualifications: { "fr-hds": { level: 1, reference: "C", to } } } });
  expect(outcomeOf(health, "hds.certificate")).toBe("unknown");
  expect(outcomeOf(but(health, certified("2027-01-01")), "hds.certificate")).toBe("allowed");
  expect(outcomeOf(but(health, certified("2026-01-01")), "hds.certificate")).toBe("denied");
  expect(outcomeOf(but(health, { place: { operator: { isSubject: true } } }), "hds.certificate")).toBe("silent");
});

test("fault 12: control from outside the EEA is read, not only the list of laws", () => {
  const controlled = but(paris, { place: { operator: { controlledFrom: ["FR", "US"] } } });
  expect(outcomeOf(controlled, "gdpr.foreign-control")).toBe("conditional");
  expect(outcomeOf(paris, "gdpr.foreign-control")).toBe("silent");
});

test("fault 13: secret data with a host that is no cloud, run from abroad, is at least a warning", () => {
  const colo = but(vital, { place: { isCloud: false, kind: "colo", qualifications: undefined } });
  expect(outcomeOf(colo, "ma0520.sensitive.hosting")).toBe("allowed");
  expect(said(colo, "ma0520.sensitive.hosting")?.uncertain).toContain("unclear");
  for (const facet of ["processing", "support", "logs", "controlPlane"] as const) {
    expect(outcomeOf(but(colo, { place: { facets: { [facet]: ["FR"] } } }), "ma0520.sensitive.hosting")).toBe(
      "conditional",
    );
  }
  expect(ask(but(colo, { place: { facets: everywhere("FR") } })).outcome).toBe("denied");
});
