import { readFileSync } from "node:fs";
import { EXIT, UserError } from "../error.ts";

/** The variable by which the engine gets the passphrase. */
export type PassphraseFrom = "PULUMI_CONFIG_PASSPHRASE" | "PULUMI_CONFIG_PASSPHRASE_FILE";

/**
 * Where the passphrase comes from: it encrypts every secret of the state, and nobody but the user has it.
 * @throws {UserError} exit 2 when there is none
 */
export const passphraseFrom = (env: NodeJS.ProcessEnv): PassphraseFrom => {
  if (env["PULUMI_CONFIG_PASSPHRASE"]) return "PULUMI_CONFIG_PASSPHRASE";
  const file = env["PULUMI_CONFIG_PASSPHRASE_FILE"];
  if (file && contentOf(file) !== "") return "PULUMI_CONFIG_PASSPHRASE_FILE";
  const why = file ? `the file ${file} is empty or cannot be read` : "neither is set";
  throw new UserError(
    EXIT.badInput,
    `PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE: expected the passphrase of this stack, and ${why}. Choose one, keep it where two persons find it, and set it: whoever loses it loses the state.`,
  );
};

const contentOf = (file: string): string => {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
};
