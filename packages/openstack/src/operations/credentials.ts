import { readFileSync } from "node:fs";
import { OpenStackError } from "./errors.ts";

/** Where an OpenStack cloud is, as a place of the declaration says. What is absent comes from the environment. */
export interface CloudSettings {
  readonly authUrl?: string | undefined;
  readonly region: string;
  /** Certificate authority (PEM) of the endpoints; no other is trusted then. */
  readonly caCertificate?: string | undefined;
  /** Entry of clouds.yaml. `""`: none, whatever OS_CLOUD says. */
  readonly cloud?: string | undefined;
  /** Another project than that of the environment. */
  readonly projectId?: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that a login may be made of, by the words of clouds.yaml. */
export type Auth = Readonly<Record<string, string | undefined>>;

/** Who we are, for keystone. */
export interface Credentials {
  readonly authUrl: string;
  readonly region: string;
  readonly interface: string;
  readonly ca?: string;
  /** `identity` of keystone's request. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Absent for an application credential, which has its own. */
  readonly scope?: Readonly<Record<string, unknown>>;
  /** In words, for messages: "user alice", "project shop". */
  readonly who: string;
  readonly where: string;
  /** What must never be in a message. */
  readonly secrets: readonly string[];
}

/** The words of clouds.yaml and the variables that mean the same, in the order in which they count. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  auth_url: ["OS_AUTH_URL"],
  username: ["OS_USERNAME", "OS_USER_NAME"],
  user_id: ["OS_USER_ID"],
  password: ["OS_PASSWORD"],
  project_name: ["OS_PROJECT_NAME", "OS_TENANT_NAME"],
  project_id: ["OS_PROJECT_ID", "OS_TENANT_ID"],
  user_domain_name: ["OS_USER_DOMAIN_NAME", "OS_DOMAIN_NAME"],
  user_domain_id: ["OS_USER_DOMAIN_ID", "OS_DOMAIN_ID"],
  project_domain_name: ["OS_PROJECT_DOMAIN_NAME", "OS_DOMAIN_NAME"],
  project_domain_id: ["OS_PROJECT_DOMAIN_ID", "OS_DOMAIN_ID"],
  default_domain: ["OS_DEFAULT_DOMAIN"],
  token: ["OS_TOKEN", "OS_AUTH_TOKEN"],
  application_credential_id: ["OS_APPLICATION_CREDENTIAL_ID"],
  application_credential_name: ["OS_APPLICATION_CREDENTIAL_NAME"],
  application_credential_secret: ["OS_APPLICATION_CREDENTIAL_SECRET"],
  interface: ["OS_INTERFACE", "OS_ENDPOINT_TYPE"],
  cacert: ["OS_CACERT"],
};

/** What the environment says; the entry of clouds.yaml, where one is used, counts before it. */
const authOf = (entry: Auth, env: Environment): Auth => {
  const said = (names: readonly string[]): string | undefined => names.map((name) => env[name]).find((value) => value);
  return Object.fromEntries(Object.entries(VARIABLES).map(([key, names]) => [key, entry[key] || said(names)]));
};

/**
 * Credentials from a clouds.yaml entry and the environment, as OpenStack's own tools read them.
 * @throws {OpenStackError} of kind `settings`, with everything that is missing
 */
export const credentialsOf = (settings: CloudSettings, entry: Auth, env: Environment): Credentials => {
  const auth = authOf(settings.projectId ? { ...entry, project_id: settings.projectId } : entry, env);
  const authUrl = settings.authUrl ?? auth["auth_url"];
  const missing: string[] = [];
  if (authUrl === undefined) missing.push("OS_AUTH_URL (or openstack.authUrl of the place)");
  const identity = identityOf(auth, missing);
  if (missing.length > 0 || authUrl === undefined) {
    const reason = `the login lacks ${missing.join(", ")}`;
    const mend =
      "Set them in the environment, as OpenStack's own tools read them, or name an entry of clouds.yaml by OS_CLOUD.";
    throw new OpenStackError(`identity: ${reason}.`, { kind: "settings", service: "identity", reason, mend });
  }
  const scope = auth["application_credential_secret"] === undefined ? projectOf(auth) : undefined;
  const ca = settings.caCertificate ?? pemOf(auth["cacert"]);
  return {
    authUrl,
    region: settings.region,
    interface: (auth["interface"] ?? "public").replace(/URL$/, ""),
    ...(ca === undefined ? {} : { ca }),
    identity,
    ...(scope === undefined ? {} : { scope: { project: scope } }),
    who: whoIs(auth),
    where: settings.projectId ?? auth["project_name"] ?? auth["project_id"] ?? "",
    secrets: ["password", "application_credential_secret", "token"].flatMap((key) => auth[key] ?? []),
  };
};

const identityOf = (auth: Auth, missing: string[]): Readonly<Record<string, unknown>> => {
  const { token, password, application_credential_secret: secret } = auth;
  if (secret !== undefined) return applicationCredential(auth, secret, missing);
  if (password === undefined && token !== undefined) return { methods: ["token"], token: { id: token } };
  if (auth["username"] === undefined && auth["user_id"] === undefined) missing.push("OS_USERNAME");
  if (password === undefined) missing.push("OS_PASSWORD");
  if (projectOf(auth) === undefined) missing.push("OS_PROJECT_NAME");
  return { methods: ["password"], password: { user: { ...userOf(auth), password } } };
};

const applicationCredential = (auth: Auth, secret: string, missing: string[]) => {
  const { application_credential_id: id, application_credential_name: name } = auth;
  if (id === undefined && name === undefined) missing.push("OS_APPLICATION_CREDENTIAL_ID");
  const which = id === undefined ? { name, user: userOf(auth) } : { id };
  return { methods: ["application_credential"], application_credential: { ...which, secret } };
};

const userOf = (auth: Auth) =>
  auth["user_id"] === undefined ? { name: auth["username"], domain: domainOf(auth, "user") } : { id: auth["user_id"] };

const projectOf = (auth: Auth): Readonly<Record<string, unknown>> | undefined => {
  const { project_id: id, project_name: name } = auth;
  if (id !== undefined) return { id };
  return name === undefined ? undefined : { name, domain: domainOf(auth, "project") };
};

const domainOf = (auth: Auth, of: "user" | "project") => {
  const id = auth[`${of}_domain_id`];
  if (id !== undefined) return { id };
  const name = auth[`${of}_domain_name`];
  return name === undefined ? { id: auth["default_domain"] ?? "default" } : { name };
};

const whoIs = (auth: Auth): string => {
  if (auth["application_credential_secret"] !== undefined) {
    return `application credential ${auth["application_credential_name"] ?? auth["application_credential_id"]}`;
  }
  if (auth["password"] === undefined) return "the token";
  return `user ${auth["username"] ?? auth["user_id"]}`;
};

/** OS_CACERT is a file for OpenStack's own tools; the provider takes the text as well. */
const pemOf = (cacert: string | undefined): string | undefined => {
  if (cacert === undefined || cacert.startsWith("-----BEGIN")) return cacert;
  try {
    return readFileSync(cacert, "utf8");
  } catch (error) {
    const reason = `OS_CACERT: ${error instanceof Error ? error.message : error}`;
    throw new OpenStackError(reason, { kind: "settings", service: "identity", reason }, { cause: error });
  }
};
