import { describe, expect, test } from "vitest";
import { groupsOf } from "../../packages/cli/src/check/estates.ts";
import { readInputs, type StackInput } from "../../packages/cli/src/check/input/index.ts";
import { matcher } from "../../packages/cli/src/check/pattern.ts";
import { isNamed } from "../../packages/cli/src/check/references.ts";
import {
  AS_OF,
  bucket,
  checked,
  found,
  NOT_KNOWN,
  previewOf,
  REPLICATION,
  replication,
  resource,
  type StateResource,
  stateOf,
  urn,
  write,
} from "./support.ts";

const COPY = "keep-copies-in-permitted-places";
const data = { stack: "prod", project: "data" };
const exporter = { stack: "prod", project: "exporter" };
const REFERENCE = "pulumi:pulumi:StackReference";

const dataStack = (more: readonly StateResource[] = [], outputs: object = {}): string =>
  write(
    "data.json",
    stateOf([
      resource("pulumi:pulumi:Stack", "data-prod", {}, { ...data, custom: false, outputs }),
      bucket("patients", "eu-west-3", "restricted", data),
      ...more,
    ]),
  );

describe("several stacks together", () => {
  test("a flow that is lawful in each by itself is found across them, by a plain name", async () => {
    const other = write(
      "exporter.json",
      stateOf([replication("patients", "lake", exporter), bucket("lake", "us-east-1", "public", exporter)]),
    );
    expect(found(await checked([dataStack()]))).toEqual([]);
    const report = await checked([dataStack(), other]);
    expect(found(report)).toEqual([`${COPY} patients-to-lake`]);
    expect(report.findings[0]).toMatchObject({
      stack: "exporter/prod",
      file: expect.stringContaining("exporter.json"),
    });
    expect(report.inputs.map(({ stack }) => stack)).toEqual(["data/prod", "exporter/prod"]);
  });

  /** Copies what a reference to another stack gives, which a preview does not know. */
  const byReference = (name: string): readonly StateResource[] => {
    const reference = urn(REFERENCE, name, "prod", "exporter");
    const rules = [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::lake" } }];
    return [
      resource(REFERENCE, name, { name }, { ...exporter, external: true }),
      bucket("lake", "us-east-1", "public", exporter),
      resource(
        REPLICATION,
        "copying",
        { bucket: NOT_KNOWN, region: "eu-west-3", rules },
        { ...exporter, propertyDependencies: { bucket: [reference] } },
      ),
    ];
  };

  test.each(["organization/data/prod", "data/prod", "prod"])(
    "by a reference that is not known yet, to %s",
    async (name) => {
      const preview = write("preview.json", previewOf(byReference(name)));
      expect(found(await checked([preview, dataStack([], { bucketArn: "arn:aws:s3:::patients" })]))).toEqual([
        `${COPY} copying`,
      ]);
    },
  );

  test("only what the other stack's outputs hold is meant", async () => {
    const preview = write("preview.json", previewOf(byReference("data/prod")));
    const open = bucket("leaflets", "eu-west-3", "public", data);
    expect(found(await checked([preview, dataStack([open], { name: "leaflets-id" })]))).toEqual([]);
    expect(found(await checked([preview, dataStack([open], { nested: [{ deep: "patients" }] })]))).toEqual([
      `${COPY} copying`,
    ]);
  });

  test("stacks that refer to each other in a circle come to an end", async () => {
    const side = (project: string, other: string): string =>
      write(
        `${project}.json`,
        stateOf([
          resource(REFERENCE, "other", { name: `${other}/prod` }, { project }),
          bucket(`${project}-bucket`, "eu-west-3", "restricted", { project }),
        ]),
      );
    expect(found(await checked([side("one", "two"), side("two", "one")]))).toEqual([]);
  });
});

describe("environments", () => {
  const input = (stack: string): StackInput => ({
    file: stack,
    kind: "state",
    stack,
    resources: [],
    gone: [],
    whole: true,
    outputs: { values: {}, dependencies: {} },
    secrets: [],
    notes: [],
  });
  const groups = (...stacks: readonly string[]): readonly (readonly string[])[] =>
    groupsOf(stacks.map(input)).map((group) => group.stacks.map(({ stack }) => stack));

  test.each<[readonly string[], readonly (readonly string[])[]]>([
    [["a/prod", "b/eu"], [["a/prod", "b/eu"]]],
    [
      ["a/dev", "a/prod"],
      [["a/dev"], ["a/prod"]],
    ],
    [
      ["a/dev", "a/prod", "b/dev", "b/prod", "net/shared"],
      [
        ["a/dev", "b/dev", "net/shared"],
        ["a/prod", "b/prod", "net/shared"],
      ],
    ],
  ])("%j", (stacks, expected) => expect(groups(...stacks)).toEqual(expected));

  test("of one project are not mixed: a copy in dev has nothing to do with prod", async () => {
    const state = (stack: string, region: string): string =>
      write(
        `${stack}.json`,
        stateOf([
          bucket("patients", region, stack === "prod" ? "restricted" : "public", { stack }),
          bucket("copy", "us-east-1", "public", { stack }),
          replication("patients", "copy", { stack }),
        ]),
      );
    const report = await checked([state("dev", "us-east-1"), state("prod", "eu-west-3")]);
    expect(report.findings.map(({ stack, rule }) => [stack, rule])).toEqual([["app/prod", COPY]]);
  });
});

test.each([
  ["data/prod", "prod", true],
  ["data/prod", "data/prod", true],
  ["data/prod", "acme/data/prod", true],
  ["data/prod", "other/prod", false],
  ["data/prod", "dev", false],
])("%s is what %s names: %s", (stack, name, expected) => expect(isNamed(stack, name)).toBe(expected));

test.each([
  ["a*c", "abc", true],
  ["a*c", "ac", true],
  ["a*c", "ab", false],
  ["*::audit-*", "aws:s3/bucket:Bucket::audit-x", true],
  ["a*b*b", "ab", false],
  ["a*b*b", "abb", true],
  ["a.c", "abc", false],
  ["*", "", true],
])("%s fits %s: %s", (pattern, text, expected) => expect(matcher(pattern)(text)).toBe(expected));

test("the same file named twice is read once", async () => {
  const file = dataStack();
  expect((await readInputs([file, file], { asOf: AS_OF })).stacks).toHaveLength(1);
});
