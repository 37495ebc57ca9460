import type { RuleCases } from "./rule-cases.ts";
import { but, filed, question } from "./support.ts";

const expires = (...types: string[]) =>
  ({
    of: "pass",
    before: "2026-12-31",
    day: "2027-01-01",
    change: { formalities: filed(...types).map((one) => ({ ...one, to: "2026-12-31" })) },
  }) as const;

const riyadh = question("SA", { subject: { sector: "bank" }, formalities: filed("sama-approval") });
const saudi: readonly RuleCases[] = [
  {
    rule: "sama.cloud.approval",
    pass: riyadh,
    fail: { formalities: [] },
    says: "needs-formality",
    missing: { formalities: [], place: { isCloud: undefined } },
    boundary: expires("sama-approval"),
  },
  {
    rule: "sama.outside",
    pass: but(riyadh, {
      place: { facets: { backup: ["IE"] } },
      formalities: filed("sama-approval", "sama-explicit-approval-offshore"),
    }),
    fail: { formalities: filed("sama-approval") },
    says: "needs-formality",
    missing: { place: { facets: { backup: undefined } } },
    boundary: expires("sama-explicit-approval-offshore"),
  },
];

const dubai = question("AE", { dataset: { role: "master-system-of-record" }, subject: { sector: "bank" } });
const abroad = { place: { facets: { storage: ["IE"], backup: ["IE"] } } };
const fromCbuae = { of: "fail", before: "2021-05-30", day: "2021-05-31" } as const;
const emirati: readonly RuleCases[] = [
  {
    rule: "cbuae.master-record",
    pass: dubai,
    fail: abroad,
    says: "denied",
    missing: { ...abroad, dataset: { role: undefined } },
    boundary: fromCbuae,
  },
  {
    rule: "cbuae.branch-copy",
    pass: but(dubai, abroad, { subject: { foreignBranchIn: ["AE"] }, formalities: filed("ae-daily-copy") }),
    fail: { formalities: [] },
    says: "denied",
    missing: { formalities: [], dataset: { role: undefined } },
    boundary: expires("ae-daily-copy"),
  },
  {
    rule: "cbuae.share",
    pass: but(dubai, {
      dataset: { categories: ["bank-confidential"] },
      place: { facets: { logs: ["IE"] } },
      formalities: filed("cbuae-approval", "customer-written-consent"),
    }),
    fail: { formalities: filed("cbuae-approval") },
    says: "needs-formality",
    missing: { place: { facets: { logs: undefined } } },
    boundary: expires("cbuae-approval", "customer-written-consent"),
  },
];

const mumbai = question("IN", { dataset: { categories: ["in-payment-data"] } });
const fromRbi = { of: "fail", before: "2018-04-05", day: "2018-04-06" } as const;
const indian: readonly RuleCases[] = [
  {
    rule: "rbi.store",
    pass: mumbai,
    fail: { place: { facets: { backup: ["IN", "US"] } } },
    says: "denied",
    missing: { place: { facets: { storage: undefined } } },
    boundary: fromRbi,
  },
  {
    rule: "rbi.leg-copy",
    pass: but(mumbai, {
      dataset: { categories: ["in-cross-border-leg"] },
      place: { facets: { storage: ["IN", "US"] } },
    }),
    fail: { place: { facets: { storage: ["US"] } } },
    says: "denied",
    missing: { place: { facets: { storage: undefined, backup: ["US"] } } },
    boundary: fromRbi,
  },
  {
    rule: "rbi.process",
    pass: but(mumbai, { place: { facets: { processing: ["US"] }, maxDwellHoursAbroad: 24 } }),
    fail: { place: { maxDwellHoursAbroad: 25 } },
    says: "denied",
    missing: { place: { maxDwellHoursAbroad: undefined } },
    boundary: fromRbi,
  },
];

export const others: readonly RuleCases[] = [...saudi, ...emirati, ...indian];
