import type { Resource } from "./case.ts";

const PROVIDERS: Readonly<Record<string, string>> = { aws: "aws", azurerm: "azurerm", google: "google" };

const providerOf = ({ type }: Resource): string => {
  const name = PROVIDERS[type.split("_")[0] ?? ""] ?? "aws";
  return `registry.terraform.io/hashicorp/${name}`;
};

const head = (resource: Resource): object => ({
  address: `${resource.type}.${resource.name}`,
  mode: "managed",
  type: resource.type,
  name: resource.name,
  provider_name: providerOf(resource),
});

/** A bucket is named by a reference, as people write it: some checks follow nothing else. */
const expression = (key: string, value: unknown): object =>
  key === "bucket" && typeof value === "string"
    ? { references: [`aws_s3_bucket.${value}.id`, `aws_s3_bucket.${value}`] }
    : { constant_value: value };

/** What `terraform show -json` writes of a plan that creates these. */
export const planOf = (resources: readonly Resource[]): object => ({
  format_version: "1.2",
  terraform_version: "1.9.8",
  planned_values: {
    root_module: {
      resources: resources.map((one) => ({
        ...head(one),
        schema_version: 0,
        values: one.values,
        sensitive_values: {},
      })),
    },
  },
  resource_changes: resources.map((one) => ({
    ...head(one),
    change: {
      actions: ["create"],
      before: null,
      after: one.values,
      after_unknown: {},
      before_sensitive: false,
      after_sensitive: {},
    },
  })),
  configuration: {
    root_module: {
      resources: resources.map((one) => ({
        ...head(one),
        expressions: Object.fromEntries(
          Object.entries(one.values).map(([key, value]) => [key, expression(key, value)]),
        ),
        schema_version: 0,
      })),
    },
  },
});

/** What `pulumi stack export` writes of the same. */
export const stateOf = (resources: readonly Resource[]): object => ({
  version: 3,
  deployment: {
    manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.270.0" },
    resources: resources.map(({ type, name, values }) => ({
      urn: `urn:pulumi:prod::peers::${type}::${name}`,
      custom: true,
      id: name,
      type,
      inputs: values,
      outputs: values,
    })),
  },
});
