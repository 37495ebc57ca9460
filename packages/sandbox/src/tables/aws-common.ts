import cloudFormation from "./aws.cloudformation.json" with { type: "json" };
import type { Reference, Row } from "./row.ts";

type Resources = Readonly<
  Record<string, { readonly replaceOn: readonly string[]; readonly engine: { readonly read: string } }>
>;
type Facts = Pick<Row, "source" | "asOf" | "seen" | "replaceOn">;

/** Day on which the pages that these tables cite were read. */
const READ = cloudFormation.read;

/**
 * Where a row's `replaceOn` is from, and what is in it, for a type that CloudFormation knows; `also` are sources of
 * other facts of the row, each with what they are about.
 */
export function createOnly(type: string, ...also: readonly string[]): Facts {
  const resources: Resources = cloudFormation.resources;
  const found = resources[type];
  if (!found) throw new Error(`no CloudFormation facts of ${type}; run generate/aws.py`);
  const { source, asOf } = cloudFormation;
  const others = [`engine: ${found.engine.read}`, ...also].map((one) => `${one} (read ${READ})`);
  return { source: [source, ...others].join("; "), asOf, seen: "generated", replaceOn: found.replaceOn };
}

/** The same for a type that CloudFormation has not: commit and path of the Terraform AWS provider's own source. */
export function upstream(place: string, replaceOn: readonly string[], ...also: readonly string[]): Facts {
  const page = `https://github.com/hashicorp/terraform-provider-aws/blob/${place}`;
  const source = [page, ...also].map((one) => `${one} (read ${READ})`).join("; ");
  return { source, asOf: READ, seen: "read", replaceOn };
}

/** What AWS's own description of a service's API says of something. */
export const api = (about: string, service: string) => `${about}: PyPI botocore 1.44.5, ${service}`;

/** Outputs that every regional type with tags has. */
export const TAGGED = { tagsAll: "{tags}", region: "{region}" };

const reference =
  (type: string, by: string, refusal: string) =>
  (path: string, onDelete: Reference["onDelete"]): Reference => ({ path, to: [{ type, by }], refusal, onDelete });

/** References to the types that many others name. */
export const vpc = reference("aws:ec2/vpc:Vpc", "id", "InvalidVpcID.NotFound: The vpc ID '{value}' does not exist");
export const subnet = reference(
  "aws:ec2/subnet:Subnet",
  "id",
  "InvalidSubnetID.NotFound: The subnet ID '{value}' does not exist",
);
export const routeTable = reference(
  "aws:ec2/routeTable:RouteTable",
  "id",
  "InvalidRouteTableID.NotFound: The routeTable ID '{value}' does not exist",
);
export const bucket = reference(
  "aws:s3/bucket:Bucket",
  "id",
  "NoSuchBucket: The specified bucket does not exist: {value}",
);
export const role = reference("aws:iam/role:Role", "arn", "InvalidParameterValue: The role {value} does not exist");

/** A security group: one that was made, one that was adopted, or the one that came with its VPC. */
export const securityGroup = (path: string, onDelete: Reference["onDelete"]): Reference => ({
  path,
  to: [
    { type: "aws:ec2/securityGroup:SecurityGroup", by: "id" },
    { type: "aws:ec2/vpc:Vpc", by: "defaultSecurityGroupId" },
  ],
  refusal: "InvalidGroup.NotFound: The security group '{value}' does not exist",
  onDelete,
});

/** A key, by its ARN or, where the service takes it, its id or alias. */
export const key = (path: string): Reference => ({
  path,
  to: [
    { type: "aws:kms/key:Key", by: "arn" },
    { type: "aws:kms/key:Key", by: "id" },
    { type: "aws:kms/alias:Alias", by: "arn" },
    { type: "aws:kms/alias:Alias", by: "name" },
  ],
  refusal: "KMSKeyNotAccessibleFault: The key {value} does not exist, is not enabled or you do not have access to it",
  onDelete: "ignore",
  furnished: /alias\/aws\//,
});
