import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks.js";

type Properties = Readonly<Record<string, unknown>>;

const ACCOUNT = "111122223333";

/** What a cloud adds to the inputs of a type, as far as other resources or outputs read it. A new type that others read gets a row. */
const COMPUTED: Readonly<Record<string, (id: string, inputs: Properties) => Properties>> = {
  "aws:kms/key:Key": (id) => ({ arn: `arn:aws:kms:eu-west-3:${ACCOUNT}:key/${id}`, keyId: id }),
  "aws:s3/bucket:Bucket": (_id, { bucket }) => ({ arn: `arn:aws:s3:::${bucket}` }),
  "aws:rds/instance:Instance": (id) => ({
    address: `${id}.rds.example`,
    masterUserSecrets: [{ secretArn: `arn:aws:secretsmanager:eu-west-3:${ACCOUNT}:secret:${id}` }],
  }),
  "azure-native:resources:ResourceGroup": (_id, { resourceGroupName }) => ({ name: resourceGroupName }),
  "azure-native:storage:StorageAccount": (_id, { accountName }) => ({ name: accountName }),
  "azure-native:storage:BlobContainer": (_id, { containerName }) => ({ name: containerName }),
  "openstack:networking/port:Port": () => ({ allFixedIps: ["10.40.0.9"] }),
  "openstack:keymanager/orderV1:OrderV1": (id) => ({ secretRef: `https://10.0.0.5:9311/v1/secrets/${id}` }),
  "openstack:keymanager/secretV1:SecretV1": (id) => ({ secretRef: `https://10.0.0.5:9311/v1/secrets/${id}` }),
  "openstack:identity/ec2CredentialV3:Ec2CredentialV3": () => ({ access: "access-key", secret: "made-by-the-cloud" }),
  "openstack:identity/applicationCredential:ApplicationCredential": () => ({ secret: "made-by-the-cloud" }),
};

export const computed = ({ type, inputs }: MockResourceArgs, id: string): Properties => ({
  ...inputs,
  ...COMPUTED[type]?.(id, inputs),
});

const CALLS: Readonly<Record<string, Properties>> = {
  "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": {
    emailAddress: "service-1@gs-project-accounts.iam.gserviceaccount.com",
  },
  "openstack:images/getImage:getImage": { id: "debian-13-id" },
  "openstack:identity/getAuthScope:getAuthScope": {
    projectId: "project-id",
    userId: "deployer-id",
    projectDomainId: "domain-id",
  },
  "openstack:identity/getRole:getRole": { id: "role-id" },
};

/** @throws {Error} for a function that no row answers */
export const answer = ({ token }: MockCallArgs): Record<string, unknown> => {
  const known = CALLS[token];
  if (known === undefined) throw new Error(`unmocked call ${token}: add it to answers.ts`);
  return { ...known };
};
