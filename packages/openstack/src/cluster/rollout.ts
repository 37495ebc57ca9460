import * as pulumi from "@pulumi/pulumi";
import { errorsIn, obstacle, unsettled, type Wanted } from "./gate.ts";
import type { Reports } from "./reports.ts";
import { type Patience, waitUntil } from "./wait.ts";

const MINUTE = 60_000;
/** A member has to hand over, start and catch up before the next one's turn. */
const TURN = { timeoutMs: 30 * MINUTE, everyMs: 5_000 };
/** A new server installs its packages, and the cluster finds together. */
const SETTLE = { timeoutMs: 15 * MINUTE, everyMs: 5_000 };

/**
 * Servers of a cluster, replaced one after another while the others answer. It waits in the program, so that
 * `pulumi up` is as safe as `kasbah up`. Without reports (a preview, the sandbox) nothing is waited for.
 */
export class Rollout {
  readonly #reports: Reports | undefined;
  readonly #members: readonly string[];
  readonly #owner: pulumi.Resource;

  constructor(reports: Reports | undefined, members: readonly string[], owner: pulumi.Resource) {
    this.#reports = pulumi.runtime.isDryRun() ? undefined : reports;
    this.#members = members;
    this.#owner = owner;
  }

  /**
   * Waits until the member's server may be made, or taken away and made anew.
   * @param before resolves when the server before it is made
   * @throws {pulumi.RunError} when its turn does not come
   */
  async turn(member: string, generation: string, before: Promise<unknown>): Promise<void> {
    const reports = this.#reports;
    if (reports === undefined) return;
    await before;
    const { now: since } = await reports.read(this.#members);
    const look = async () => {
      const reason = obstacle(await reports.read(this.#members), { member, members: this.#members, generation, since });
      return reason === undefined ? [] : [reason];
    };
    const left = await waitUntil(
      patiently(look),
      this.#patience(`${member} is replaced when the others are ready`, TURN),
    );
    if (left.length > 0) throw late(`${member} cannot be replaced without losing the cluster`, left, TURN);
  }

  /**
   * Waits until the cluster has got what was declared.
   * @throws {pulumi.RunError} that says what each member lacks
   */
  async settle(wanted: Omit<Wanted, "members">): Promise<void> {
    const reports = this.#reports;
    if (reports === undefined) return;
    const members = this.#members;
    const look = async () => unsettled(await reports.read(members), { ...wanted, members });
    const left = await waitUntil(patiently(look), this.#patience("waiting for the cluster", SETTLE));
    if (left.length > 0) throw late("the cluster has not got what was declared", left, SETTLE);
    for (const line of errorsIn(await reports.read(members), members)) void pulumi.log.warn(line, this.#owner);
  }

  #patience(what: string, times: typeof TURN): Patience {
    const told = (lines: readonly string[]) => void pulumi.log.info(`${what}: ${lines.join("; ")}`, this.#owner);
    return { ...times, told };
  }
}

/** A question that fails in between is asked again; one that fails at once never worked. */
const patiently = (look: () => Promise<readonly string[]>): (() => Promise<readonly string[]>) => {
  let asked = false;
  return async () => {
    try {
      const lines = await look();
      asked = true;
      return lines;
    } catch (error) {
      if (!asked) throw error;
      return [`its reports cannot be read: ${error instanceof Error ? error.message : error}`];
    }
  };
};

const late = (what: string, left: readonly string[], { timeoutMs }: typeof TURN): pulumi.RunError =>
  new pulumi.RunError(
    [`${what}, after ${timeoutMs / MINUTE} minutes:`, ...left.map((line) => `  ${line}`), MEND].join("\n"),
  );

const MEND =
  "  Mend what is named (`journalctl -u 'kasbah-*'` in the server says more) and run the same command again.";
