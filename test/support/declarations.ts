/** A declaration as a person writes it, fresh for every test: restricted data in Morocco, public data in Europe. */
export const sample = () => ({
  platform: "sample",
  owner: { id: "example.ma", establishedIn: ["MA"], sector: "retail" },
  preset: "production",
  formalities: [{ type: "cndp-processing-authorisation", reference: "A-1", datasets: ["documents", "vectors"] }] as {
    type: string;
    reference: string;
    datasets?: string[];
    countries?: string[];
    from?: string;
    to?: string;
  }[],
  datasets: {
    documents: { class: "restricted", categories: ["national-id"] },
    vectors: { class: "restricted", categories: ["personal", "national-id"] },
    "product-docs": { class: "public" },
  } as Record<string, Record<string, unknown>>,
  places: {
    home: {
      at: "openstack/RegionOne",
      country: "MA",
      operator: { incorporatedIn: "MA", controlledFrom: ["MA"], isSubject: false },
      contract: { processorClauses: true },
      facts: { encryptionAtRest: true, encryptionInTransit: true, accessLog: true, keyManager: true },
      openstack: {
        flavors: { small: "m1.medium", medium: "m1.large", large: "m1.xlarge" },
        debianMirror: "http://mirror.home.example.ma/debian",
      },
    },
    europe: { at: "aws/eu-west-3", facets: { support: ["FR", "US"] }, contract: { processorClauses: true } },
  } as Record<string, Record<string, unknown>>,
  workloads: {
    "document-store": { layer: "object-storage", datasets: ["documents"] },
    "vector-store": { layer: "postgres", datasets: ["vectors"] },
    "product-docs-store": { layer: "object-storage", datasets: ["product-docs"], places: ["europe", "home"] },
  } as Record<string, Record<string, unknown>>,
});

export type Sample = ReturnType<typeof sample>;
