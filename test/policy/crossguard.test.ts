import { createRequire } from "node:module";
import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { expect, test } from "vitest";
import { policiesOf } from "../../packages/policy/src/crossguard.ts";
import { policyConfig, RESIDENCY, RESIDENCY_POLICIES, type Resource } from "../../packages/policy/src/index.ts";
import { bucket, made, NOT_KNOWN } from "../../packages/policy/src/rules/sample.ts";
import { HOUSE, TODAY } from "./support.ts";

interface Proxies {
  readonly unknownCheckingProxy: (props: unknown) => Record<string, unknown>;
}
/** The SDK's own wrapper, whose objects throw on what is not known. */
const { unknownCheckingProxy }: Proxies = createRequire(import.meta.url)("@pulumi/policy/proxy.js");

const options = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

/** A pack as the engine drives it: resources one by one, then the stack. */
const pack = (config: object = policyConfig(HOUSE, "dev", TODAY)["residency"] ?? {}) => {
  const said: string[] = [];
  const [each, stack] = policiesOf({
    names: RESIDENCY_POLICIES,
    description: "d",
    rules: RESIDENCY,
    today: TODAY,
    say: (line) => said.push(line),
  });
  const messages: string[] = [];
  const report = (message: string): void => void messages.push(message);
  const common = {
    stackTags: new Map<string, string>(),
    getConfig: <T extends object>() => ({ ...config }) as T,
    notApplicable: (): never => {
      throw new Error("not used");
    },
  };
  const analyze = ({ urn, type, name, props, provider }: Resource): void => {
    const args: ResourceValidationArgs = {
      ...common,
      urn,
      type,
      name,
      props: unknownCheckingProxy(props),
      opts: options,
      provider: { type: "p", urn: "p", name: "p", props: unknownCheckingProxy(provider?.props) },
      isType: () => false,
      asType: () => undefined,
    };
    const { validateResource } = each;
    for (const validate of [validateResource ?? []].flat()) void validate(args, report);
  };
  const end = (dependencies: Readonly<Record<string, Readonly<Record<string, readonly Resource[]>>>>): void => {
    const seen = (
      resource: { readonly urn: string },
      properties: PolicyResource["propertyDependencies"] = {},
    ): PolicyResource => ({
      ...{ urn: resource.urn, type: "", name: "", props: {}, opts: options, dependencies: [] },
      ...{ propertyDependencies: properties, isType: () => false, asType: () => undefined },
    });
    const resources = Object.entries(dependencies).map(([urn, properties]) =>
      seen(
        { urn },
        Object.fromEntries(Object.entries(properties).map(([key, list]) => [key, list.map((one) => seen(one))])),
      ),
    );
    const args: StackValidationArgs = { ...common, resources };
    void stack.validateStack(args, report);
  };
  return { analyze, end, messages, said };
};

const secret = bucket("secret", "restricted", "documents");
const abroad = bucket("abroad", "public", "product-docs", "us-east-1");
const docs = bucket("docs", "public", "product-docs");
const config = (source: string, destination: string) =>
  made(
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "r",
    { bucket: source, rules: [{ status: "Enabled", destination: { bucket: destination } }] },
    { region: "eu-west-3" },
  );

test("an unknown destination waits for the end of the preview and is then followed", () => {
  const { analyze, end, messages } = pack();
  const replication = config("secret", NOT_KNOWN);
  for (const resource of [secret, abroad, replication]) analyze(resource);
  messages.length = 0;
  end({ [replication.urn]: { rules: [abroad] } });
  expect(messages.join("\n")).toContain("keep-copies-in-permitted-places: rules.0.destination.bucket");
  expect(messages.join("\n")).toContain("stored in US");
});

test("an unknown source is followed too, and what may go anywhere passes", () => {
  const { analyze, end, messages } = pack();
  const replication = config(NOT_KNOWN, NOT_KNOWN);
  for (const resource of [docs, abroad, replication]) analyze(resource);
  end({ [replication.urn]: { bucket: [docs], rules: [abroad] } });
  expect(messages).toEqual([]);
});

test("a reference by way of another resource is followed to what it means", () => {
  const { analyze, end, messages } = pack();
  const versioning = made("aws:s3/bucketVersioning:BucketVersioning", "v", { bucket: NOT_KNOWN });
  const replication = config(NOT_KNOWN, "arn:aws:s3:::abroad");
  for (const resource of [secret, abroad, versioning, replication]) analyze(resource);
  messages.length = 0;
  end({ [replication.urn]: { bucket: [versioning] }, [versioning.urn]: { bucket: [secret] } });
  expect(messages.join("\n")).toContain("documents only where the law permits (home)");
});

test("an unknown that leads nowhere is refused", () => {
  const { analyze, end, messages } = pack();
  const replication = config("secret", NOT_KNOWN);
  for (const resource of [secret, replication]) analyze(resource);
  messages.length = 0;
  end({ [replication.urn]: { rules: [] } });
  expect(messages.join("\n")).toContain("cannot decide: rules.0.destination.bucket is not known yet");
});

test("a broken declaration is refused on every resource, with all its problems", () => {
  const { analyze, messages, said } = pack({ declaration: { ...HOUSE, owner: {}, platform: "X Y" }, env: "dev" });
  analyze(made("pulumi:pulumi:Stack", "s", {}));
  analyze(docs);
  expect(messages).toHaveLength(2);
  for (const path of ["declaration.owner.id", "declaration.owner.establishedIn", "declaration.platform"]) {
    expect(messages[0]).toContain(path);
  }
  expect(said).toEqual([]);
});

test("it says once what it judges by", () => {
  const { analyze, said } = pack();
  analyze(docs);
  analyze(abroad);
  expect(said).toEqual([`residency: judged as of ${TODAY}, by the declaration of sme-rag (dev)`]);
  const bare = pack({});
  bare.analyze(docs);
  expect(bare.said[0]).toContain("labels only");
});
