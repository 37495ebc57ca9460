/**
 * What is known of a cluster's servers before anything is made. With the image and the flavor it makes their generation:
 * a change makes new servers, one after another.
 */
export interface MemberBoot {
  /** Physical name of the cluster. */
  readonly cluster: string;
  /** Identity endpoint with its version. */
  readonly identity: string;
  readonly mirrors: { readonly main: string; readonly security: string };
  readonly caCertificate: string | undefined;
  /** S3 interface of the object storage that holds settings and reports. */
  readonly storage: { readonly endpoint: string; readonly region: string };
  /** Container of the settings. */
  readonly settings: string;
  /** Container of the reports. */
  readonly reports: string;
}

/** Secrets of the key manager that a server fetches once, each as its reference. */
export interface BootRefs {
  readonly authority: string;
  readonly seal: string;
  readonly settingsKeys: string;
  readonly cipher: string;
  readonly vaults: readonly string[];
}

/** What is known only when it has been made. */
export interface MemberMade {
  readonly generation: string;
  readonly member: { readonly name: string; readonly address: string; readonly dataVolume: string };
  /** The bootstrap credential: the only secret. */
  readonly credential: { readonly id: string; readonly secret: string };
  readonly refs: BootRefs;
  /** Ed25519, PEM. */
  readonly publicKey: string;
}

/** The object that the settings are, in their container. */
export const SETTINGS_OBJECT = "settings.json";

/** What `/etc/kasbah/bootstrap.json` says. */
export const bootstrapOf = (boot: MemberBoot, { generation, member, credential, refs, publicKey }: MemberMade) => ({
  identity: boot.identity,
  credential,
  refs,
  settings: { ...boot.storage, bucket: boot.settings, object: SETTINGS_OBJECT },
  reports: { bucket: boot.reports },
  publicKey,
  cluster: boot.cluster,
  generation,
  member,
});
