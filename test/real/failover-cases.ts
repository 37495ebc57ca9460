// What is asked of any cluster that runs: whoever leads dies under a write load, again and again.
import { expect, test } from "vitest";
import { type Client, Load } from "./agent/load.ts";
import { guestKill } from "./support/guests.ts";
import type { Sovereign } from "./support/sovereign.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;
/** Three in CI; `KASBAH_REAL_KILLS=20` for a soak. */
const KILLS = Number(process.env["KASBAH_REAL_KILLS"] ?? 3);

interface Named {
  readonly id: string;
  readonly name: string;
}

type Report = Readonly<Record<string, unknown>>;

const reportsOf = (it: Sovereign): Promise<readonly Report[]> =>
  Promise.all([1, 2, 3].map((number) => it.report(number)));

/** Reports that a member wrote after a moment. */
const since = (reports: readonly Report[], moment: number): readonly Report[] =>
  reports.filter(({ at }) => new Date(String(at)).getTime() > moment);

/** All three healthy, one of them leading, by reports newer than the moment. */
const whole = (it: Sovereign, moment: number): Promise<Report> =>
  until(
    "three healthy members",
    async () => {
      const fresh = since(await reportsOf(it), moment);
      const leaders = fresh.filter(({ role }) => role === "leader");
      return fresh.length === 3 && leaders.length === 1 && fresh.every(({ healthy }) => healthy === true)
        ? leaders[0]
        : undefined;
    },
    8 * MINUTES,
  );

const serverOf = async (it: Sovereign, name: unknown): Promise<string> => {
  const all = await it.cloud.list<Named>("compute", "/servers/detail", "servers");
  return all.find((server) => server.name === name)?.id ?? expect.fail(`no server ${name}`);
};

/** Pulls the plug of whoever leads, waits for another one, and starts the first again. */
const kill = async (it: Sovereign, load: Load): Promise<number> => {
  const leader = await whole(it, Date.now());
  const id = await serverOf(it, leader["member"]);
  const before = load.count;
  load.pauses();
  const at = Date.now();
  await guestKill(id);
  await until("another leader", async () => {
    const fresh = since(await reportsOf(it), at + 1000);
    return fresh.find(({ role, member }) => role === "leader" && member !== leader["member"]);
  });
  await until("writes again", async () => (load.count > before + 100 ? true : undefined));
  await until("the compute service to see it", async () => {
    const { server } = await it.cloud.get<{ server: { status: string } }>("compute", `/servers/${id}`);
    return server.status === "SHUTOFF" ? true : undefined;
  });
  await it.cloud.request("compute", `/servers/${id}/action`, { method: "POST", body: { "os-start": null } });
  await whole(it, Date.now());
  return Math.max(...load.pauses().map(({ seconds }) => seconds));
};

export const failoverCases = (sovereign: () => Sovereign, client: () => Promise<Client>): void => {
  test(`whoever leads is killed ${KILLS} times under load, and nothing that was acknowledged is lost`, {
    timeout: (5 + KILLS * 10) * MINUTES,
  }, async () => {
    const load = new Load(await client());
    await load.start(4);
    const pauses: number[] = [];
    for (let round = 0; round < KILLS; round++) pauses.push(await kill(sovereign(), load));
    await load.stop();
    expect(await load.lost()).toEqual([]);
    expect(load.count).toBeGreaterThan(300);
    const sorted = [...pauses].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)]?.toFixed(1);
    console.log(
      `killed ${KILLS} times: ${load.count} acknowledged, 0 lost; writes stood still for ${median} s (median), ${sorted.at(-1)?.toFixed(1)} s (worst)`,
    );
  });
};
