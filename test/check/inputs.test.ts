import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  bucket,
  checked,
  eventsOf,
  folder,
  found,
  NOT_KNOWN,
  previewOf,
  problemsOf,
  REPLICATION,
  replication,
  resource,
  type StateResource,
  stateOf,
  urn,
  write,
} from "./support.ts";

const PROVIDER = resource("pulumi:providers:aws", "away", { region: "us-east-1" });
const away = (name: string, more: object = {}): StateResource =>
  resource(
    "aws:s3/bucket:Bucket",
    name,
    { bucket: name, tags: { "kasbah-class": "restricted" } },
    { provider: `${PROVIDER.urn}::id`, ...more },
  );

const ABROAD = "keep-data-in-permitted-places";
const COPY = "keep-copies-in-permitted-places";

describe("what a file is, is seen by its content", () => {
  const resources = [bucket("here", "eu-west-3"), bucket("there", "us-east-1")];
  test.each([
    ["state", stateOf(resources)],
    ["state", { version: 3, checkpoint: { stack: "organization/app/prod", latest: { resources } } }],
    ["preview", previewOf(resources)],
    ["events", eventsOf(resources)],
  ])("%s", async (kind, content) => {
    const report = await checked([write("whatever.txt", content)]);
    expect(report.inputs).toMatchObject([{ kind, stack: "app/prod", resources: 2 }]);
    expect(found(report)).toEqual([`${ABROAD} there`]);
  });

  test("with a byte order mark too", async () => {
    const report = await checked([write("x.json", `\uFEFF${JSON.stringify(stateOf(resources))}`)]);
    expect(found(report)).toEqual([`${ABROAD} there`]);
  });

  test.each([
    ["nothing there", () => path.join(folder(), "x.json"), /nothing there.*correct the path/],
    ["a folder without any", folder, /a folder with neither.*name the folder that has Pulumi\.yaml/],
    ["text", () => write("x", "hello"), /text that is no JSON/],
    ["UTF-16", () => write("x", Buffer.from("\uFEFF{}", "utf16le")), /UTF-16.*write it as UTF-8/],
    ["nothing in it", () => write("x", "{}"), /JSON with nothing in it/],
    ["a list", () => write("x", "[]"), /JSON that is no map/],
    [
      "a Terraform plan",
      () => write("x", { format_version: "1.2", terraform_version: "1.9", planned_values: {} }),
      /a plan or state of Terraform, which is not read yet/,
    ],
    ["a template", () => write("x", { Resources: {} }), /CloudFormation/],
    ["a manifest", () => write("package.json", { name: "x", version: "1" }), /JSON with name, version/],
    [
      "a state that was cut off",
      () => write("x", JSON.stringify(stateOf(resources)).slice(0, 300)),
      /line 1, column \d+: the file ends in the middle/,
    ],
    [
      "a log that was cut off",
      () => write("x", eventsOf(resources).slice(0, -40)),
      /line \d+: expected one event as JSON/,
    ],
    [
      "a log without its end",
      () => write("x", eventsOf(resources, null)),
      /a run that succeeded, to its end, got "a log that stops before the end"/,
    ],
    ["the log of a run that failed", () => write("x", eventsOf(resources, "failed")), /got "failed"/],
    [
      "a preview that failed",
      () => write("x", { ...previewOf(resources), changeSummary: undefined }),
      /a preview that came to its end/,
    ],
    [
      "resources that are none",
      () => write("x", stateOf([{ urn: "", type: "x" }])),
      /deployment\.resources\.0: expected a resource with urn and type/,
    ],
  ])("%s is refused, and says how to mend it", async (_name, file, said) => {
    const problems = await problemsOf([file()]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(said);
  });

  test("everything that is wrong comes at once, also of context, waivers and options", async () => {
    const problems = await problemsOf([write("a", "hello"), write("b", "{}"), write("c", stateOf([]))], {
      context: write("context.yaml", "labels: { clas: x }\nhomeCountries: [Morocco]\n"),
      waivers: write("waivers.yaml", "waivers: [{ rule: x }]\n"),
      packs: ["residncy"],
      rules: ["keep-everything"],
    });
    for (const part of ["a:", "b:", "labels.clas", "homeCountries.0", "waivers.0.expires", "--pack", "--rule"])
      expect(
        problems.filter((line) => line.includes(part)),
        part,
      ).not.toHaveLength(0);
  });

  test("a hundred broken entries are twenty lines and a count", async () => {
    const broken = Array.from({ length: 100 }, () => ({ urn: "", type: "" }));
    const problems = await problemsOf([write("x", stateOf(broken))]);
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toContain("80 more of them");
  });
});

describe("a state", () => {
  test("what waits for its deletion is not judged, and is said", async () => {
    const old = bucket("data", "us-east-1", "restricted", { delete: true });
    const report = await checked([write("x", stateOf([bucket("data", "eu-west-3"), old]))]);
    expect(found(report)).toEqual([]);
    expect(report.inputs[0]?.notes).toEqual(["1 resources wait for their deletion and are not judged"]);
  });

  test("what an interrupted run may have made is judged", async () => {
    const pending = [
      { resource: bucket("lost", "us-east-1"), type: "creating" },
      { resource: bucket("going", "us-east-1"), type: "deleting" },
    ];
    const report = await checked([write("x", stateOf([], { pending_operations: pending }))]);
    expect(found(report)).toEqual([`${ABROAD} lost`]);
  });

  test("of the first version has defaults beside the inputs", async () => {
    const { inputs, ...rest } = bucket("data", "us-east-1");
    const content = { version: 1, deployment: { resources: [{ ...rest, defaults: inputs, inputs: {} }] } };
    expect(found(await checked([write("x", content)]))).toEqual([`${ABROAD} data`]);
  });

  test("that is empty is clean", async () => {
    const report = await checked([write("x", { version: 3, deployment: { manifest: {}, metadata: {} } })]);
    expect([found(report), report.totals.refusing]).toEqual([[], 0]);
  });

  test("what is only read is not this stack's to answer for, and is looked up", async () => {
    const read = bucket("theirs", "us-east-1", "restricted", { external: true });
    const report = await checked([
      write("x", stateOf([read, bucket("data", "eu-west-3"), replication("data", "theirs")])),
    ]);
    expect(found(report)).toEqual([`${COPY} data-to-theirs`]);
  });

  test("two resources of one URN are both judged", async () => {
    const report = await checked([write("x", stateOf([bucket("data", "eu-west-3"), bucket("data", "us-east-1")]))]);
    expect(report.findings.map(({ resource: about }) => about)).toEqual([`${urn("aws:s3/bucket:Bucket", "data")}#2`]);
  });

  test("references in a circle come to an end", async () => {
    const [one, two] = [urn("aws:s3/bucket:Bucket", "one"), urn("aws:s3/bucket:Bucket", "two")];
    const circle = (name: string, other: string): StateResource =>
      resource(
        "aws:s3/bucket:Bucket",
        name,
        { bucket: NOT_KNOWN },
        { parent: other, provider: `${other}::x`, dependencies: [other], propertyDependencies: { bucket: [other] } },
      );
    const copying = resource(
      REPLICATION,
      "copying",
      { bucket: NOT_KNOWN, rules: [{ destination: { bucket: NOT_KNOWN } }] },
      { propertyDependencies: { bucket: [one], rules: [two] } },
    );
    const report = await checked([write("x", stateOf([circle("one", two), circle("two", one), copying]))]);
    expect(report.inputs[0]?.resources).toBe(3);
    expect(report.totals.refusing).toBeGreaterThan(0);
  });
});

describe("a preview", () => {
  test("judges what will be: a replacement, and not what goes", async () => {
    const steps = [
      bucket("new", "us-east-1", "restricted", { op: "create-replacement" }),
      bucket("new", "us-east-1", "restricted", { op: "replace" }),
      bucket("gone", "us-east-1", "restricted", { op: "delete" }),
    ];
    expect(found(await checked([write("x", previewOf(steps))]))).toEqual([`${ABROAD} new`]);
  });

  test("a provider that nobody wrote has the stack's configuration", async () => {
    const { region: _, ...inputs } = { bucket: "x", tags: { "kasbah-class": "restricted" }, region: "" };
    const provider = `${urn("pulumi:providers:aws", "default_7_48_0")}::${NOT_KNOWN}`;
    const content = previewOf([resource("aws:s3/bucket:Bucket", "x", inputs, { provider })]);
    expect(found(await checked([write("x", content)]))).toEqual([]);
    const other = { ...content, config: { "aws:region": "us-east-1" } };
    expect(found(await checked([write("x", other)]))).toEqual([`${ABROAD} x`]);
  });

  test("that leaves out what does not change is not judged alone", async () => {
    const partial = write("x", previewOf([bucket("new", "eu-west-3")], { create: 1, same: 3 }));
    expect(await problemsOf([partial])).toEqual([expect.stringContaining("--show-sames")]);
  });

  test("that leaves it out is judged over the state that has it", async () => {
    const state = write(
      "state",
      stateOf([bucket("data", "eu-west-3"), bucket("old", "us-east-1"), bucket("copy", "us-east-1", "public")]),
    );
    const changes = [replication("data", "copy"), bucket("old", "us-east-1", "restricted", { op: "delete" })];
    const report = await checked([write("preview", previewOf(changes, { create: 1, delete: 1, same: 2 })), state]);
    expect(found(report)).toEqual([`${COPY} data-to-copy`]);
  });

  test("two whole inputs of one stack are one too many", async () => {
    const file = (): string => write("x", stateOf([bucket("data", "eu-west-3")]));
    expect(await problemsOf([file(), file()])).toEqual([
      expect.stringContaining("one input with the whole of app/prod"),
    ]);
  });
});

describe("an event log", () => {
  test("of an update has the preview before it: the last word counts", async () => {
    const events = eventsOf([
      bucket("a", NOT_KNOWN),
      bucket("a", "eu-west-3"),
      bucket("b", "us-east-1"),
      bucket("b", "us-east-1", "restricted", { op: "delete" }),
    ]);
    expect(found(await checked([write("x", events)]))).toEqual([]);
  });

  test("says nothing of dependencies: what is not known may be any of the stack, and each counts", async () => {
    const stack = resource("pulumi:pulumi:Stack", "app-prod", {}, { custom: false });
    const copying = resource(REPLICATION, "copying", {
      bucket: NOT_KNOWN,
      region: "eu-west-3",
      rules: [{ status: "Enabled", destination: { bucket: NOT_KNOWN } }],
    });
    const clean = [stack, bucket("data", "eu-west-3"), bucket("copy", "eu-west-3"), copying];
    expect(found(await checked([write("x", eventsOf(clean))]))).toEqual([]);
    const breach = [...clean, bucket("away", "us-east-1", "public")];
    expect(found(await checked([write("x", eventsOf(breach))]))).toContain(`${COPY} copying`);
  });

  test("a stack of a name of its own is not mistaken", async () => {
    const report = await checked([
      write("x", eventsOf([bucket("data", "eu-west-3", "restricted", { stack: "dev", project: "shop" })])),
    ]);
    expect(report.inputs[0]?.stack).toBe("shop/dev");
  });
});

test("a provider's own region counts, by its reference with an id", async () => {
  expect(found(await checked([write("x", stateOf([PROVIDER, away("copy")]))]))).toEqual([`${ABROAD} copy`]);
});

test("a folder stands for the inputs in it", async () => {
  const into = folder();
  write("a.json", stateOf([bucket("a", "us-east-1", "restricted", { project: "one" })]), into);
  write("b.json", stateOf([bucket("b", "us-east-1", "restricted", { project: "two" })]), into);
  fs.writeFileSync(path.join(into, "README.md"), "");
  const report = await checked([into]);
  expect(found(report)).toEqual([`${ABROAD} a`, `${ABROAD} b`]);
});

test("what no rule reads is counted and named", async () => {
  const others = ["one", "two"].map((name) => resource("acme:index:Thing", name, {}));
  const report = await checked([write("x", stateOf([...others, bucket("data", "eu-west-3")]))]);
  expect(report.unread).toEqual([{ type: "acme:index:Thing", count: 2, example: "one" }]);
});
