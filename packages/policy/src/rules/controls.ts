/** A control or an article that a rule serves. */
export interface Control {
  readonly standard: string;
  readonly id: string;
  readonly title: string;
  /** `seen`: read in the text of the standard or a copy. `recalled`: known, and not read for this. */
  readonly confidence: "seen" | "recalled";
  readonly source: string;
  /** Where core's regimes hold the instrument. */
  readonly instrument?: { readonly regime: string; readonly id: string };
}

const ccc = (id: string, title: string): Control => ({
  standard: "FINOS CCC",
  id: `CCC.Core.${id}`,
  title,
  confidence: "seen",
  source: "finos/common-cloud-controls, catalogs/core, and its compliance tests",
});

const cis = (benchmark: string, id: string, title: string): Control => ({
  standard: `CIS ${benchmark}`,
  id,
  title,
  confidence: "recalled",
  source: "cisecurity.org, benchmarks",
});

const law = (standard: string, id: string, title: string, instrument: NonNullable<Control["instrument"]>): Control => ({
  standard,
  id,
  title,
  confidence: "recalled",
  source: "the instrument itself",
  instrument,
});

const GDPR = { regime: "eu-gdpr-dora", id: "gdpr" } as const;
const DORA = { regime: "eu-gdpr-dora", id: "dora" } as const;
const NIS2 = { regime: "eu-gdpr-dora", id: "nis2" } as const;
const LAW_0908 = { regime: "ma-09-08", id: "loi-09-08" } as const;

/** Every control that some rule serves. */
export const CONTROLS = {
  "ccc.encrypt-requests": ccc("CN01", "Prevent Unencrypted Requests"),
  "ccc.encrypt-storage": ccc("CN02", "Encrypt Data for Storage"),
  "ccc.untrusted": ccc("CN05", "Prevent Access from Untrusted Entities"),
  "ccc.regions": ccc("CN06", "Prevent Deployment in Restricted Regions"),
  "ccc.zones": ccc("CN08", "Enable Multi-zone or Multi-region Data Replication"),
  "ccc.access-logs": ccc("CN09", "Prevent Tampering, Deletion, or Unauthorized Access to Access Logs"),
  "ccc.replication": ccc("CN10", "Prevent Data Replication to Destinations Outside of Defined Trust Perimeter"),
  "ccc.keys": ccc("CN11", "Enforce Key Management Policies"),
  "ccc.network": ccc("CN12", "Ensure Secure Network Access Rules"),
  "ccc.backups": ccc("CN14", "Maintain Recent Backups"),
  "iso.labels": {
    standard: "ISO/IEC 27001:2022",
    id: "A.5.13",
    title: "Labelling of information",
    confidence: "recalled",
    source: "iso.org, 27001:2022 annex A",
  },
  "cis.aws.public-buckets": cis("AWS Foundations 3.0.0", "2.1.4", "S3 is configured with Block Public Access"),
  "cis.aws.rds-encryption": {
    ...cis("AWS Foundations 3.0.0", "2.3.1", "Encryption at rest is enabled for RDS instances"),
    confidence: "seen",
  },
  "cis.aws.rds-public": cis("AWS Foundations 3.0.0", "2.3.3", "Public access is not given to RDS instances"),
  "cis.aws.admin": cis("AWS Foundations 3.0.0", "1.16", "No IAM policy allows full administrative privileges"),
  "cis.aws.ports": cis("AWS Foundations 3.0.0", "5.2", "No security group allows the world into administration ports"),
  "cis.aws.tls": cis("AWS Foundations 3.0.0", "2.1.1", "S3 bucket policies deny HTTP requests"),
  "cis.k8s.privileged": cis("Kubernetes 1.8.0", "5.2.2", "Minimise the admission of privileged containers"),
  "cis.k8s.cluster-admin": cis("Kubernetes 1.8.0", "5.1.1", "cluster-admin is only used where required"),
  "cis.k8s.network": cis("Kubernetes 1.8.0", "5.3.2", "All namespaces have network policies"),
  "cis.k8s.secrets": cis("Kubernetes 1.8.0", "5.4.1", "Prefer secrets as files over secrets as environment variables"),
  "gdpr.transfers": law("GDPR", "art. 44", "general principle for transfers", GDPR),
  "gdpr.security": law("GDPR", "art. 32(1)", "security of processing", GDPR),
  "gdpr.minimisation": law("GDPR", "art. 25(2)", "data protection by default", GDPR),
  "gdpr.availability": law("GDPR", "art. 32(1)(b)-(c)", "resilience, and restoring access to data in time", GDPR),
  "dora.backup": law("DORA", "art. 12", "backup policies, restoration and recovery", DORA),
  "dora.continuity": law("DORA", "art. 11", "response and recovery", DORA),
  "dora.testing": law("DORA", "art. 24", "testing of digital operational resilience", DORA),
  "dora.protection": law("DORA", "art. 9", "protection and prevention", DORA),
  "nis2.measures": law("NIS2", "art. 21(2)", "cybersecurity risk-management measures", NIS2),
  "ma.security": law("Law 09-08", "art. 23", "security of processing, and of processing by others", LAW_0908),
  "ma.transfers": law("Law 09-08", "art. 43", "transfer to a foreign country", LAW_0908),
} as const satisfies Readonly<Record<string, Control>>;
export type ControlId = keyof typeof CONTROLS;

/** The controls of a rule as a finding shows them. */
export const controlsText = (ids: readonly ControlId[]): string =>
  ids.map((id) => `${CONTROLS[id].standard} ${CONTROLS[id].id}`).join("; ");
