import { containersOf, runsContainers } from "../facts/containers.ts";
import { holdsKey, isLiteral, isMarked, namesSecret, plainSecrets, SECRET_PATHS } from "../facts/secrets.ts";
import { at, entries, type Resource, shown, text, UNKNOWN } from "../resource.ts";
import { type Answer, NOTHING, type Rule } from "./rule.ts";

const WANTED = "a reference to a secret store";
const MEND =
  "Keep it in the cloud's secret store and hand on the reference; what passes through the program is marked as secret.";

/** Never the value itself. */
const complaint = (path: string, found: string): Answer => ({
  kind: "complaint",
  path,
  wanted: WANTED,
  found,
  mend: MEND,
});

/** Variables whose name says that they hold a secret, with a text in plain sight. */
const inEnvironment = (resource: Resource): readonly Answer[] =>
  containersOf(resource.type, resource.props).containers.flatMap(({ env }) =>
    env.flatMap(({ name, value, path }): readonly Answer[] => {
      if (typeof value !== "string" || isMarked(resource, path)) return NOTHING;
      if (holdsKey(value)) return [complaint(path, "a secret in plain text")];
      return namesSecret(name) && isLiteral(value) ? [complaint(path, `a text for ${shown(name)}`)] : NOTHING;
    }),
  );

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";

const inConfigMap = (resource: Resource): readonly Answer[] => {
  if (resource.type !== CONFIG_MAP) return NOTHING;
  const data = entries(resource.props, "data");
  if (data === UNKNOWN) return NOTHING;
  return data.flatMap(([key, value]): readonly Answer[] => {
    const path = `data.${key}`;
    if (typeof value !== "string" || isMarked(resource, path)) return NOTHING;
    const held = holdsKey(value) || (namesSecret(key) && isLiteral(value));
    return held ? [complaint(path, `a secret under ${shown(key)}`)] : NOTHING;
  });
};

/** The engine marks what a Secret holds; where it is not marked it stands in the state as it is. */
const inSecret = (resource: Resource): readonly Answer[] => {
  if (resource.type !== SECRET) return NOTHING;
  return ["data", "stringData"].flatMap((property) => {
    const held = entries(resource.props, property);
    if (held === UNKNOWN || isMarked(resource, property)) return [];
    return held.flatMap(([key, value]) =>
      typeof value === "string" && isLiteral(value) && !isMarked(resource, `${property}.${key}`)
        ? [complaint(`${property}.${key}`, "a text that is not marked as secret")]
        : [],
    );
  });
};

/** Texts in which people leave secrets: what a machine runs first, settings, descriptions. */
const TEXTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws:ec2/instance:Instance", ["userData", "userDataBase64"]],
  ["aws:ec2/launchTemplate:LaunchTemplate", ["userData"]],
  ["azure-native:compute:VirtualMachine", ["userData", "osProfile.customData"]],
  ["gcp:compute/instance:Instance", ["metadataStartupScript", "metadata.user-data", "metadata.startup-script"]],
  ["openstack:compute/instance:Instance", ["userData"]],
]);
const ASSIGNED = /\b[A-Za-z_]*(?:password|passwd|secret|token|api_?key)[A-Za-z_]*\s*[=:]\s*["']?([^\s"'$]{6,})/i;

const inTexts = (resource: Resource): readonly Answer[] =>
  (TEXTS.get(resource.type) ?? []).flatMap((path) => {
    const found = text(resource.props, ...path.split("."));
    if (typeof found !== "string" || isMarked(resource, path)) return [];
    const plain = /Base64|customData$|^userData$/.test(path) ? `${found}\n${decoded(found)}` : found;
    const assigned = ASSIGNED.exec(plain)?.[1];
    const held = holdsKey(plain) || (assigned !== undefined && isLiteral(assigned));
    return held ? [complaint(path, "a secret among what the machine runs first")] : [];
  });

const decoded = (value: string): string => {
  if (!/^[A-Za-z0-9+/=\s]{16,}$/.test(value)) return "";
  return Buffer.from(value, "base64").toString("utf8");
};

/** What a provider is told to log in with. */
const PROVIDER = /^pulumi:providers:/;
const LOGINS = [
  "secretKey",
  "accessKey",
  "token",
  "password",
  "clientSecret",
  "applicationCredentialSecret",
  "credentials",
];

const inProvider = (resource: Resource): readonly Answer[] =>
  PROVIDER.test(resource.type)
    ? LOGINS.flatMap((key) => {
        const value = at(resource.props, key);
        const plain = typeof value === "string" && isLiteral(value) && !isMarked(resource, key);
        return plain ? [complaint(key, "a text that is not marked as secret")] : [];
      })
    : NOTHING;

export const keepSecretsOutOfPlainText: Rule = {
  name: "keep-secrets-out-of-plain-text",
  severity: "high",
  description: "Passwords, keys and tokens are references to a secret store, or at least marked as secret.",
  serves: ["gdpr.security", "dora.protection", "cis.k8s.secrets"],
  remedy: MEND,
  onlyCatches: "a password written out in a container's environment",
  asks: (type) =>
    SECRET_PATHS.has(type) ||
    TEXTS.has(type) ||
    runsContainers(type) ||
    type === CONFIG_MAP ||
    type === SECRET ||
    PROVIDER.test(type),
  judge: (resource) => [
    ...plainSecrets(resource).map((path) => complaint(path, "a text that is not marked as secret")),
    ...inEnvironment(resource),
    ...inConfigMap(resource),
    ...inSecret(resource),
    ...inTexts(resource),
    ...inProvider(resource),
  ],
};

/** Properties in which texts are searched, for the walk over the SDKs. */
export const TEXT_PATHS = TEXTS;
