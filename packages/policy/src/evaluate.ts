import type { Finding } from "@kasbah/core";
import type { Resource } from "./resource.ts";
import type { Rule } from "./rules/index.ts";
import type { World } from "./world.ts";

/** What a family of rules says of one resource. */
export interface Evaluation {
  readonly findings: readonly Finding[];
  /** Properties that point at resources and are not known before the end of the preview: ask again then. */
  readonly pending: readonly string[];
}

/** Azure's types of one API version are those of the default one: `storage/v20230101:X` is `storage:X`. */
export const canonicalType = (type: string): string =>
  type.startsWith("azure-native")
    ? type.replace(/^azure-native(_[^:]*)?:([^:/]+)(\/v\d+[a-z]*)?:/, "azure-native:$2:")
    : type;

/** Asks every rule about a resource that the estate already knows. Pure. */
export const evaluate = (resource: Resource, world: World, rules: readonly Rule[]): Evaluation => {
  const findings: Finding[] = [];
  const pending = new Set<string>();
  for (const rule of rules) {
    for (const answer of rule.judge(resource, world)) {
      if (answer.kind === "pending") {
        pending.add(answer.path);
        continue;
      }
      const { kind: _, ...complaint } = answer;
      findings.push({
        serves: rule.serves,
        ...complaint,
        rule: rule.name,
        severity: rule.severity,
        resource: resource.urn,
      });
    }
  }
  return { findings, pending: [...pending] };
};
