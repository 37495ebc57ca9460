import { addressOf, type Made, REFERS, TYPES } from "./types.ts";

const PROVIDER = "registry.terraform.io/hashicorp/aws";
const COMPUTED: ReadonlySet<string> = new Set(["arn", "bucket_domain_name", "bucket_regional_domain_name", "tags_all"]);

const head = ({ kind, name }: Made): object => ({
  address: addressOf(kind, name),
  mode: "managed",
  type: TYPES[kind].terraform,
  name: name.replaceAll("-", "_"),
});

const sensitive = ({ values }: Made): object => ({
  ...("tags" in values ? { tags: {} } : {}),
  ...("rule" in values ? { rule: [{ destination: [{}] }] } : {}),
});

const expressions = ({ values, refs }: Made): object =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
      if (value === null || COMPUTED.has(key)) return [];
      if (key === "rule") return [[key, [replicationRule(refs["rule.destination.bucket"] ?? "")]]];
      const [refers, target] = [REFERS[key], refs[key]];
      if (refers === undefined || target === undefined) return [[key, { constant_value: value }]];
      const address = addressOf(refers.kind, target);
      return [[key, { references: [`${address}.${refers.attribute}`, address] }]];
    }),
  );

const replicationRule = (target: string): object => {
  const address = addressOf("bucket", target);
  return {
    id: { constant_value: "all" },
    status: { constant_value: "Enabled" },
    destination: [{ bucket: { references: [`${address}.arn`, address] } }],
  };
};

function* list(made: readonly Made[], write: (one: Made) => object): Generator<string> {
  for (const [index, one] of made.entries()) yield `${index > 0 ? "," : ""}${JSON.stringify(write(one))}`;
}

/** What `terraform show -json` would write of a plan that creates everything, piece by piece. */
export function* planText(made: readonly Made[]): Generator<string> {
  yield `{"format_version":"1.2","terraform_version":"1.9.8","planned_values":{"root_module":{"resources":[`;
  yield* list(made, (one) => ({
    ...head(one),
    provider_name: PROVIDER,
    schema_version: 0,
    values: one.values,
    sensitive_values: sensitive(one),
  }));
  yield `]}},"resource_changes":[`;
  yield* list(made, (one) => ({
    ...head(one),
    provider_name: PROVIDER,
    change: {
      actions: ["create"],
      before: null,
      after: one.values,
      after_unknown: { id: true, ...sensitive(one) },
      before_sensitive: false,
      after_sensitive: sensitive(one),
    },
  }));
  const aws = { name: "aws", full_name: PROVIDER, expressions: { region: { constant_value: "eu-central-1" } } };
  yield `],"configuration":{"provider_config":${JSON.stringify({ aws })},"root_module":{"resources":[`;
  yield* list(made, (one) => ({
    ...head(one),
    provider_config_key: "aws",
    expressions: expressions(one),
    schema_version: 0,
  }));
  yield `]}},"timestamp":"2026-01-01T00:00:00Z","applyable":true,"complete":true,"errored":false}\n`;
}
