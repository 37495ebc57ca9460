import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linesOf, type Member, readJson } from "../../packages/cli/src/check/input/json.ts";
import { placesIn } from "../../packages/cli/src/check/input/places.ts";
import { folder, write } from "./support.ts";

const ARRAYS = ["deployment.resources", "steps"];

interface Come {
  readonly members: readonly Omit<Member, "large">[];
  readonly read: ReturnType<typeof readJson>;
}

const come = (file: string, whole?: number): Come => {
  const members: Omit<Member, "large">[] = [];
  return { read: readJson(file, ARRAYS, ({ large: _, ...member }) => members.push(member), whole), members };
};

/** Member by member, whatever the size. */
const streamed = (file: string): Come => come(file, 0);
const whole = (file: string): Come => come(file);

describe("a file that is read member by member", () => {
  test("comes to the same as one that is parsed in one go", () => {
    const into = folder();
    const member = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue());
    fc.assert(
      fc.property(
        fc.array(member),
        fc.jsonValue(),
        fc.string({ unit: "binary" }),
        fc.boolean(),
        (resources, other, key, indent) => {
          const content = { [key]: other, deployment: { a: other, resources, [key]: other }, z: [resources] };
          const file = write("x.json", JSON.stringify(content, null, indent ? 2 : 0), into);
          expect(streamed(file)).toEqual(whole(file));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("across the pieces in which a file is read", () => {
    const resources = Array.from({ length: 3000 }, (_, index) => ({ urn: `é"\\${"x".repeat(index % 977)}`, index }));
    const file = write("x.json", { version: 3, deployment: { resources, last: "é" } });
    const { members, read } = streamed(file);
    expect(members.map(({ value }) => value)).toEqual(resources);
    expect(read).toEqual({ ok: true, rest: { version: 3, deployment: { resources: [], last: "é" } } });
  });

  test("says where it was cut off, at every byte, and never takes a piece for the whole", () => {
    const text = JSON.stringify(
      { version: 3, deployment: { resources: [{ urn: "a" }, { urn: 'b"]}' }], x: [1] } },
      null,
      1,
    );
    const into = folder();
    for (let size = 1; size < text.length; size += 1) {
      const file = write("x.json", text.slice(0, size), into);
      const { read } = streamed(file);
      expect(read, text.slice(0, size)).toMatchObject({ ok: false });
      if (!read.ok) expect(read.fault).toMatch(/^line \d+, column \d+: the file ends in the middle/);
    }
  });

  test.each([
    ['{"deployment":{"resources":[{"urn":tru}]}}', /^line 1, column 29: no JSON in deployment\.resources\.0: /],
    ['{"deployment":{"resources":[1]}}', /deployment\.resources has a member that is no map/],
    ['{"deployment":{"resources":["x"]}}', /deployment\.resources has a member that is no map/],
    ['{"a":1}}', /a bracket closes that was never opened/],
    ["{,}", /no JSON/],
    ["", /the file is empty/],
    ["  \n", /the file is empty/],
  ])("%s is refused with its place", (text, fault) => {
    const { read } = streamed(write("x.json", text));
    expect(read.ok ? "read" : read.fault).toMatch(fault);
  });

  test("never repeats what stands at the fault: it may be a secret", () => {
    for (const text of [
      '{"deployment":{"resources":[{"password": hunter2hunter2}]}}',
      '{"password": hunter2hunter2}',
    ]) {
      const { read } = streamed(write("x.json", text));
      expect(read.ok ? "" : read.fault).not.toContain("hunter");
      expect(read.ok).toBe(false);
    }
  });
});

test("the lines of members are those of a text editor", () => {
  const resources = Array.from({ length: 40 }, (_, index) => ({ urn: `u${index}`, inputs: { a: "x\ny" } }));
  const file = write("x.json", JSON.stringify({ deployment: { resources } }, null, 2));
  const lines = JSON.stringify({ deployment: { resources } }, null, 2).split("\n");
  for (const [index, line] of linesOf(file, "deployment.resources", new Set([0, 7, 39]))) {
    expect([lines[line - 1]?.trim(), lines[line]]).toEqual(["{", expect.stringContaining(`"u${index}"`)]);
  }
});

test("line and column of a byte, in any order, at the ends too", () => {
  const file = write("x.txt", "ab\ncd\n\ne");
  expect(placesIn(file, [8, 0, 3, 4, 6])).toEqual(
    new Map([
      [0, { line: 1, column: 1 }],
      [3, { line: 2, column: 1 }],
      [4, { line: 2, column: 2 }],
      [6, { line: 3, column: 1 }],
      [8, { line: 4, column: 2 }],
    ]),
  );
});
