import type { RuleCases } from "./rule-cases.ts";
import { but, filed, question } from "./support.ts";

const home = question("MA", { formalities: filed("cndp-declaration") });
const sensitive = but(home, {
  dataset: { categories: ["health"] },
  formalities: filed("cndp-processing-authorisation"),
});
const since2009 = { of: "fail", before: "2009-03-04", day: "2009-03-05" } as const;
const expires = (type: string) =>
  ({
    of: "pass",
    before: "2026-12-31",
    day: "2027-01-01",
    change: { formalities: filed(type).map((one) => ({ ...one, to: "2026-12-31" })) },
  }) as const;

/** Law 09-08. */
const personal: readonly RuleCases[] = [
  {
    rule: "ma0908.proc.auth",
    pass: sensitive,
    fail: { formalities: filed("cndp-declaration") },
    says: "needs-formality",
    missing: { formalities: [], dataset: { purpose: undefined, professionalSecrecy: undefined } },
    unsaid: "needs-formality", // an easier way that nobody claimed is not open
    boundary: expires("cndp-processing-authorisation"),
  },
  {
    rule: "ma0908.proc.decl",
    pass: home,
    fail: { formalities: [] },
    says: "needs-formality",
    missing: { formalities: [], dataset: { purpose: undefined } },
    unsaid: "needs-formality",
    boundary: since2009,
  },
  {
    rule: "ma0908.xfer.listed",
    pass: but(home, {
      place: { facets: { backup: ["FR"] } },
      formalities: filed("cndp-declaration", "cndp-transfer-notified"),
    }),
    fail: { formalities: filed("cndp-declaration") },
    says: "needs-formality",
    missing: { place: { facets: { backup: undefined } } },
    boundary: expires("cndp-transfer-notified"),
  },
  {
    rule: "ma0908.xfer.unlisted",
    pass: but(home, { place: { facets: { logs: ["US"] } }, formalities: filed("cndp-transfer-authorisation") }),
    fail: { formalities: filed("express-consent-transfer") },
    says: "needs-formality",
    missing: { place: { facets: { logs: undefined } } },
    boundary: expires("cndp-transfer-authorisation"),
  },
  {
    rule: "ma0908.processor.contract",
    pass: home,
    fail: { place: { contract: { processorClauses: false } } },
    says: "conditional",
    missing: { place: { contract: { processorClauses: undefined } } },
    unsaid: "conditional",
    boundary: since2009,
  },
  {
    rule: "ma0908.sensitive.security",
    pass: sensitive,
    fail: { place: { facts: { accessLog: false } } },
    says: "conditional",
    missing: { place: { facts: { encryptionAtRest: undefined } } },
    unsaid: "conditional",
    boundary: since2009,
  },
];

const level = (value: number) => ({ "ma-dgssi-cloud": { level: value, reference: "BO", to: "2030-12-31" } });

/** Secret data of a vital body with a provider qualified at level 2. */
export const vital = but(home, {
  dataset: { labels: { "ma-data": "secret" } },
  system: { labels: { "ma-si": "A" } },
  subject: { sector: "energy", designations: ["ma-iiv"] },
  place: { qualifications: level(2) },
  formalities: filed("cndp-declaration", "homologation"),
});
const fromDecree = { of: "fail", before: "2025-08-20", day: "2025-08-21" } as const;
const fromLaw = { of: "fail", before: "2020-08-05", day: "2020-08-06" } as const;
const qualificationEnds = { of: "pass", before: "2030-12-31", day: "2031-01-01" } as const;
const unlabelled = { dataset: { labels: { "ma-data": undefined } } };

/** Law 05-20 and the cloud decree. */
const statutory: readonly RuleCases[] = [
  {
    rule: "ma0520.classified",
    pass: vital,
    fail: { dataset: { labels: { "ma-data": "confidential" } } },
    says: "unknown",
    missing: unlabelled,
    boundary: fromLaw,
  },
  {
    rule: "ma0520.system.class",
    pass: vital,
    fail: { system: { labels: { "ma-si": "D" } } },
    says: "unknown",
    missing: { system: { labels: { "ma-si": undefined } } },
    boundary: { of: "fail", before: "2021-07-14", day: "2021-07-15" },
  },
  {
    rule: "ma0520.sensitive.territory",
    pass: vital,
    fail: { place: { facets: { backup: ["MA", "FR"] } } },
    says: "denied",
    missing: { place: { facets: { storage: undefined } } },
    boundary: fromLaw,
  },
  {
    rule: "ma0520.sensitive.processing",
    pass: vital,
    fail: { place: { facets: { support: ["FR"] } } },
    says: "denied",
    missing: { place: { facets: { controlPlane: undefined } } },
    boundary: fromDecree,
  },
  {
    rule: "ma0520.sensitive.hosting",
    pass: but(vital, { place: { isCloud: false, kind: "colo" } }),
    fail: { place: { facets: { support: ["FR"] } } },
    says: "conditional",
    missing: { place: { facets: { logs: undefined } } },
    unsaid: "conditional",
    boundary: fromLaw,
  },
  {
    rule: "ma0520.cloud.level2",
    pass: vital,
    fail: { place: { qualifications: level(1) } },
    says: "denied",
    missing: { place: { isCloud: undefined, qualifications: level(1) } },
    boundary: qualificationEnds,
  },
  {
    rule: "ma0520.cloud.level1",
    pass: vital,
    fail: { place: { qualifications: undefined } },
    says: "denied",
    missing: { place: { isCloud: undefined, qualifications: undefined } },
    boundary: qualificationEnds,
  },
  {
    rule: "ma0520.keys",
    pass: vital,
    fail: { place: { keys: { providerCanDecrypt: true } } },
    says: "denied",
    missing: { place: { keys: { providerCanDecrypt: undefined } } },
    boundary: fromDecree,
  },
  {
    rule: "ma0520.techdata",
    pass: vital,
    fail: { place: { facets: { logs: ["IE"] } } },
    says: "denied",
    missing: { place: { facets: { logs: undefined } } },
    boundary: fromDecree,
  },
  {
    rule: "ma0520.contract",
    pass: vital,
    fail: { place: { contract: { law: "FR" } } },
    says: "denied",
    missing: { place: { contract: { audit: undefined } } },
    boundary: fromLaw,
  },
  {
    rule: "ma0520.homologation",
    pass: vital,
    fail: { formalities: filed("cndp-declaration") },
    says: "needs-formality",
    missing: {
      formalities: [],
      system: { labels: { "ma-si": undefined } },
      dataset: { labels: { "ma-data": undefined } },
    },
    boundary: fromLaw,
  },
];

const unqualified = but(vital, { place: { qualifications: undefined } });

/** Derogations: passing, they lift; failing, they do not and the lifted rule speaks. */
const derogations: readonly RuleCases[] = [
  {
    rule: "ma0520.derog.art17",
    pass: but(unqualified, {
      formalities: filed("cndp-declaration", "homologation", "ma-art17-no-qualified-equivalent", "ma-art17-risk-study"),
    }),
    fail: { formalities: filed("cndp-declaration", "homologation", "ma-art17-risk-study") },
    says: "allowed",
    missing: { formalities: [] },
    unsaid: "silent",
    boundary: {
      of: "pass",
      before: "2027-12-31",
      day: "2028-01-01",
      change: {
        formalities: filed("ma-art17-no-qualified-equivalent", "ma-art17-risk-study").map((one) => ({
          ...one,
          to: "2027-12-31",
        })),
      },
    },
  },
  {
    rule: "ma0520.derog.art18",
    pass: but(unqualified, { place: { inUseSince: "2025-08-20" } }),
    fail: { place: { inUseSince: "2025-08-21" } },
    says: "allowed",
    missing: { place: { inUseSince: undefined } },
    unsaid: "silent",
    boundary: { of: "pass", before: "2027-08-20", day: "2027-08-21" },
  },
];

export const moroccan: readonly RuleCases[] = [...personal, ...statutory, ...derogations];

export const banks: readonly RuleCases[] = [
  {
    rule: "ma.bam.cloud",
    pass: but(home, {
      subject: { sector: "bank" },
      system: { critical: true },
      formalities: filed("cndp-declaration", "bam-prior-agreement"),
    }),
    fail: { formalities: filed("cndp-declaration") },
    says: "needs-formality",
    missing: { formalities: [], system: { critical: undefined } },
    boundary: expires("bam-prior-agreement"),
  },
];
