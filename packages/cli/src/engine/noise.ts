/**
 * Lines that say nothing to the user: plugins taken from the path are what Kasbah put there, and an OpenStack provider
 * warns of the very switch without which it would talk to a load balancer that no cloud has any more.
 */
const NOISE: readonly RegExp[] = [
  /^(?:[ +~@-]*pulumi:pulumi:Stack \S+.*|\s*)warning: using pulumi-\S+ from \$PATH at /,
  /^(?:[ +~@-]*pulumi:pulumi:Stack \S+.*|\s*)warning: provider config warning: property "useOctavia" is deprecated/,
  /^.*\bopenstack:loadbalancer\/\S+ verification warning: Deprecated Resource: Support for neutron-lbaas/,
  /^warning: A new version of Pulumi is available/,
];

/** Whether a line is known noise; colours are looked through. */
export function isNoise(line: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
  const plain = line.replace(/\u001b\[[0-9;]*m/g, "");
  return NOISE.some((pattern) => pattern.test(plain));
}

/** Takes text as it comes and passes on whole lines that are not noise. */
export function lineFilter(pass: (text: string) => void): { push: (text: string) => void; end: () => void } {
  let rest = "";
  const emit = (line: string): void => {
    if (!isNoise(line)) pass(line);
  };
  return {
    push: (text) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) emit(`${line}\n`);
    },
    end: () => {
      if (rest) emit(rest);
      rest = "";
    },
  };
}
