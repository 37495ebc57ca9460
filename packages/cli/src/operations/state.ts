import type { KnownResource } from "@kasbah/core";
import type { ExportedStack, StateResource } from "../recover/deployment.ts";

/** How the engine writes a secret into an exported state. */
const SECRET = "4dabf18193072939515e22adb298388d";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isSecret = (value: unknown): boolean => isRecord(value) && SECRET in value;

/** Plain values only: what is encrypted, or decrypted and marked, is left out. */
export const plainOnly = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isSecret(value)));

/** Values of a decrypted export without the engine's marks. For memory only: never shown, never written. */
export const unmarked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unmarked);
  if (!isRecord(value)) return value;
  const { plaintext } = value;
  if (SECRET in value && typeof plaintext === "string") return unmarked(JSON.parse(plaintext));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unmarked(inner)]));
};

/** URN of the provider that a resource goes through. */
export const providerOf = ({ provider }: Pick<StateResource, "provider">): string =>
  provider?.slice(0, provider.lastIndexOf("::")) ?? "";

/** What the state knows, by the provider that made it. */
export const knownByProvider = ({
  deployment: { resources = [] },
}: ExportedStack): ReadonlyMap<string, readonly KnownResource[]> => {
  const made = resources.filter(
    ({ custom, id, type, delete: gone }) => custom && id !== undefined && !type.startsWith("pulumi:") && gone !== true,
  );
  return Map.groupBy(made.map(asKnown), ({ provider }) => provider);
};

const asKnown = (resource: StateResource): KnownResource & { readonly provider: string } => ({
  urn: resource.urn,
  type: resource.type,
  id: resource.id ?? "",
  ...(resource.parent === undefined ? {} : { parent: resource.parent }),
  inputs: resource.inputs ?? {},
  outputs: resource.outputs ?? {},
  provider: providerOf(resource),
});
