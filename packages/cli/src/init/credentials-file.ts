import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { StateBackend } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";

/** How the file of a private certificate authority is called, beside that of the credentials. */
const CA_SUFFIX = ".ca.pem";

const KEY = /^export AWS_ACCESS_KEY_ID='([^']+)'$/m;

/**
 * The file that the user names for the backend's credentials.
 * @throws {UserError} exit 2 when it would lie in the repository
 */
export const credentialsFile = (named: string | undefined, folder: string): string => {
  if (named === undefined) {
    throw new UserError(
      EXIT.badInput,
      "--credentials: expected a file outside the repository for the state backend's key, which is never shown, got nothing. With PULUMI_BACKEND_URL set, that backend is taken and nothing is made.",
    );
  }
  const file = path.resolve(named);
  const top = repositoryOf(folder);
  const parent = nearestExisting(path.dirname(file));
  if (parent !== top && !parent.startsWith(`${top}${path.sep}`)) return file;
  throw new UserError(EXIT.badInput, `--credentials: expected a file outside the repository ${top}, got ${file}.`);
};

const repositoryOf = (folder: string): string => {
  for (let at = realpathSync(folder); ; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at;
    if (at === path.dirname(at)) return realpathSync(folder);
  }
};

const nearestExisting = (folder: string): string =>
  existsSync(folder) ? realpathSync(folder) : nearestExisting(path.dirname(folder));

/** Id of the key that an earlier run has written there. */
export const knownAccess = (file: string): string | undefined =>
  existsSync(file) ? KEY.exec(readFileSync(file, "utf8"))?.[1] : undefined;

/** Writes what the engine needs to reach its state, for the user alone to read. Returns the variables. */
export const writeCredentials = (file: string, { url, env, caCertificate }: StateBackend): Record<string, string> => {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const ca = `${file}${CA_SUFFIX}`;
  if (caCertificate !== undefined) inOneStep(ca, caCertificate, 0o644);
  const variables = {
    PULUMI_BACKEND_URL: url,
    ...env,
    ...(caCertificate === undefined ? {} : { AWS_CA_BUNDLE: ca }),
  };
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`);
  const head =
    "# Where the engine keeps its state, and the key to it. Secret. Read it with `. FILE`; written by kasbah init.";
  inOneStep(file, `${[head, ...lines].join("\n")}\n`, 0o600);
  return variables;
};

const inOneStep = (file: string, text: string, mode: number): void => {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode, flag: "wx" });
  renameSync(draft, file);
};
