import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backendFor } from "../../packages/cli/src/init/backend.ts";
import { credentialsFile, knownAccess, writeCredentials } from "../../packages/cli/src/init/credentials-file.ts";
import { judgeBackend } from "../../packages/cli/src/init/judge.ts";
import { passphraseFrom } from "../../packages/cli/src/init/passphrase.ts";
import { makeSigningKey } from "../../packages/cli/src/init/signing-key.ts";
import type { Session } from "../../packages/cli/src/session.ts";
import { parseDeclaration } from "../../packages/core/src/index.ts";
import { sample } from "../support/declarations.ts";

const TODAY = "2026-11-21";
const declared = (more: object) => {
  const parsed = parseDeclaration({ ...sample(), ...more }, "dev");
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};

let top = "";
beforeEach(() => {
  top = realpathSync(mkdtempSync(path.join(os.tmpdir(), "kasbah-init-")));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

describe("where the state lies", () => {
  test("is judged like any flow: at home it may lie", () => {
    expect(judgeBackend(declared({ stateBackend: "home" }), TODAY).to.name).toBe("home");
  });

  test("is refused abroad, with the rule, before anything is made", () => {
    // The state of a platform says where restricted data is: the owner's regulator has it at home.
    const vital = { id: "example.ma", establishedIn: ["MA"], sector: "bank" };
    expect(() => judgeBackend(declared({ owner: vital, stateBackend: "europe" }), TODAY)).toThrow(
      expect.objectContaining({ exitCode: 1, message: expect.stringContaining("stateBackend: store-state") }),
    );
  });

  test("has to be said", () => {
    expect(() => judgeBackend(declared({}), TODAY)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  test("in a place where Kasbah makes no backend, the user brings one", async () => {
    const asked = { declaration: declared({ stateBackend: "europe" }), folder: top, project: "p", stack: "dev" };
    await expect(backendFor({ ...asked, env: {}, credentials: undefined })).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("set PULUMI_BACKEND_URL"),
    });
    const env = { PULUMI_BACKEND_URL: "s3://own" };
    expect(await backendFor({ ...asked, env, credentials: undefined })).toEqual({ url: "s3://own", env: {}, made: [] });
  });
});

describe("the passphrase", () => {
  test("is asked for, and what its loss means is said", () => {
    expect(() => passphraseFrom({})).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringContaining("whoever loses it loses the state") }),
    );
    expect(() => passphraseFrom({ PULUMI_CONFIG_PASSPHRASE_FILE: path.join(top, "none") })).toThrow(/cannot be read/);
  });

  test("comes by the variable or by a file", () => {
    const file = path.join(top, "passphrase");
    writeFileSync(file, "a secret\n");
    expect(passphraseFrom({ PULUMI_CONFIG_PASSPHRASE: "x" })).toBe("PULUMI_CONFIG_PASSPHRASE");
    expect(passphraseFrom({ PULUMI_CONFIG_PASSPHRASE_FILE: file })).toBe("PULUMI_CONFIG_PASSPHRASE_FILE");
  });
});

describe("the credentials' file", () => {
  const repository = (): string => {
    const stack = path.join(top, "repo/stacks/shop");
    mkdirSync(path.join(top, "repo/.git"), { recursive: true });
    mkdirSync(stack, { recursive: true });
    return stack;
  };

  test("lies outside the repository, whatever way leads there", () => {
    const stack = repository();
    symlinkSync(path.join(top, "repo"), path.join(top, "link"));
    for (const inside of ["repo/x.env", "repo/stacks/shop/deep/x.env", "link/x.env"])
      expect(() => credentialsFile(path.join(top, inside), stack)).toThrow(/outside the repository/);
    expect(credentialsFile(path.join(top, "repository/x.env"), stack)).toBe(path.join(top, "repository/x.env"));
  });

  test("is for the user alone, can be read by a shell, and is known again", () => {
    const file = path.join(top, "deep/x.env");
    const made = { url: "s3://b?x=1", env: { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "it's" }, made: [] };
    const variables = writeCredentials(file, { ...made, caCertificate: "PEM" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toContain("export AWS_SECRET_ACCESS_KEY='it'\\''s'\n");
    expect(variables["AWS_CA_BUNDLE"]).toBe(`${file}.ca.pem`);
    expect(readFileSync(`${file}.ca.pem`, "utf8")).toBe("PEM");
    expect([knownAccess(file), knownAccess(path.join(top, "none"))]).toEqual(["id", undefined]);
    expect(existsSync(`${file}.${process.pid}`)).toBe(false);
  });
});

describe("the signing key", () => {
  const runs: { readonly args: readonly string[]; readonly input: string | undefined }[] = [];
  const session: Session = {
    env: {},
    run: async (args, { input } = {}) => {
      runs.push({ args, input });
      return { code: 0, events: [], exitCode: 0 };
    },
  };
  const config = (text: string): void => writeFileSync(path.join(top, "Pulumi.dev.yaml"), text);
  beforeEach(() => {
    runs.length = 0;
  });

  test("is 32 random bytes that reach the engine by its input and by nothing else", async () => {
    config("config: {}\n");
    expect(await makeSigningKey(session, top, "dev")).toBe(true);
    const [{ args, input = "" } = { args: [], input: "" }] = runs;
    expect(Buffer.from(input, "base64")).toHaveLength(32);
    expect(args).toEqual(["config", "set", "--secret", "kasbah:signingKey", "--stack", "dev"]);
    await makeSigningKey(session, top, "dev");
    expect(runs[1]?.input).not.toBe(input);
  });

  test("that is there is kept, and one in clear is refused", async () => {
    config("config:\n  kasbah:signingKey:\n    secure: v1:x\n");
    expect([await makeSigningKey(session, top, "dev"), runs]).toEqual([false, []]);
    config("config:\n  kasbah:signingKey: in clear\n");
    await expect(makeSigningKey(session, top, "dev")).rejects.toMatchObject({ exitCode: 2 });
  });
});
