import path from "node:path";
import type { Context, Register } from "../command.ts";
import { UserError } from "../error.ts";
import type { Backend } from "../init/backend.ts";
import { asOfOption, cwdOption, stackOption } from "../options.ts";
import type { Session } from "../session.ts";

interface InitOptions {
  readonly cwd: string;
  readonly stack: string;
  readonly asOf: string;
  readonly credentials?: string;
}

/** `kasbah init`: a lawful home for the engine's state, a stack in it, and the signing key. Safe to run again. */
export const registerInit: Register = (program, context) => {
  program
    .command("init")
    .description("make or take the place of the engine's state, once the law permits it; make the stack and its key")
    .addOption(cwdOption())
    .addOption(stackOption())
    .addOption(asOfOption())
    .option("--credentials <file>", "where to write the state backend's key: a file outside the repository")
    .action((options: InitOptions) => init(options, context));
};

const init = async ({ cwd, stack, asOf, credentials }: InitOptions, context: Context): Promise<void> => {
  const { readNewStack } = await import("../stack.ts");
  const { judgeBackend } = await import("../init/judge.ts");
  const { passphraseFrom } = await import("../init/passphrase.ts");
  const { backendFor } = await import("../init/backend.ts");
  const { openSession } = await import("../session.ts");
  const { env, progress } = context;
  const { folder, project, declaration, secretsProvider } = readNewStack(path.resolve(cwd), stack);
  const { to, verdict } = judgeBackend(declaration, asOf);
  progress.say(`The state may lie in ${to.name}: ${verdict.outcome}, as of ${asOf}.`);
  const from = secretsProvider === undefined ? passphraseFrom(env) : undefined;
  const backend = await backendFor({ declaration, folder, project, stack, env, credentials });
  for (const line of aboutBackend(backend, to.name)) progress.say(line);
  const alsoAws = Object.values(declaration.places).some(({ cloud }) => cloud === "aws");
  if (alsoAws && backend.file !== undefined) progress.say(TWO_KEYS);

  const session = await openSession({ cwd: folder, sandbox: false }, { ...context, env: { ...env, ...backend.env } });
  if (await makeStack(session, stack)) progress.say(`Made the stack ${stack}.`);
  const { makeSigningKey } = await import("../init/signing-key.ts");
  const isNew = await makeSigningKey(session, folder, stack);
  progress.say(
    `${isNew ? "Made" : "Kept"} the signing key: a secret of Pulumi.${stack}.yaml, by which the servers know this platform.`,
  );
  progress.say(
    from === undefined
      ? `Secrets are encrypted by ${secretsProvider}: whoever may use that key holds the state.`
      : `You hold the passphrase (${from}), and nobody else does: without it the state cannot be read or changed, and every secret in it is lost. Keep it apart from the state, where two persons find it.`,
  );
};

function* aboutBackend({ url, env, made, file }: Backend, place: string): Generator<string> {
  const [bare] = url.split("?");
  if (file === undefined) return yield `Taken as it is: ${bare}. That it lies in ${place} is your word.`;
  for (const what of made) yield `Made ${what}.`;
  yield `The state lies in ${bare}. Read its key into the environment first, every time: . ${file}`;
  yield `It sets ${Object.keys(env).join(", ")}. The key opens the whole project of this user: keep the file secret.`;
}

/** Both would be AWS_ACCESS_KEY_ID. */
const TWO_KEYS =
  "This platform has a place on AWS too, whose key has the same variables: put the state's key under a profile of ~/.aws/credentials instead, and add &profile=NAME to PULUMI_BACKEND_URL.";

/** @returns whether it was made now */
const makeStack = async (session: Session, stack: string): Promise<boolean> => {
  const { exportStack } = await import("../operations/export.ts");
  if ((await exportStack(session, stack)) !== undefined) return false;
  const { code, exitCode } = await session.run(["stack", "init", stack, "--non-interactive"]);
  if (code !== 0) throw new UserError(exitCode, `The stack ${stack} could not be made.`);
  return true;
};
