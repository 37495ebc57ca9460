/** What the second reading found to block too much, or to be undefined: faults 14 to 23. */
import { FACTS, meaningOf, parseRegime, REGIMES } from "@kasbah/core";
import { expect, test } from "vitest";
import { vital } from "./matrix-morocco.ts";
import { ask, but, everywhere, filed, outcomeOf, question, regime, said } from "./support.ts";

const bank = question("DE", { subject: { sector: "bank" }, system: { critical: true } });

test("fault 14: a bank's own data centre is asked for no outsourcing contract", () => {
  const own = but(bank, { place: { operator: { isSubject: true }, contract: { locationsListed: undefined } } });
  for (const rule of ["dora.contract.location", "dora.register", "dora.critical"]) {
    expect(outcomeOf(own, rule)).toBe("silent");
  }
  expect(outcomeOf(but(own, { place: { operator: { isSubject: undefined } } }), "dora.contract.location")).toBe(
    "unknown",
  );
});

test("fault 15: remote access to health data rests on any safeguard of GDPR 45 or 46", () => {
  const remote = question("FR", {
    dataset: { categories: ["health"] },
    place: { facets: { support: ["IN"] }, qualifications: { "fr-hds": { level: 1, reference: "C" } } },
  });
  expect(outcomeOf(but(remote, { formalities: filed("bcr") }), "hds.remote")).toBe("allowed");
  expect(outcomeOf(but(remote, { place: { facets: { support: ["CH"] } } }), "hds.remote")).toBe("silent");
  expect(outcomeOf(remote, "hds.remote")).toBe("needs-formality");
});

test("fault 16: SAMA's chapter on cloud asks nothing of what is no cloud", () => {
  const abroad = question("SA", { subject: { sector: "bank" }, place: { facets: { storage: ["IE"] } } });
  expect(outcomeOf(abroad, "sama.outside")).toBe("needs-formality");
  expect(outcomeOf(but(abroad, { place: { isCloud: false } }), "sama.outside")).toBe("silent");
});

test("fault 17: a foreign bank's branch keeps a daily copy; a cross-border payment may have a copy abroad", () => {
  const dubai = question("AE", { dataset: { role: "master-system-of-record" }, subject: { sector: "bank" } });
  const away = but(dubai, { place: { facets: { storage: ["IE"], backup: ["IE"] } } });
  const branch = but(away, { subject: { foreignBranchIn: ["AE"] } });
  expect(ask(away, ["ae-cbuae"]).outcome).toBe("denied");
  expect(ask(branch, ["ae-cbuae"]).outcome).toBe("denied");
  expect(ask(but(branch, { formalities: filed("ae-daily-copy") }), ["ae-cbuae"]).outcome).toBe("allowed");
  const leg = question("IN", {
    dataset: { categories: ["in-cross-border-leg"] },
    place: { facets: { storage: ["IN", "US"] } },
  });
  expect(ask(leg, ["in-rbi-psd"]).outcome).toBe("allowed");
  expect(ask(but(leg, { dataset: { categories: ["in-payment-data"] } }), ["in-rbi-psd"]).outcome).toBe("denied");
});

test("fault 18: a ministry's open data has a level below the scale", () => {
  const open = but(vital, {
    dataset: { categories: [], labels: { "ma-data": "public" } },
    system: { labels: { "ma-si": "D" } },
    subject: { designations: ["ma-entity"] },
    place: { facets: everywhere("FR"), qualifications: undefined, contract: { law: "FR" } },
  });
  expect(ask(open).outcome).toBe("allowed");
});

test("fault 19: each fact says what its absence means, and why; an undecided scope is unknown", () => {
  for (const fact of Object.keys(FACTS) as (keyof typeof FACTS)[]) expect(meaningOf(fact).why).not.toBe("");
  expect(
    Object.entries(FACTS)
      .filter(([, meaning]) => "lenient" in meaning)
      .map(([fact]) => fact),
  ).toEqual(["subject.designations", "place.operator.doraCritical"]);
  const third = but(bank, { place: { operator: { incorporatedIn: "US", euSubsidiary: false } } });
  expect(outcomeOf(third, "dora.ctpp.third")).toBe("silent"); // doraCritical absent: not designated
  const critical = but(bank, { system: { critical: undefined }, place: { contract: { audit: false } } });
  expect(said(critical, "dora.critical")?.missing).toEqual(["system.critical"]);
  const nobody = but(question("MA"), { subject: { sector: undefined } });
  expect(ask(nobody).decidedBy.map(({ rule }) => rule)).toEqual(["ma-bam-cloud.scope"]);
  const silent = but(question("MA"), { subject: { sector: "energy", designations: undefined } });
  expect(ask(silent).decidedBy.map(({ rule, change }) => [rule, change])).toEqual([
    ["ma-05-20-vital.scope", "declare owner.designations"],
  ]);
});

test("fault 20: a formality that is not on file is a formality needed, and no word is outside the model", () => {
  const toUs = question("MA", { place: { facets: { backup: ["US"] } }, formalities: filed("cndp-declaration") });
  expect(outcomeOf(toUs, "ma0908.xfer.unlisted")).toBe("needs-formality");
  const [rule, ...rules] = regime("ma-09-08").rules;
  const checked = parseRegime({ ...regime("ma-09-08"), rules: [{ ...rule, onDataOnly: true }, ...rules] });
  expect(checked).toMatchObject({ ok: false, problems: [{ path: "rules.0.onDataOnly", expected: "no such key" }] });
});

test("fault 21: the twelve months after a designation count, and an unknown seat is unknown", () => {
  const operator = { incorporatedIn: "US", doraCritical: true, doraDesignatedOn: "2026-03-31", euSubsidiary: false };
  const third = but(bank, { place: { operator } });
  expect(outcomeOf(third, "dora.ctpp.third")).toBe("silent");
  expect(outcomeOf(but(third, { asOf: "2027-03-30" }), "dora.ctpp.third")).toBe("silent");
  expect(outcomeOf(but(third, { asOf: "2027-03-31" }), "dora.ctpp.third")).toBe("denied");
  expect(outcomeOf(but(third, { place: { operator: { doraDesignatedOn: undefined } } }), "dora.ctpp.third")).toBe(
    "unknown",
  );
  const seatless = but(third, { asOf: "2027-03-31", place: { operator: { incorporatedIn: undefined } } });
  expect(outcomeOf(seatless, "dora.ctpp.third")).toBe("unknown");
});

test("fault 22: Canada counts for commercial recipients; a permission is a verdict", () => {
  const canada = question("FR", { place: { facets: { backup: ["CA"] } } });
  expect([outcomeOf(canada, "gdpr.xfer.adequate"), ask(canada).outcome]).toEqual(["allowed", "allowed"]);
  const club = but(canada, { place: { operator: { commercial: false } } });
  expect(outcomeOf(club, "gdpr.xfer.other")).toBe("needs-formality");
  const unsaid = but(canada, { place: { operator: { commercial: undefined } } });
  expect(said(unsaid, "gdpr.xfer.other")).toMatchObject({
    outcome: "unknown",
    missing: ["place.operator.commercial"],
  });
});

test("fault 23: every regime has its version, its categories and its obligations", () => {
  for (const { id, version, obligations, categories } of REGIMES) {
    expect([id, /^\d{4}-\d{2}-\d{2}\.\d+$/.test(version), obligations.length > 0]).toEqual([id, true, true]);
    expect(Array.isArray(categories)).toBe(true);
  }
  for (const key of ["version", "categories", "obligations"]) {
    const { [key]: _, ...rest } = regime("fr-hds") as Record<string, unknown>;
    expect(parseRegime(rest)).toMatchObject({ ok: false, problems: [{ path: key }] });
  }
});
