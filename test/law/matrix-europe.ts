import type { RuleCases } from "./rule-cases.ts";
import { but, filed, question } from "./support.ts";

const berlin = question("DE");
const bank = but(berlin, { subject: { sector: "bank" }, formalities: filed("dora-register") });
const fromGdpr = { of: "fail", before: "2018-05-24", day: "2018-05-25" } as const;
const fromDora = { of: "fail", before: "2025-01-16", day: "2025-01-17" } as const;
const expires = (type: string) =>
  ({
    of: "pass",
    before: "2026-12-31",
    day: "2027-01-01",
    change: { formalities: filed(type).map((one) => ({ ...one, to: "2026-12-31" })) },
  }) as const;

const union: readonly RuleCases[] = [
  {
    rule: "gdpr.xfer.adequate",
    pass: but(berlin, { place: { facets: { backup: ["GB"] } } }),
    fail: { place: { facets: { backup: ["DE"] } } }, // then the rule is silent
    says: "allowed",
    missing: { place: { facets: { backup: undefined } } },
    unsaid: "allowed", // a permission never hinders; gdpr.xfer.other is unknown then
    boundary: { of: "pass", before: "2018-05-25", day: "2018-05-24" },
  },
  {
    rule: "gdpr.xfer.other",
    pass: but(berlin, { place: { facets: { support: ["IN"] } }, formalities: filed("scc+tia") }),
    fail: { formalities: [] },
    says: "needs-formality",
    missing: { place: { facets: { support: undefined } } },
    boundary: expires("scc+tia"),
  },
  {
    rule: "gdpr.processor",
    pass: berlin,
    fail: { place: { contract: { processorClauses: false } } },
    says: "denied",
    missing: { place: { contract: { processorClauses: undefined } } },
    boundary: fromGdpr,
  },
  {
    rule: "gdpr.foreign-control",
    pass: but(berlin, {
      place: { operator: { extraterritorialLaws: ["us-cloud-act"] } },
      formalities: filed("foreign-access-assessment"),
    }),
    fail: { formalities: [] },
    says: "conditional",
    missing: { formalities: [], place: { operator: { extraterritorialLaws: undefined } } },
    unsaid: "conditional",
    boundary: expires("foreign-access-assessment"),
  },
  {
    rule: "dora.contract.location",
    pass: bank,
    fail: { place: { contract: { locationsListed: false } } },
    says: "denied",
    missing: { place: { contract: { locationChangeNotice: undefined } } },
    boundary: fromDora,
  },
  {
    rule: "dora.register",
    pass: bank,
    fail: { formalities: [] },
    says: "conditional",
    missing: { formalities: [], place: { operator: { isSubject: undefined } } },
    unsaid: "conditional",
    boundary: fromDora,
  },
  {
    rule: "dora.critical",
    pass: but(bank, {
      system: { critical: true },
      formalities: filed("dora-register", "exit-plan-tested", "authority-informed"),
    }),
    fail: { formalities: filed("dora-register", "exit-plan-tested") },
    says: "conditional",
    missing: { place: { contract: { audit: undefined } } },
    unsaid: "conditional",
    boundary: fromDora,
  },
  {
    rule: "dora.ctpp.third",
    pass: but(bank, {
      place: {
        operator: { incorporatedIn: "US", doraCritical: true, doraDesignatedOn: "2025-11-18", euSubsidiary: true },
      },
    }),
    fail: { place: { operator: { euSubsidiary: false } } },
    says: "denied",
    missing: { place: { operator: { euSubsidiary: undefined } } },
    boundary: { of: "fail", before: "2026-11-17", day: "2026-11-18" },
  },
];

const lyon = question("FR", {
  dataset: { categories: ["health"] },
  subject: { sector: "health" },
  place: { qualifications: { "fr-hds": { level: 1, reference: "C-1", to: "2028-06-30" } } },
});
const fromHds = { of: "fail", before: "2024-04-25", day: "2024-04-26" } as const;

const french: readonly RuleCases[] = [
  {
    rule: "hds.eea",
    pass: lyon,
    fail: { place: { facets: { logs: ["US"] } } },
    says: "denied",
    missing: { place: { facets: { backup: undefined } } },
    boundary: fromHds,
  },
  {
    rule: "hds.remote",
    pass: but(lyon, { place: { facets: { support: ["IN"] } }, formalities: filed("bcr") }),
    fail: { formalities: [] },
    says: "needs-formality",
    missing: { place: { facets: { controlPlane: undefined } } },
    boundary: expires("bcr"),
  },
  {
    rule: "hds.certificate",
    pass: lyon,
    fail: { place: { qualifications: { "fr-hds": { level: 0 } } } },
    says: "denied",
    missing: { place: { qualifications: undefined } },
    boundary: { of: "pass", before: "2028-06-30", day: "2028-07-01" },
  },
];

export const european: readonly RuleCases[] = [...union, ...french];
