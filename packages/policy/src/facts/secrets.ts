import { each, type Resource, UNKNOWN } from "../resource.ts";
import { split } from "./check.ts";

/** Properties that hold a secret when they are set. */
export const SECRET_PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws:rds/instance:Instance", ["password"]],
  ["aws:rds/cluster:Cluster", ["masterPassword"]],
  ["aws:docdb/cluster:Cluster", ["masterPassword"]],
  ["aws:docdb/elasticCluster:ElasticCluster", ["adminUserPassword"]],
  ["aws:redshift/cluster:Cluster", ["masterPassword"]],
  ["aws:redshiftserverless/namespace:Namespace", ["adminUserPassword"]],
  ["aws:lightsail/database:Database", ["masterPassword"]],
  ["aws:elasticache/replicationGroup:ReplicationGroup", ["authToken"]],
  ["aws:elasticache/user:User", ["passwords.*"]],
  ["aws:memorydb/user:User", ["authenticationMode.passwords.*"]],
  ["aws:opensearch/domain:Domain", ["advancedSecurityOptions.masterUserOptions.masterUserPassword"]],
  ["aws:mq/broker:Broker", ["users.*.password"]],
  ["aws:secretsmanager/secretVersion:SecretVersion", ["secretString", "secretBinary"]],
  ["aws:ssm/parameter:Parameter", ["value"]],
  ["aws:dms/endpoint:Endpoint", ["password"]],
  ["aws:directoryservice/directory:Directory", ["password"]],
  ["aws:fsx/windowsFileSystem:WindowsFileSystem", ["selfManagedActiveDirectory.password"]],
  [
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    ["httpEndpointConfiguration.accessKey", "splunkConfiguration.hecToken"],
  ],
  ["aws:cloudwatch/eventConnection:EventConnection", ["authParameters.apiKey.value", "authParameters.basic.password"]],
  ["aws:kms/externalKey:ExternalKey", ["keyMaterialBase64"]],
  [
    "aws:kms/customKeyStore:CustomKeyStore",
    ["keyStorePassword", "xksProxyAuthenticationCredential.rawSecretAccessKey"],
  ],
  ["aws:codebuild/sourceCredential:SourceCredential", ["token"]],
  ["azure-native:sql:Server", ["administratorLoginPassword"]],
  ["azure-native:sql:ManagedInstance", ["administratorLoginPassword"]],
  ["azure-native:dbforpostgresql:Server", ["administratorLoginPassword"]],
  ["azure-native:dbformysql:Server", ["administratorLoginPassword"]],
  ["azure-native:dbforpostgresql:ServerGroupCluster", ["administratorLoginPassword"]],
  ["azure-native:mongocluster:MongoCluster", ["properties.administrator.password"]],
  ["azure-native:synapse:Workspace", ["sqlAdministratorLoginPassword"]],
  ["azure-native:compute:VirtualMachine", ["osProfile.adminPassword"]],
  ["azure-native:compute:VirtualMachineScaleSet", ["virtualMachineProfile.osProfile.adminPassword"]],
  ["azure-native:keyvault:Secret", ["properties.value"]],
  [
    "azure-native:containerinstance:ContainerGroup",
    ["imageRegistryCredentials.*.password", "containers.*.environmentVariables.*.secureValue"],
  ],
  ["azure-native:app:ContainerApp", ["configuration.secrets.*.value"]],
  ["azure-native:web:WebAppConnectionStrings", ["properties.*.value"]],
  ["gcp:sql/databaseInstance:DatabaseInstance", ["rootPassword"]],
  ["gcp:sql/user:User", ["password"]],
  ["gcp:alloydb/cluster:Cluster", ["initialUser.password"]],
  ["gcp:alloydb/user:User", ["password"]],
  ["gcp:secretmanager/secretVersion:SecretVersion", ["secretData"]],
  ["gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion", ["secretData"]],
  ["openstack:keymanager/secretV1:SecretV1", ["payload"]],
  ["openstack:compute/instance:Instance", ["adminPass"]],
  ["openstack:identity/user:User", ["password"]],
  ["openstack:database/user:User", ["password"]],
  ["openstack:database/instance:Instance", ["users.*.password"]],
  ["openstack:vpnaas/siteConnection:SiteConnection", ["psk"]],
  ["openstack:identity/applicationCredential:ApplicationCredential", ["secret"]],
]);

/** Whether a path of a resource is marked as secret: itself, or what it lies in. */
export const isMarked = ({ secretPaths }: Resource, path: string): boolean =>
  secretPaths?.some((marked) => marked === path || path.startsWith(`${marked}.`) || marked.startsWith(`${path}.`)) ===
  true;

/** Names of variables and keys that hold a secret. */
const NAME =
  /(^|[_.-])(password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|credentials?|connection[_-]?string|auth)$/i;
const NOT_NAME =
  /(_file|_path|_dir|_name|_id|_arn|_url|_uri|_ref|_header|_ttl|_expiry|_type|public_?key|secret_?name|token_?(url|uri|endpoint|issuer))$/i;

export const namesSecret = (name: string): boolean => NAME.test(name) && !NOT_NAME.test(name);

/** What stands for a secret: a reference, a placeholder, a path, a switch. */
const REFERENCE =
  /^(\$\{.*\}|\$\(.*\)|\{\{.*\}\}|@Microsoft\.KeyVault\(.*\)|arn:[^:]*:(secretsmanager|ssm|kms):.*|projects\/[^/]+\/secrets\/.*|vault:.*|ref\+.*|sm:\/\/.*|\/run\/secrets\/.*|\/[a-z0-9/_.-]+|true|false|null|none|changeme\?)$/i;

export const isLiteral = (value: string): boolean => value.trim() !== "" && !REFERENCE.test(value.trim());

/** Texts that are a secret wherever they stand. */
const KEYS =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b|\bxox[bp]-[0-9A-Za-z-]{20,}|\bglpat-[0-9A-Za-z_-]{20}\b/;
/** `scheme://user:password@host`. */
const LOGIN = /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@$]+:([^\s@$][^\s@]*)@[^\s]/i;

export const holdsKey = (value: string): boolean => {
  if (KEYS.test(value)) return true;
  const password = LOGIN.exec(value)?.[1];
  return password !== undefined && isLiteral(password);
};

/** Secrets of a type that stand in its properties in plain text. */
export const plainSecrets = (resource: Resource): readonly string[] => {
  const paths = SECRET_PATHS.get(resource.type) ?? [];
  return paths.flatMap((path) =>
    each(resource.props, split(path)).flatMap(({ path: place, value }) => {
      if (value === UNKNOWN || typeof value !== "string" || !isLiteral(value)) return [];
      return isMarked(resource, place) ? [] : [place];
    }),
  );
};
