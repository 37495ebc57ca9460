import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type EngineEvent, outcome, readEvents } from "../../packages/cli/src/engine/events.ts";
import { explain } from "../../packages/cli/src/engine/explain.ts";
import { isNoise, lineFilter } from "../../packages/cli/src/engine/noise.ts";
import { words } from "../../packages/cli/src/engine/programs.ts";

const error = (message: string, urn?: string): EngineEvent => ({
  diagnosticEvent: { message, severity: "error", ...(urn ? { urn } : {}) },
});
const policy = (enforcementLevel: string): EngineEvent => ({
  policyEvent: { enforcementLevel, policyName: "p", message: "m" },
});
const failed: EngineEvent = { resOpFailedEvent: { metadata: { urn: "urn:bucket", op: "create" } } };
const info: EngineEvent = { diagnosticEvent: { message: "hello", severity: "info" } };
const unhandled = (text: string): EngineEvent =>
  error(`Running program 'x' failed with an unhandled exception:\n${text}`);

describe("what a run came to", () => {
  test.each<[string, EngineEvent[], number, number]>([
    ["done", [policy("advisory")], 0, 0],
    ["refused by a policy", [policy("mandatory"), failed, error("x")], 1, 1],
    ["advised only, and failed for another reason", [policy("advisory"), failed], 1, 4],
    ["bad input: a component said so", [info, error("retentionDays: expected at least 7, got 1", "urn:db")], 1, 2],
    ["bad input: the program said so", [error("platform.yaml has 5 problems")], 1, 2],
    ["refused by law, by the program itself", [error("kasbah: refused by law:\n  workloads.x: no place")], 1, 1],
    ["bad input: no such stack", [], 6, 2],
    ["bad input: wrong flags", [], 2, 2],
    ["the cloud", [error("AccessDenied", "urn:bucket"), failed], 1, 4],
    ["the program crashed", [unhandled("TypeError: x is not a function")], 1, 4],
    ["the program crashed beside a bad input", [error("got 1", "urn:db"), unhandled("Error: boom")], 1, 4],
    ["the engine said nothing", [], 1, 4],
    ["killed", [], 137, 4],
  ])("%s", (_name, events, code, expected) => expect(outcome(events, code)).toBe(expected));

  test("a log that was cut off by a kill is read as far as it goes", () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-")), "events.json");
    fs.writeFileSync(file, `${JSON.stringify(policy("mandatory"))}\n{"sequence": 2, "resOut`);
    expect(readEvents(file)).toEqual([policy("mandatory")]);
    expect(readEvents(`${file}.not`)).toEqual([]);
    fs.rmSync(path.dirname(file), { recursive: true });
  });
});

describe("the engine's words, explained", () => {
  test.each([
    ["error: no stack named 'dve' found", /There is no stack 'dve'/, 2],
    [
      "error: getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
      /passphrase of this stack's secrets is missing/,
      2,
    ],
    ["error: getting stack configuration: get stack secrets manager: incorrect passphrase", /is not the one/, 2],
    [
      'error: unable to open state directory "file:///srv/state": stat /srv/state: no such file or directory',
      /The state folder \/srv\/state cannot be read \(no such file\)/,
      2,
    ],
    [
      'error: unable to open state directory "file:///srv/f": /srv/f is not a directory',
      /The state folder \/srv\/f cannot be read \(not a directory\)/,
      2,
    ],
    [
      'error: read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=Unknown): stat /srv/state/.pulumi/meta.yaml: permission denied',
      /^The state folder \/srv\/state cannot be used \(permission denied\)/,
      2,
    ],
    ["error: write: /srv/.pulumi/stacks/a.json: no space left on device", /no space left/, 4],
    ["error: no stack selected; please use `pulumi stack select` to choose one", /^No stack was named/, 2],
    ["error: the stack is currently locked by 1 lock(s).", /Another run holds this stack/, 4],
  ])("%s", (text, sentence, exitCode) => {
    const found = explain(text);
    expect(found?.sentence).toMatch(sentence);
    expect(found?.sentence).not.toContain("\n");
    expect(found?.exitCode).toBe(exitCode);
  });

  test("what is not known is left as it is", () => expect(explain("error: something new")).toBeUndefined());
});

test("noise is left out, across pieces and colours; everything else passes unchanged", () => {
  expect(isNoise("warning: using pulumi-resource-aws from $PATH at /x/bin")).toBe(true);
  expect(isNoise("\u001b[33mwarning: \u001b[0musing pulumi-language-nodejs from $PATH at /x")).toBe(true);
  const beside = " +  pulumi:pulumi:Stack shop-dev creating (1s) warning: ";
  expect(isNoise(`${beside}provider config warning: property "useOctavia" is deprecated: Users not`)).toBe(true);
  expect(isNoise(`${beside}a bucket without a label`)).toBe(false);
  expect(isNoise("warning: a bucket without a label")).toBe(false);
  let passed = "";
  const filter = lineFilter((text) => {
    passed += text;
  });
  for (const piece of ["one\nwarning: using pulumi-re", "source-aws from $PATH at /x\ntwo\n", "last"])
    filter.push(piece);
  filter.end();
  expect(passed).toBe("one\ntwo\nlast");
});

test("nodeargs are split as a shell would", () =>
  expect(words(`--max-old-space-size=4096 --title='a b' "--require=x y"`)).toEqual([
    "--max-old-space-size=4096",
    "--title=a b",
    "--require=x y",
  ]));
