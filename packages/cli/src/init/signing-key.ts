import { randomBytes } from "node:crypto";
import path from "node:path";
import { isTree } from "@kasbah/core";
import { readYaml } from "@kasbah/platform/read";
import { EXIT, UserError } from "../error.ts";
import type { Session } from "../session.ts";

const KEY = "kasbah:signingKey";

/**
 * Makes the key by which a platform's servers know who may tell them something, unless the stack has one. It goes to the
 * engine by its standard input: it is in no argument, and nobody sees it.
 * @returns whether it was made now
 */
export const makeSigningKey = async (session: Session, folder: string, stack: string): Promise<boolean> => {
  const known = configured(path.join(folder, `Pulumi.${stack}.yaml`));
  if (isTree(known) && "secure" in known) return false;
  if (known !== undefined) {
    throw new UserError(
      EXIT.badInput,
      `${KEY}: expected a secret in Pulumi.${stack}.yaml, and it stands there in clear: whoever has read it can give orders to the servers. Remove it, and run kasbah init again.`,
    );
  }
  const input = randomBytes(32).toString("base64");
  const { code, exitCode } = await session.run(["config", "set", "--secret", KEY, "--stack", stack], { input });
  if (code !== 0) throw new UserError(exitCode, `${KEY} could not be set.`);
  return true;
};

const configured = (file: string): unknown => {
  const read = readYaml(file);
  const config = read.ok && isTree(read.value) ? read.value["config"] : undefined;
  return isTree(config) ? config[KEY] : undefined;
};
