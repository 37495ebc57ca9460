/** The one place where the engine's versions stand. `packages/cli/engine/go.mod` pins the same release; a test compares them. */
export const ENGINE_VERSION = "3.259.0";

/** An engine on the path that is older than this is passed over: the SDK and the policy packs ask for what it lacks. */
export const OLDEST_ENGINE = "3.250.0";

/** The Go that the engine's module asks for. */
export const OLDEST_GO = "1.25.11";

/** The Node that strips types by itself. */
export const OLDEST_NODE = "22.18.0";

/** The numbers of a version as tools print them (`v3.259.0`, `go version go1.26.8 linux/amd64`); undefined when there are none. */
export function versionIn(text: string): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];
}

/** Whether version `have` is `need` or newer; compares numbers, knows no prereleases. */
export function isAtLeast(have: string, need: string): boolean {
  const numbers = (version: string): number[] => version.split(".").map(Number);
  const [left, right] = [numbers(have), numbers(need)];
  for (const [index, wanted] of right.entries()) {
    const found = left[index] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}
