import {
  askAll,
  Estate,
  type EstateContext,
  newMemory,
  type PolicySettings,
  RESIDENCY,
  type Resource,
  type Rule,
  settingsOf,
  type World,
} from "../../packages/policy/src/index.ts";
import type { Sample } from "../../packages/policy/src/rules/sample.ts";

export const TODAY = "2026-11-21";

/** A retrieval application: documents and vectors stay in Morocco, product documentation may be in Europe. */
export const HOUSE = {
  platform: "sme-rag",
  owner: { id: "example.ma", establishedIn: ["MA"], sector: "retail" },
  formalities: [
    {
      type: "cndp-processing-authorisation",
      reference: "A-SIM-2026-001",
      datasets: ["documents", "vectors"],
    },
  ],
  datasets: {
    documents: { class: "restricted", categories: ["personal", "national-id"] },
    vectors: { class: "restricted", categories: ["personal", "national-id"] },
    "product-docs": { class: "public" },
  },
  places: {
    home: {
      at: "openstack/RegionOne",
      country: "MA",
      operator: { name: "A cloud", incorporatedIn: "MA", controlledFrom: ["MA"], isSubject: false },
      contract: { processorClauses: true, law: "MA" },
      facts: { encryptionAtRest: true, encryptionInTransit: true, accessLog: true, keyManager: true },
      openstack: { flavors: { small: "s", medium: "m", large: "l" }, authUrl: "https://home.example.ma/v3" },
    },
    europe: { at: "aws/eu-west-3", facets: { support: ["FR", "US"] }, contract: { processorClauses: true } },
  },
  workloads: {
    "document-store": { layer: "object-storage", datasets: ["documents"] },
    "vector-store": { layer: "postgres", datasets: ["vectors"] },
    "product-docs-store": { layer: "object-storage", datasets: ["product-docs"], places: ["europe", "home"] },
  },
} as const;

const CONFIGS: Readonly<Record<NonNullable<Sample["settings"]>, PolicySettings>> = {
  house: { declaration: HOUSE, env: "dev" },
  labels: {},
  "labels-home": { homeCountries: ["MA"] },
  "labels-france": { homeCountries: ["FR"] },
};

/** A world that holds these resources. */
export const world = (
  resources: readonly Resource[],
  config: PolicySettings = CONFIGS.house,
  follow?: World["follow"],
  context: EstateContext = {},
): World => {
  const settings = settingsOf(config, TODAY);
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
  const estate = new Estate(context);
  for (const resource of resources) estate.add(resource);
  return { settings: settings.value, estate, memory: newMemory(), ...(follow === undefined ? {} : { follow }) };
};

/** What rules say of the last resource of an estate. */
export const judged = (
  resources: readonly Resource[],
  settings: NonNullable<Sample["settings"]> = "house",
  rules: readonly Rule[] = RESIDENCY,
  context: EstateContext = {},
) => {
  const last = resources.at(-1);
  if (last === undefined) throw new Error("an empty estate");
  // What asks for what is absent needs the end of a preview, when everything has been seen.
  const follow = rules.some(({ atEnd }) => atEnd === true) ? () => [] : undefined;
  return askAll(last, world(resources, CONFIGS[settings], follow, context), rules);
};
