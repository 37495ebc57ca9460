import { EXIT, type ExitCode } from "../error.ts";

/** The engine's words, ours, and what the command ends with. */
interface Explanation {
  readonly pattern: RegExp;
  readonly sentence: (match: RegExpMatchArray) => string;
  readonly exitCode: ExitCode;
}

/** What the engine (v3.259) prints, seen on the real one; each gets one sentence that says how to mend it. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /no stack named '([^']+)' found/,
    sentence: ([, name]) =>
      `There is no stack '${name}' in this state backend: list them with \`pulumi stack ls\`, make it with \`pulumi stack init ${name}\`.`,
    exitCode: EXIT.badInput,
  },
  {
    pattern: /no stack selected/,
    sentence: () => "No stack was named: add `--stack NAME`.",
    exitCode: EXIT.badInput,
  },
  {
    pattern: /passphrase must be set with PULUMI_CONFIG_PASSPHRASE/,
    sentence: () =>
      "The passphrase of this stack's secrets is missing: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE; nothing was changed.",
    exitCode: EXIT.badInput,
  },
  {
    pattern: /incorrect passphrase/,
    sentence: () => "The passphrase is not the one that this stack's secrets were encrypted with; nothing was changed.",
    exitCode: EXIT.badInput,
  },
  {
    pattern: /unable to open state directory "file:\/\/([^"]*)": .*(no such file|not a directory|permission denied)/,
    sentence: ([, folder, why]) => `The state folder ${folder} cannot be read (${why}): nothing was read or changed.`,
    exitCode: EXIT.badInput,
  },
  {
    pattern:
      /\(key "\.pulumi\/[^"]*"\).*: \w+ (\/\S*?)\/?\.pulumi\S*: (permission denied|read-only file system|not a directory|no such file)/,
    sentence: ([, folder, why]) => `The state folder ${folder} cannot be used (${why}): nothing was read or changed.`,
    exitCode: EXIT.badInput,
  },
  {
    pattern: /\.pulumi\S*: no space left on device/,
    sentence: () => "The state cannot be written: no space left on the device. Make room, then `kasbah recover`.",
    exitCode: EXIT.engineOrCloud,
  },
  {
    pattern: /no Pulumi\.yaml project file found/,
    sentence: () =>
      "There is no Pulumi.yaml here or in any folder above: change into a stack's folder, or name it with `--cwd`.",
    exitCode: EXIT.badInput,
  },
  {
    pattern: /the stack is currently locked by/,
    sentence: () =>
      "Another run holds this stack, or one was killed: when none is running, `kasbah recover` takes stock and `pulumi cancel` frees it.",
    exitCode: EXIT.engineOrCloud,
  },
  {
    pattern: /bad value: (?:nonce size is incorrect|incorrect passphrase|.*message authentication failed)/,
    sentence: () =>
      "A secret in the stack's configuration was encrypted with another passphrase or salt: set it again with `pulumi config set --secret`.",
    exitCode: EXIT.badInput,
  },
  {
    pattern: /policy pack "([^"]+)" failed to start/,
    sentence: ([, pack]) => `The policy pack ${pack} did not start, so nothing was run: what it said stands above.`,
    exitCode: EXIT.engineOrCloud,
  },
];

/** One sentence for what the engine said, or undefined when its own words are the best there are. */
export function explain(text: string): { readonly sentence: string; readonly exitCode: ExitCode } | undefined {
  for (const { pattern, sentence, exitCode } of EXPLANATIONS) {
    const match = pattern.exec(text);
    if (match) return { sentence: sentence(match), exitCode };
  }
  return undefined;
}
