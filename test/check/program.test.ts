import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ROOT } from "../support/engine.ts";
import { checked, found, problemsOf, write } from "./support.ts";

const parent = path.join(ROOT, ".kasbah/test");
fs.mkdirSync(parent, { recursive: true });
const top = fs.mkdtempSync(path.join(parent, "check-")); // inside the checkout, so that imports find the SDKs
afterAll(() => fs.rmSync(top, { recursive: true, force: true }));

const COPY = "keep-copies-in-permitted-places";
const ABROAD = "keep-data-in-permitted-places";

/** Writes a program into a folder of its own: the text of `index.ts`, and other files. */
const program = (name: string, text: string, files: Readonly<Record<string, string>> = {}): string => {
  const folder = path.join(top, name);
  const all = {
    "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n`,
    "Pulumi.prod.yaml": "config:\n  aws:region: eu-west-3\n",
    "package.json": JSON.stringify({ name, type: "module" }),
    "index.ts": text,
    ...files,
  };
  for (const [file, content] of Object.entries(all)) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content);
  }
  return folder;
};

const IMPORTS = `import * as pulumi from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketReplicationConfig } from "@pulumi/aws/s3/bucketReplicationConfig.js";
const labels = { "kasbah-class": "restricted" };
const rules = (bucket: pulumi.Input<string>) => [{ status: "Enabled", destination: { bucket } }];
`;

describe("a program, without an engine or an account", () => {
  test("is judged as the engine would: by its provider, by its label, and by what a reference means", async () => {
    const folder = program(
      "app",
      `${IMPORTS}
const data = new Bucket("data", { tags: labels });
const near = new Bucket("near", { tags: labels });
const far = new Bucket("far", { region: "us-east-1", tags: { "kasbah-class": "public" } });
new BucketReplicationConfig("lawful", { bucket: data.id, role: "r", rules: rules(near.arn) });
new BucketReplicationConfig("breach", { bucket: data.id, role: "r", rules: rules(far.arn) });
`,
    );
    const report = await checked([folder]);
    expect(found(report)).toEqual([`${COPY} breach`]);
    expect(report.inputs).toMatchObject([{ kind: "program", stack: "app/prod", resources: 5 }]);
    expect(report.findings[0]).toMatchObject({
      file: path.relative(process.cwd(), path.join(folder, "index.ts")),
      line: 11,
    });
  });

  test("by URNs as the engine's, however deep", async () => {
    const folder = program(
      "deep",
      `${IMPORTS}
class Part extends pulumi.ComponentResource {
  constructor(name: string, depth: number, parent?: pulumi.Resource) {
    super("my:index:Part" + depth, name, {}, parent === undefined ? {} : { parent });
    if (depth > 0) new Part(name, depth - 1, this);
    else new Bucket("data", { region: "us-east-1", tags: labels }, { parent: this });
  }
}
new Part("part", 2);
`,
    );
    const [finding] = (await checked([folder])).findings;
    expect(finding?.resource).toBe(
      "urn:pulumi:prod::deep::my:index:Part2$my:index:Part1$my:index:Part0$aws:s3/bucket:Bucket::data",
    );
  });

  test("of each stack that it has, or of the one that is named", async () => {
    const text = `${IMPORTS}\nnew Bucket("data", { tags: labels });\n`;
    const folder = program("many", text, { "Pulumi.dev.yaml": "config:\n  aws:region: us-east-1\n" });
    const stacks = async (stack?: string): Promise<readonly string[]> =>
      (await checked([folder], stack === undefined ? {} : { stack })).findings.map((finding) => finding.stack);
    expect([await stacks(), await stacks("prod"), await stacks("dev")]).toEqual([["many/dev"], [], ["many/dev"]]);
  });

  test("written as the templates of Pulumi write: no ending on imports, enums, fields in the constructor, whole SDKs", async () => {
    const folder = program(
      "classic",
      `import * as aws from "@pulumi/aws";
import { Name } from "./lib/names";
class Store { constructor(public readonly name: string) { new aws.s3.Bucket(name, { tags: { "kasbah-class": "restricted" }, region: "us-east-1" }); } }
new Store(Name.Data);
`,
      { "lib/names.ts": `export enum Name { Data = "data" }\n`, "package.json": "{}" },
    );
    const report = await checked([folder]);
    expect(report.findings.map(({ rule, line }) => [rule, line])).toEqual([[ABROAD, 3]]);
  });

  test("what it asks of a cloud is not known, and it goes on", async () => {
    const folder = program(
      "asks",
      `${IMPORTS}
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
new Bucket("data", { bucket: getCallerIdentityOutput().accountId.apply((id) => id.slice(2)), region: "us-east-1", tags: labels });
`,
    );
    expect(found(await checked([folder]))).toEqual([`${ABROAD} data`]);
  });

  test("its secrets stand in for themselves and are never shown", async () => {
    const folder = program(
      "secrets",
      `${IMPORTS}
const config = new pulumi.Config();
const place = config.requireSecret("place");
new Bucket("data", { region: pulumi.secret("s3cr3t-place-abroad"), tags: labels });
new Bucket("other", { region: place, tags: labels });
if (config.requireObject<{ a: { b: string } }>("tree").a.b === "") throw new Error("no stand-in");
`,
      {
        "Pulumi.prod.yaml":
          "config:\n  secrets:place:\n    secure: AAABAKl3Y2lwaGVy\n  secrets:tree:\n    a:\n      b:\n        secure: AAABAKl3Y2lwaGVy\n",
      },
    );
    const report = await checked([folder]);
    expect(found(report)).toEqual([`${ABROAD} data`, `${ABROAD} other`]);
    expect(JSON.stringify(report)).not.toMatch(/s3cr3t|AAABAKl3/);
  });
});

describe("two programs, one of which refers to the other", () => {
  const data = program(
    "data",
    `${IMPORTS}
export const patients = new Bucket("patients", { tags: labels }).arn;
export const nested = { leaflets: new Bucket("leaflets", { tags: { "kasbah-class": "public" } }).arn };
`,
  );

  test("what it takes is led to the resources behind it, and to no others", async () => {
    const exporter = program(
      "exporter",
      `${IMPORTS}
const other = new pulumi.StackReference("organization/data/prod");
const lake = new Bucket("lake", { region: "us-east-1", tags: { "kasbah-class": "public" } });
const copying = (name: string, bucket: pulumi.Input<string>) =>
  new BucketReplicationConfig(name, { bucket, role: "r", rules: rules(lake.arn) });
copying("required", other.requireOutput("patients"));
copying("asked", other.getOutput("patients"));
copying("made-of-it", pulumi.interpolate\`\${other.requireOutput("patients")}\`);
copying("lawful", other.requireOutput("nested").apply((all: any) => all.leaflets));
`,
    );
    expect(found(await checked([exporter, data]))).toEqual([`${COPY} asked`, `${COPY} made-of-it`, `${COPY} required`]);
  });

  test("an output that the other does not have is bad input", async () => {
    const exporter = program(
      "lacking",
      `${IMPORTS}
new Bucket("copy", { bucket: new pulumi.StackReference("data/prod").requireOutput("patient"), tags: labels });
`,
    );
    expect(await problemsOf([data, exporter])).toEqual([
      expect.stringContaining("Required output 'patient' does not exist"),
    ]);
  });
});

describe("a program that cannot be run is bad input", () => {
  test.each([
    [
      "another language",
      () => program("py", "", { "Pulumi.yaml": "name: py\nruntime: python\n" }),
      /a program for nodejs.*got "python"; run pulumi preview --json/,
    ],
    ["YAML", () => program("yml", "", { "Pulumi.yaml": "name: yml\nruntime:\n  name: yaml\n" }), /got "yaml"/],
    [
      "broken YAML",
      () => program("broken", "", { "Pulumi.yaml": "name: [\n" }),
      /Pulumi\.yaml:\d+:\d+: expected valid YAML/,
    ],
    [
      "no stack",
      () => {
        const folder = program("stackless", "");
        fs.rmSync(path.join(folder, "Pulumi.prod.yaml"));
        return folder;
      },
      /at least one Pulumi\.<stack>\.yaml/,
    ],
    [
      "a value that cannot be made, so that a resource would be missing",
      () =>
        program(
          "throws",
          `${IMPORTS}\nnew Bucket("a", { bucket: pulumi.output(1).apply((): string => { throw new Error("boom"); }) });`,
        ),
      /throws \(prod\): expected a program that runs without an account.*boom/,
    ],
    ["a program that ends the process", () => program("exits", "process.exit(3);"), /ended by itself with 3/],
    [
      "one that cannot go on without a cloud's answer",
      () =>
        program(
          "needs",
          `import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";\n(await getCallerIdentity()).accountId.slice(1);`,
        ),
      /asks a cloud for aws:index\/getCallerIdentity:getCallerIdentity.*pulumi preview --json/,
    ],
    [
      "a declaration that is wrong",
      () => program("declared", "", { "platform.yaml": "platform: X\n" }),
      /platform\.yaml: platform/,
    ],
  ])("%s", async (_name, folder, said) => {
    const problems = await problemsOf([folder()]);
    expect(problems.join("\n")).toMatch(said);
  });

  test("a stack that it does not have names those that it has", async () => {
    const folder = program("named", `${IMPORTS}\nnew Bucket("x", { tags: labels });`);
    expect(await problemsOf([folder], { stack: "dve" })).toEqual([
      expect.stringMatching(/a stack dve.*its stacks are prod/),
    ]);
  });

  test("a secret in its error is not repeated", async () => {
    const folder = program(
      "leaks",
      `throw new Error("cannot reach postgres://app:hunter2hunter2@db/x with AKIAIOSFODNN7EXAMPLE");`,
    );
    const context = write("c.json", {});
    const { check } = await import("../../packages/cli/src/check/run.ts");
    const { said } = await import("../../packages/cli/src/check/problems.ts");
    const result = await check({ paths: [folder], cwd: process.cwd(), asOf: "2026-11-21", context });
    expect(result.ok ? "" : said(result.problems)).toMatch(/cannot reach postgres/);
    expect(result.ok ? "" : said(result.problems)).not.toMatch(/hunter2|AKIA/);
  });
});
