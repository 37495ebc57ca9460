import { each, keysOf, UNKNOWN, under } from "../resource.ts";
import { split } from "./check.ts";
import { document, listed } from "./json.ts";

/** One statement of a policy document. */
export interface Statement {
  /** Path of the document's property, and the number of the statement. */
  readonly path: string;
  readonly actions: readonly string[];
  /** Every action but some. */
  readonly allButActions: boolean;
  readonly resources: readonly string[];
  /** Whom it speaks of, where it says so: `*` for everybody. */
  readonly principals: readonly string[];
  readonly allButPrincipals: boolean;
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly key: string;
  readonly values: readonly string[];
}

/** Where a type holds a document, and whether it opens the resource (`resource`) or gives rights (`identity`). */
export interface Documents {
  readonly kind: "resource" | "identity";
  readonly paths: readonly string[];
}

const POLICY = ["policy"] as const;
const resource = (
  types: readonly string[],
  paths: readonly string[] = POLICY,
): readonly (readonly [string, Documents])[] => types.map((type) => [type, { kind: "resource", paths }]);
const identity = (
  types: readonly string[],
  paths: readonly string[] = POLICY,
): readonly (readonly [string, Documents])[] => types.map((type) => [type, { kind: "identity", paths }]);

/** Types with policy documents. Source: the input types of Pulumi AWS 7.48; IAM User Guide, policy types. */
export const DOCUMENTS: ReadonlyMap<string, Documents> = new Map([
  ...resource([
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucket:Bucket",
    "aws:s3/accessPoint:AccessPoint",
    "aws:s3control/bucketPolicy:BucketPolicy",
    "aws:s3control/accessPointPolicy:AccessPointPolicy",
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sqs/queue:Queue",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sns/topic:Topic",
    "aws:kms/key:Key",
    "aws:kms/keyPolicy:KeyPolicy",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:secretsmanager/secretPolicy:SecretPolicy",
    "aws:secretsmanager/secret:Secret",
    "aws:ecr/repositoryPolicy:RepositoryPolicy",
    "aws:ecr/registryPolicy:RegistryPolicy",
    "aws:efs/fileSystemPolicy:FileSystemPolicy",
    "aws:backup/vaultPolicy:VaultPolicy",
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
    "aws:kinesis/resourcePolicy:ResourcePolicy",
    "aws:dynamodb/resourcePolicy:ResourcePolicy",
    "aws:apigateway/restApi:RestApi",
    "aws:apigateway/restApiPolicy:RestApiPolicy",
    "aws:ecrpublic/repositoryPolicy:RepositoryPolicy",
    "aws:mediastore/containerPolicy:ContainerPolicy",
    "aws:iot/policy:Policy",
  ]),
  ...resource(
    ["aws:opensearch/domain:Domain", "aws:opensearch/domainPolicy:DomainPolicy", "aws:elasticsearch/domain:Domain"],
    ["accessPolicies"],
  ),
  ...resource(["aws:glacier/vault:Vault"], ["accessPolicy"]),
  ...resource(["aws:iam/role:Role"], ["assumeRolePolicy"]),
  ...identity([
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
  ]),
  ...identity(["aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"], ["inlinePolicy"]),
]);

/** Rights that a role carries inside, beside whom it trusts. */
export const INLINE_RIGHTS: ReadonlyMap<string, string> = new Map([["aws:iam/role:Role", "inlinePolicies.*.policy"]]);

/** What is read of the documents of a property. */
export interface ReadStatements {
  readonly statements: readonly Statement[];
  /** Documents that are not known yet. */
  readonly unknown: readonly string[];
}

/** The allowing statements of the documents under some paths. */
export const statementsOf = (props: unknown, paths: readonly string[]): ReadStatements => {
  const statements: Statement[] = [];
  const unknown: string[] = [];
  for (const dotted of paths) {
    for (const { path, value } of each(props, split(dotted))) {
      const found = document(value);
      if (found === UNKNOWN) unknown.push(path);
      else {
        for (const [index, one] of listed(under(found, ["Statement"])).entries()) {
          const statement = one === UNKNOWN ? undefined : statementOf(one, `${path}.Statement.${index}`);
          if (statement !== undefined) statements.push(statement);
        }
      }
    }
  }
  return { statements, unknown };
};

const statementOf = (value: unknown, path: string): Statement | undefined => {
  if (under(value, ["Effect"]) !== "Allow") return undefined;
  const not = under(value, ["NotAction"]);
  return {
    path,
    actions: textsOf(under(value, ["Action"])),
    allButActions: not !== undefined,
    resources: textsOf(under(value, ["Resource"])),
    principals: principalsOf(under(value, ["Principal"])),
    allButPrincipals: under(value, ["NotPrincipal"]) !== undefined,
    conditions: conditionsOf(under(value, ["Condition"])),
  };
};

const textsOf = (value: unknown): readonly string[] => listed(value).filter((one) => typeof one === "string");

const principalsOf = (value: unknown): readonly string[] => {
  if (typeof value === "string") return [value];
  return keysOf(value).flatMap((key) =>
    textsOf(under(value, [key])).map((name) => (key === "Service" ? `${name}` : name)),
  );
};

const conditionsOf = (value: unknown): readonly Condition[] =>
  keysOf(value).flatMap((operator) => {
    const keys = under(value, [operator]);
    return keysOf(keys).map((key) => ({ key: key.toLowerCase(), values: textsOf(under(keys, [key])) }));
  });

/** Conditions that name who may come, so that `*` is not everybody. */
const LIMITING: ReadonlySet<string> = new Set([
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalaccount",
  "aws:principalarn",
  "aws:userid",
  "aws:sourceaccount",
  "aws:sourceowner",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceip",
  "aws:vpcsourceip",
  "kms:calleraccount",
  "kms:viaservice",
  "elasticfilesystem:accesspointarn",
  "elasticfilesystem:accessedviamounttarget",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "lambda:functionurlauthtype",
]);

/** Whether a statement lets everybody in. */
export const isForAll = ({ principals, allButPrincipals, conditions }: Statement): boolean =>
  (allButPrincipals || principals.includes("*")) &&
  !conditions.some(
    ({ key, values }) =>
      LIMITING.has(key) && values.length > 0 && !values.some((value) => /^(\*|0\.0\.0\.0\/0|::\/0)$/.test(value)),
  );

/** Actions that give everything of a service, or let their holder become somebody else. */
const BROAD = /^(\*|\*:\*|[a-z0-9-]+:\*)$/i;
const BECOMING =
  /^(iam:passrole|sts:assumerole|iam:createpolicyversion|iam:attach(role|user)policy|iam:put(role|user)policy)$/i;

/** Rights that are wider than any task; nothing when the statement names what it allows. */
export const breadthOf = ({ actions, allButActions, resources }: Statement): string | undefined => {
  const everywhere = resources.some((name) => name === "*" || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*$/.test(name));
  const all = actions.find((action) => action === "*" || action === "*:*");
  if (all !== undefined) return `every action on ${everywhere ? "everything" : "what it names"}`;
  if (!everywhere) return undefined;
  if (allButActions) return "every action but some on everything";
  const broad = actions.find((action) => BROAD.test(action) || BECOMING.test(action));
  return broad === undefined ? undefined : `${broad} on everything`;
};
