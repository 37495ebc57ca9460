import { createRequire } from "node:module";
import { Secret } from "@pulumi/policy";
import { describe, expect, test } from "vitest";
import { policiesOf } from "../../packages/policy/src/crossguard.ts";
import {
  applyWaivers,
  EXPIRED_WAIVER,
  estateOf,
  evaluate,
  type PlainResource,
  policyNames,
  rulesOf,
  settingsOf,
  UNKNOWN,
} from "../../packages/policy/src/index.ts";
import { HOUSE, TODAY } from "./support.ts";

const settings = settingsOf({ declaration: HOUSE, env: "dev" }, TODAY);
if (!settings.ok) throw new Error("the declaration of the tests is broken");
const context = { declaration: settings.value.declaration };
const judge = (resources: readonly PlainResource[], rules?: readonly string[], more: object = context) =>
  evaluate(estateOf(resources, more), { asOf: TODAY, ...(rules === undefined ? {} : { rules }) });

const plain = (
  type: string,
  name: string,
  properties: PlainResource["properties"],
  more: Partial<PlainResource> = {},
) => ({
  id: `urn:pulumi:dev::app::${type}::${name}`,
  type,
  name,
  properties,
  stack: "app/dev",
  ...more,
});
const provider = plain("pulumi:providers:aws", "paris", { region: "eu-west-3" });
const secret = { "kasbah-class": "restricted", "kasbah-datasets": "documents" };

describe("inputs, however they looked", () => {
  test("a provider by its id, as a state writes it", () => {
    const bucket = plain("aws:s3/bucket:Bucket", "b", { tags: secret }, { provider: `${provider.id}::6f1c` });
    const found = judge([provider, bucket], ["keep-data-in-permitted-places"]);
    expect(found.map(({ found: words }) => words).join()).toContain("europe = aws/eu-west-3");
  });

  test("old type names and API versions are today's", () => {
    const account = { location: "francecentral", tags: secret, sku: { name: "Standard_GRS" } };
    const found = judge(
      [plain("azure-native:storage/v20230101:StorageAccount", "s", account)],
      ["keep-copies-in-permitted-places"],
    );
    expect(found).toHaveLength(1);
    const listener = { protocol: "HTTP", defaultActions: [{ type: "forward" }] };
    for (const type of ["aws:alb/listener:Listener", "aws:elasticloadbalancingv2/listener:Listener"]) {
      expect(judge([plain(type, "l", listener)], ["require-encryption-in-transit"])).toHaveLength(1);
    }
    const ingress = plain("kubernetes:extensions/v1beta1:IngressPatch", "i", { spec: { rules: [] } });
    expect(judge([ingress], ["require-encryption-in-transit"])).toHaveLength(1);
  });

  test("what is not known: by its mark, or by its path", () => {
    const rules = ["require-encryption-at-rest"];
    const database = (properties: PlainResource["properties"], more: Partial<PlainResource> = {}) =>
      judge([plain("aws:rds/instance:Instance", "d", { tags: secret, ...properties }, more)], rules);
    expect(database({ storageEncrypted: true })).toEqual([]);
    expect(database({ storageEncrypted: UNKNOWN })[0]?.found).toContain("cannot decide");
    expect(database({}, { unknownPaths: ["storageEncrypted"] })[0]?.found).toContain("cannot decide");
  });

  test("an unknown reference is followed by the dependencies", () => {
    const abroad = plain("aws:s3/bucket:Bucket", "abroad", { region: "us-east-1", tags: { "kasbah-class": "public" } });
    const home = plain("aws:s3/bucket:Bucket", "home", { bucket: "home", region: "eu-west-3", tags: secret });
    const copy = plain(
      "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
      "r",
      { bucket: "home", rules: [{ status: "Enabled", destination: { bucket: UNKNOWN } }] },
      { propertyDependencies: { rules: [abroad.id] } },
    );
    const found = judge([abroad, home, copy], ["keep-copies-in-permitted-places"]);
    expect(found.map((finding) => finding.found).join()).toContain("stored in US");
  });

  test("data flow across stacks", () => {
    const group = plain("aws:cloudwatch/logGroup:LogGroup", "g", { name: "g", region: "eu-west-3", tags: secret });
    const filter = plain(
      "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
      "f",
      { logGroup: "g", destinationArn: "arn:aws:kinesis:us-east-1:1:stream/s" },
      { stack: "logs/dev" },
    );
    expect(judge([group, filter], ["keep-logs-in-permitted-places"])).toHaveLength(1);
    expect(judge([filter], ["keep-logs-in-permitted-places"])[0]?.found).toContain("cannot decide");
  });

  test("another house's labels and words", () => {
    const bucket = plain("aws:s3/bucket:Bucket", "b", { region: "us-east-1", tags: { "data-class": "secret" } });
    const house = { labelKeys: { class: ["data-class"] }, classWords: { secret: "restricted" }, homeCountries: ["FR"] };
    const found = judge([bucket], ["require-class-label", "keep-data-in-permitted-places"], house);
    expect(found.map(({ rule }) => rule)).toEqual(["keep-data-in-permitted-places"]);
  });

  test("a secret is never shown, wherever a message quotes it", () => {
    const value = "a-sample-value-that-is-secret";
    const bucket = plain("aws:s3/bucket:Bucket", "b", { region: value, tags: secret }, { secretPaths: ["region"] });
    const found = judge([bucket]);
    expect(JSON.stringify(found)).not.toContain(value);
    expect(JSON.stringify(found)).toContain("[secret]");
  });
});

describe("waivers", () => {
  const bucket = plain("aws:s3/bucket:Bucket", "b", { region: "eu-west-3" });
  const waiver = { rule: "require-class-label", reason: "r", approver: "a", expires: "2026-12-31" };
  const found = judge([bucket], ["require-class-label"]);

  test.each([bucket.id, "aws:s3/bucket:Bucket::b"])("one for %s marks its finding", (resource) => {
    const [marked] = applyWaivers(found, [{ ...waiver, resource }], TODAY);
    expect(marked?.waived).toEqual({ reason: "r", approver: "a", expires: "2026-12-31" });
  });

  test("one for another rule or resource marks nothing", () => {
    const others = [
      { ...waiver, resource: "aws:s3/bucket:Bucket::c" },
      { ...waiver, resource: bucket.id, rule: "keep-data-private" },
    ];
    expect(applyWaivers(found, others, TODAY)).toEqual(found);
  });

  test("one that has run out covers nothing, and is a finding; on its last day it holds", () => {
    const last = { ...waiver, resource: bucket.id, expires: TODAY };
    expect(applyWaivers(found, [last], TODAY)[0]?.waived).toBeDefined();
    const after = applyWaivers(found, [last], "2026-11-22");
    expect(after.map(({ rule, waived }) => [rule, waived])).toEqual([
      ["require-class-label", undefined],
      [EXPIRED_WAIVER, undefined],
    ]);
  });
});

interface Proxies {
  readonly unknownCheckingProxy: (props: unknown) => Record<string, unknown>;
}
interface SecretProxies {
  readonly secretsPreservingProxy: (props: unknown) => Record<string, unknown>;
}
const require = createRequire(import.meta.url);
const { unknownCheckingProxy }: Proxies = require("@pulumi/policy/proxy.js");
const { secretsPreservingProxy }: SecretProxies = require("@pulumi/policy/secret.js");

describe("in the engine", () => {
  const options = { protect: false, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] };
  const pack = (config: object) => {
    const [each, , mends] = policiesOf({
      names: policyNames("kasbah"),
      description: "d",
      rules: rulesOf(),
      today: TODAY,
      say: () => undefined,
    });
    const common = {
      stackTags: new Map<string, string>(),
      getConfig: <T extends object>() => ({ ...config }) as T,
      isType: () => false,
      asType: () => undefined,
      opts: { ...options, customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 } },
      notApplicable: (): never => {
        throw new Error("not used");
      },
    };
    const messages: string[] = [];
    return {
      messages,
      mend: (one: PlainResource, raw: object) =>
        mends.remediateResource?.({
          ...common,
          urn: one.id,
          type: one.type,
          name: one.name,
          props: unknownCheckingProxy(secretsPreservingProxy(raw)),
        }),
      analyze: (one: PlainResource) => {
        const { validateResource } = each;
        const args = {
          ...common,
          urn: one.id,
          type: one.type,
          name: one.name,
          props: unknownCheckingProxy(one.properties),
        };
        for (const validate of [validateResource ?? []].flat())
          void validate(args, (message) => messages.push(message));
      },
    };
  };
  const config = { declaration: HOUSE, env: "dev", asOf: TODAY };
  const database = plain("aws:rds/instance:Instance", "d", { tags: secret, password: "a-sample-value" });

  test("only a remediation is told what is secret, and the rule for secrets goes by it", () => {
    const told = pack(config);
    told.mend(database, { tags: secret, password: new Secret("a-sample-value") });
    told.analyze(database);
    expect(told.messages.filter((text) => text.startsWith("keep-secrets"))).toEqual([]);
    const untold = pack(config);
    untold.mend(database, { tags: secret, password: "a-sample-value" });
    untold.analyze(database);
    expect(untold.messages.filter((text) => text.startsWith("keep-secrets"))).toHaveLength(1);
    expect(untold.messages.join()).not.toContain("a-sample-value");
  });

  test("nothing is mended unless that is asked for", () => {
    const raw = { tags: { "kasbah-class": "public", "kasbah-datasets": "documents" } };
    const bucket = plain("aws:s3/bucket:Bucket", "b", raw);
    expect(pack(config).mend(bucket, raw)).toBeUndefined();
    expect(raw.tags["kasbah-class"]).toBe("public");
  });

  test("a class is raised to that of its data sets, never lowered; a switch is set, never changed", () => {
    const mending = pack({ ...config, mend: true });
    mending.analyze(plain("pulumi:pulumi:Stack", "s", {})); // the settings come with the first resource
    const raw = { tags: { "kasbah-class": "public", "kasbah-datasets": "documents" } };
    expect(mending.mend(plain("aws:s3/bucket:Bucket", "b", raw), raw)).toBeDefined();
    expect(raw.tags["kasbah-class"]).toBe("restricted");
    const high = { tags: { "kasbah-class": "critical", "kasbah-datasets": "documents" } };
    expect(mending.mend(plain("aws:s3/bucket:Bucket", "h", high), high)).toBeUndefined();
    const container = { name: "c", image: "registry.example.ma/qdrant/qdrant:v1" };
    const pod: { spec: { containers: (typeof container & { env?: object[] })[] } } = {
      spec: { containers: [container] },
    };
    expect(mending.mend(plain("kubernetes:core/v1:Pod", "p", pod), pod)).toBeDefined();
    expect(pod.spec.containers[0]?.env).toEqual([{ name: "QDRANT__TELEMETRY_DISABLED", value: "true" }]);
    expect(mending.mend(plain("kubernetes:core/v1:Pod", "p", pod), pod)).toBeUndefined();
  });

  test("a waived finding refuses nothing; one that has run out refuses the stack", () => {
    const one = { rule: "require-class-label", resource: "aws:s3/bucket:Bucket::b", reason: "r", approver: "a" };
    const bucket = plain("aws:s3/bucket:Bucket", "b", { region: "eu-west-3" });
    const run = (expires: string) => {
      const told = pack({ ...config, waivers: { waivers: [{ ...one, expires }] } });
      told.analyze(plain("pulumi:pulumi:Stack", "s", {}));
      told.analyze(bucket);
      return told.messages.map((text) => text.split(":", 1).join());
    };
    expect(run("2026-12-31")).toEqual([]);
    expect(run("2026-01-31")).toEqual([EXPIRED_WAIVER, "require-class-label"]);
  });
});
