import type { Finding } from "@kasbah/core";

/** A finding that somebody answers for, until a day. Every field is mandatory. */
export interface Waiver {
  /** Name of the rule. */
  readonly rule: string;
  /** The resource: its whole URN or address, or the end of its URN, `<type>::<name>`. */
  readonly resource: string;
  readonly reason: string;
  readonly approver: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** Rule under which a waiver is refused that has run out. It cannot be waived. */
export const EXPIRED_WAIVER = "renew-expired-waivers";

/** Findings with those marked that a waiver covers; a waiver that has run out covers nothing and is a finding itself. */
export const applyWaivers = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  asOf: string,
): readonly Finding[] => {
  if (waivers.length === 0) return findings;
  const current = waivers.filter(({ expires }) => asOf <= expires);
  const marked = findings.map((finding): Finding => {
    const waiver = current.find((one) => covers(one, finding));
    if (waiver === undefined) return finding;
    const { reason, approver, expires } = waiver;
    return { ...finding, waived: { reason, approver, expires } };
  });
  return [...marked, ...waivers.filter(({ expires }) => asOf > expires).map((waiver) => expired(waiver, asOf))];
};

const covers = ({ rule, resource }: Waiver, finding: Finding): boolean =>
  rule === finding.rule && (resource === finding.resource || finding.resource.endsWith(`::${resource}`));

const expired = ({ rule, resource, expires }: Waiver, asOf: string): Finding => ({
  rule: EXPIRED_WAIVER,
  severity: "high",
  resource,
  path: "expires",
  wanted: `a waiver of ${rule} that holds on ${asOf}`,
  found: `one that ran out on ${expires}`,
  mend: "Mend what it waived, or have it approved again with a new day.",
});
