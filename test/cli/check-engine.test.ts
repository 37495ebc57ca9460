import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checked, problemsOf, write } from "../check/support.ts";
import { engineWorkspace, type Workspace } from "../support/engine.ts";

/** Restricted data in Paris, a copy in the United States, a secret in a tag, a password, and a key of a provider. */
const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/aws/provider.js";
import { Instance } from "@pulumi/aws/rds/instance.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketReplicationConfig } from "@pulumi/aws/s3/bucketReplicationConfig.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import { Role } from "@pulumi/aws/iam/role.js";
const labels = { "kasbah-class": "restricted" };
const away = new Provider("away", { region: "us-east-1", accessKey: pulumi.secret("AKIAIOSFODNN7EXAMPLE") });
const data = new Bucket("data", { tags: { ...labels, note: pulumi.secret("s3cr3t-in-a-tag") } });
const copy = new Bucket("copy", { tags: labels }, { provider: away });
const role = new Role("role", { assumeRolePolicy: "{}" });
const versioned = new BucketVersioning("versioned", { bucket: data.bucket, versioningConfiguration: { status: "Enabled" } });
const kept = new BucketVersioning("kept", { bucket: copy.bucket, versioningConfiguration: { status: "Enabled" } }, { provider: away });
new BucketReplicationConfig(
  "copying",
  { bucket: versioned.bucket, role: role.arn, rules: [{ status: "Enabled", destination: { bucket: copy.arn } }] },
  { dependsOn: kept },
);
new Instance("db", { instanceClass: "db.t3.small", allocatedStorage: 10, engine: "postgres", username: "u", password: pulumi.secret("hunter2-hunter2"), skipFinalSnapshot: true, tags: labels });
export const dataArn = data.arn;
export const password = pulumi.secret("s3cr3t-output");
`;

const SECRETS = /AKIAIOSFODNN7|s3cr3t|hunter2/;
const RULES = ["keep-data-in-permitted-places", "keep-copies-in-permitted-places"];

let workspace: Workspace;
let project: string;
const file = (name: string): string => path.join(workspace.folder, name);

/** Runs the engine, and keeps what it wrote to standard output. */
const pulumi = async (name: string, ...args: readonly string[]): Promise<string> => {
  const run = await workspace.pulumi(args);
  if (run.code !== 0) throw new Error(run.all);
  return write(name, run.stdout, workspace.folder);
};

beforeAll(async () => {
  workspace = await engineWorkspace();
  project = workspace.project({ "index.ts": PROGRAM, "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-3\n" }, "app");
  await workspace.pulumi(["stack", "init", "dev"]);
}, 120_000);
afterAll(() => workspace.close());

const found = async (...paths: readonly string[]): Promise<readonly string[]> => {
  const report = await checked(paths, { rules: RULES, context: write("c.json", { homeCountries: ["FR"] }) });
  const text = JSON.stringify(report);
  expect(text).not.toMatch(SECRETS);
  return report.findings.map(({ rule, resource }) => `${rule} ${resource}`).sort();
};

const EXPECTED = [
  "keep-copies-in-permitted-places urn:pulumi:dev::app::aws:s3/bucketReplicationConfig:BucketReplicationConfig::copying",
  "keep-data-in-permitted-places urn:pulumi:dev::app::aws:s3/bucket:Bucket::copy",
];

describe("what the real engine writes comes to the same in every form", () => {
  test("the program, without the engine", async () => expect(await found(project)).toEqual(EXPECTED));

  test("a preview, its log, the state after the run, and the state with its secrets shown", {
    timeout: 240_000,
  }, async () => {
    expect(await found(await pulumi("preview.json", "preview", "--json"))).toEqual(EXPECTED);

    await pulumi("log.txt", "preview", "--event-log", file("events.json"));
    expect(fs.readFileSync(file("events.json"), "utf8")).toMatch(SECRETS); // the engine's own words hold them
    expect(await found(file("events.json"))).toEqual(EXPECTED);

    await pulumi("up.txt", "up", "--yes", "--skip-preview", "--event-log", file("up.json"));
    expect(await found(file("up.json"))).toEqual(EXPECTED);
    const state = await pulumi("state.json", "stack", "export");
    expect(await found(state)).toEqual(EXPECTED);
    const shown = await pulumi("shown.json", "stack", "export", "--show-secrets");
    expect(fs.readFileSync(shown, "utf8")).toMatch(SECRETS);
    expect(await found(shown)).toEqual(EXPECTED);
    expect(await found(path.join(workspace.state, ".pulumi/stacks/app/dev.json"))).toEqual(EXPECTED); // as it lies in the backend

    fs.writeFileSync(
      path.join(project, "index.ts"),
      PROGRAM.replace(/^new BucketReplicationConfig\([\s\S]*?^\);$/m, ""),
    );
    const part = await pulumi("part.json", "preview", "--json");
    expect(await problemsOf([part])).toEqual([expect.stringContaining("--show-sames")]);
    expect(await found(part, state)).toEqual([EXPECTED[1]]);
    expect(await found(await pulumi("whole.json", "preview", "--json", "--show-sames"))).toEqual([EXPECTED[1]]);
  });
});
