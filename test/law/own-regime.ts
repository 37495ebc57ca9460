/** A company's rule, as a user would write it. */
export const companyRegime = () => ({
  id: "acme-data-policy",
  version: "2026-11-21.1",
  jurisdiction: "company",
  title: "Acme: where confidential data may be",
  authority: { id: "acme-ciso", name: "Acme's chief information security officer" },
  instruments: [{ id: "acme-pol-12", title: "Policy 12", seen: "primary", source: "the company's intranet" }],
  lists: {},
  scope: { when: { always: true }, source: "policy 12, 1" },
  categories: [],
  rules: [
    {
      id: "acme.cloud",
      title: "confidential data stays off clouds",
      when: {
        all: [
          { fact: "dataset.class", op: "in", value: ["confidential", "restricted", "critical"] },
          { fact: "place.isCloud", op: "eq", value: true },
        ],
      },
      effect: { kind: "deny" },
      source: { instrument: "acme-pol-12", article: "3", seen: "primary" },
      from: "2027-01-01",
    },
  ],
  obligations: [],
});
