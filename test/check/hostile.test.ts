import fc from "fast-check";
import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { toJson } from "../../packages/cli/src/check/format/json.ts";
import { toJunit } from "../../packages/cli/src/check/format/junit.ts";
import { MARKER, toMarkdown } from "../../packages/cli/src/check/format/markdown.ts";
import { toSarif } from "../../packages/cli/src/check/format/sarif.ts";
import { toText } from "../../packages/cli/src/check/format/text.ts";
import type { Report } from "../../packages/cli/src/check/report.ts";
import { BUCKET, checked, eventsOf, previewOf, resource, type StateResource, stateOf, write } from "./support.ts";
import { elements } from "./xml.ts";

const HOSTILE = [
  "<script>alert(1)</script>",
  "</details></table><h1>x",
  "| a | b |\n| - | - |",
  "`code` **bold** _x_ ~~y~~ $z$",
  "![x](https://evil.example/x.png) [y](https://evil.example)",
  "https://evil.example www.evil.example someone@evil.example",
  "@everyone #1 !1 %1 :smile: GH-1",
  "::set-output name=x::y",
  "\n::add-mask::x\n  ::error::y",
  "##[add-path]/tmp ##vso[task.setvariable variable=x]y ##teamcity[buildStop]",
  "]]> ]]> <![CDATA[ x",
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link",
  "\u202egnirts\u202c \u2066x\u2069 \u200b\u00ad\ufeff",
  "\u0000\u0007\b\u007f\u0085\u2028\u2029",
  "\ud800 \udfff \ufffe \uffff \u{e0041} \u{f0000}",
  "{0} {1} {{2}} \\[x\\](0)",
  "&lt;b&gt; &#60; %3Cb%3E",
  "a'b\"c\\d",
  "__proto__",
  "constructor",
  "SARIF_BUILDER_INVALID",
  "::",
  "x".repeat(100_000),
] as const;

const resources = (text: string): readonly StateResource[] => [
  resource(BUCKET, text, { bucket: text, region: text, tags: { "kasbah-class": text } }),
  resource(BUCKET, `${text}2`, {
    bucket: text,
    region: "us-east-1",
    tags: { "kasbah-class": "restricted", [text]: text },
  }),
  resource(text.replaceAll("::", "") || "x", "type", { [text]: text }),
];

const FORBIDDEN = /[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]|(?!\n)\p{Cc}/u;

/** Lines that the log of a pipeline would take for a command. */
const COMMAND = /^\s*::|##\w*\[/m;

/** What no format may hold, and that each can be read by who reads it. */
const expectHarmless = (report: Report): void => {
  const [json, junit, markdown, sarif, text] = [
    toJson(report),
    toJunit(report),
    toMarkdown(report),
    toSarif(report, "/w"),
    toText(report, pc.createColors(false)),
  ];
  for (const [name, written] of Object.entries({ json, junit, markdown, sarif, text })) {
    expect(FORBIDDEN.exec(written)?.[0].codePointAt(0), name).toBeUndefined();
    expect(COMMAND.exec(written)?.[0], name).toBeUndefined();
  }
  expect(JSON.parse(json)).toEqual(report);
  JSON.parse(sarif);
  elements(junit);
  expectMarkdown(markdown);
};

/** Tags that we write ourselves; any other is a text that came through. */
const OURS = /<\/?(?:details|summary|code|b|sub)>|<details open>|<br>/g;

const expectMarkdown = (markdown: string): void => {
  expect(markdown.length).toBeLessThan(65_536);
  const bare = markdown.replace(MARKER, "").replace(OURS, "");
  expect(bare).not.toMatch(/[<>`*~@$]/);
  for (const line of bare.split("\n").filter((one) => one.startsWith("| ")))
    expect([4, 5, 6, 7, 8]).toContain(line.split("|").length);
  for (const line of bare.split("\n").filter((one) => one.startsWith("| critical")))
    expect(line.split("|")).toHaveLength(7);
  expect(bare.replaceAll("### ", "").replaceAll(/&#\d+;/g, "")).not.toMatch(/#|&|https?:\/\/|www\.|\]\(|:[\w+-]+:/);
};

describe("a hostile text is seen, and does nothing", () => {
  test.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))("%s", async (_name, text) => {
    for (const content of [stateOf(resources(text)), previewOf(resources(text)), eventsOf(resources(text))]) {
      const report = await checked([write("x", content)]);
      expect(report.totals.refusing).toBeGreaterThan(1);
      expectHarmless(report);
    }
  });

  test("as the name of a file, of a waiver, of a context", async () => {
    const evil = "a | <b> `x` ::set-output::.json";
    const state = write(evil, stateOf(resources("x")));
    const waivers = write(
      "w.yaml",
      `waivers: [{ rule: some-rule, resource: "::set-output <b>|", reason: "\\u202e", approver: "@all", expires: 2027-01-01 }]`,
    );
    const report = await checked([state], { waivers });
    expect(report.unusedWaivers).toHaveLength(1);
    expectHarmless(report);
  });

  test("of any kind", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (text) => {
        expectHarmless(await checked([write("x", stateOf(resources(text)))]));
      }),
      { numRuns: 60 },
    );
  });
});
