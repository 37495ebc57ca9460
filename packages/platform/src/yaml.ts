import { readFileSync } from "node:fs";
import path from "node:path";
import type { Checked, Problem } from "@kasbah/core";
import { parseDocument } from "yaml";

/** A YAML file as plain values. What is wrong with its syntax comes back with line and column. */
export const readYaml = (file: string): Checked<unknown> => {
  const name = path.basename(file);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    const folder = path.dirname(file);
    return {
      ok: false,
      problems: [
        {
          path: name,
          expected: `a readable file in ${folder}`,
          got: code,
          mend: "create it, or run in the stack's folder",
        },
      ],
    };
  }
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, linePos }): Problem => {
      const [start] = linePos ?? [];
      const at = start === undefined ? name : `${name}:${start.line}:${start.col}`;
      return { path: at, expected: "valid YAML", got: message.split("\n")[0], mend: "correct the syntax" };
    });
    return { ok: false, problems };
  }
  try {
    return { ok: true, value: document.toJS() };
  } catch (error) {
    // aliases that lead nowhere, or that multiply
    const got = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problems: [{ path: name, expected: "aliases that can be written out", got, mend: "write it out" }],
    };
  }
};
