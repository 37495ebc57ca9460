import { describe, expect, test } from "vitest";
import { errorsIn, obstacle, type Turn, unsettled } from "../../packages/openstack/src/cluster/gate.ts";
import { parseReport, type Report, type Reported } from "../../packages/openstack/src/cluster/reports.ts";
import { waitUntil } from "../../packages/openstack/src/cluster/wait.ts";

const NOW = new Date("2026-11-21T18:00:00Z");
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);
const MEMBERS = ["c-1", "c-2", "c-3"] as const;
const OLD = "00000000";
const NEW = "11111111";

const report = (more: Partial<Report> = {}): Report => ({
  generation: OLD,
  settings: "v1",
  error: null,
  role: "standby",
  healthy: true,
  login: 1,
  ...more,
});

type Seen = Readonly<Record<string, (Partial<Report> & { readonly seconds?: number }) | undefined>>;

/** What each member says; one that is not named says nothing. */
const seen = (members: Seen): Reported => ({
  now: NOW,
  reports: new Map(
    Object.entries(members).flatMap(([name, said]) => {
      if (said === undefined) return [];
      const { seconds = 5, ...more } = said;
      return [[name, { report: report(more), at: ago(seconds) }] as const];
    }),
  ),
});

const turn = (member: string, more: Partial<Turn> = {}): Turn => ({
  member,
  members: MEMBERS,
  generation: NEW,
  since: ago(60),
  ...more,
});

describe("a member's turn", () => {
  test.each(MEMBERS)("a cluster that has never reported is made at once: %s", (member) => {
    expect(obstacle(seen({}), turn(member))).toBeUndefined();
  });

  test("the first goes while both others are up, whatever they were made of", () => {
    expect(obstacle(seen({ "c-1": {}, "c-2": { role: "leader" }, "c-3": {} }), turn("c-1"))).toBeUndefined();
  });

  test("who leads hands over first", () => {
    const all = { "c-1": { role: "leader" }, "c-2": {}, "c-3": {} };
    expect(obstacle(seen(all), turn("c-1"))).toBe("c-1 leads and has not handed over");
  });

  const STANDING: readonly (readonly [string, Seen[string], string])[] = [
    ["says nothing", undefined, "c-3 is not up"],
    ["is not healthy", { healthy: false }, "c-3 is not up"],
    ["was last heard of long ago", { seconds: 200 }, "c-3 is not up"],
  ];
  test.each(STANDING)("a member stays while another %s", (_what, third, reason) => {
    expect(obstacle(seen({ "c-1": {}, "c-2": { role: "leader" }, "c-3": third }), turn("c-1"))).toBe(reason);
  });

  test("the next waits until the one before is new, and says so after it was made", () => {
    const others = { "c-2": {}, "c-3": { role: "leader" } };
    const second = (first: Seen[string]) => obstacle(seen({ "c-1": first, ...others }), turn("c-2"));
    expect(second({ generation: OLD })).toBe("c-1 is not replaced yet");
    expect(second({ generation: NEW, seconds: 61 })).toBe("c-1 is not up"); // the report is of the server that went
    expect(second({ generation: NEW, healthy: false })).toBe("c-1 is not up");
    expect(second({ generation: NEW })).toBeUndefined();
  });

  test("the last waits for both, and hands over", () => {
    const done = { "c-1": { generation: NEW }, "c-2": { generation: NEW } };
    expect(obstacle(seen({ ...done, "c-3": { role: "leader" } }), turn("c-3"))).toBe(
      "c-3 leads and has not handed over",
    );
    expect(obstacle(seen({ ...done, "c-1": {}, "c-3": {} }), turn("c-3"))).toBe("c-1 is not replaced yet");
    expect(obstacle(seen({ ...done, "c-3": {} }), turn("c-3"))).toBeUndefined();
  });

  test("a server that stays is not waited for", () => {
    const broken = { "c-1": { generation: NEW, role: "leader" }, "c-2": { healthy: false } };
    expect(obstacle(seen(broken), turn("c-1"))).toBeUndefined();
  });

  test.each([undefined, { healthy: false }, { seconds: 600 }])("a member that is down is made anew: %j", (own) => {
    expect(obstacle(seen({ "c-1": {}, "c-2": own, "c-3": { role: "leader" } }), turn("c-2"))).toBeUndefined();
  });

  test("the last one that is up, and leads, is never taken away", () => {
    expect(obstacle(seen({ "c-1": { role: "leader" } }), turn("c-1"))).toBe("c-2 is not up");
  });
});

describe("a cluster has got what was declared", () => {
  const wanted = { members: MEMBERS, generation: NEW, version: "v2", login: 2 };
  const good = { generation: NEW, settings: "v2", login: 2 };
  const lines = (more: Seen) =>
    unsettled(seen({ "c-1": { ...good, role: "leader" }, "c-2": good, "c-3": good, ...more }), wanted);

  test("when all have applied it and the leader knows the login", () => expect(lines({})).toEqual([]));

  const LACKS: readonly (readonly [string, Seen, readonly string[]])[] = [
    ["old settings", { "c-2": { ...good, settings: "v1" } }, ["c-2: has not applied settings v2"]],
    ["an old server", { "c-3": { ...good, generation: OLD } }, ["c-3: its server is an old one"]],
    ["silence", { "c-3": undefined }, ["c-3: has never reported"]],
    ["an old report", { "c-3": { ...good, seconds: 400 } }, ["c-3: reported 400 s ago"]],
    ["an error", { "c-2": { ...good, settings: "v1", error: "not signed" } }, ["c-2: not signed"]],
    [
      "a member that starts",
      { "c-2": { ...good, healthy: false, role: "starting" } },
      ["c-2: reported 5 s ago, starting, not healthy"],
    ],
    ["nobody that leads", { "c-1": good }, ["no member leads"]],
    ["an old login", { "c-1": { ...good, role: "leader", login: 1 } }, ["c-1: the login 2 is not there yet"]],
  ];
  test("an error beside what was applied is told, and not waited for", () => {
    const failing = { "c-1": { ...good, role: "leader", error: "backup failed" } };
    expect(lines(failing)).toEqual([]);
    expect(errorsIn(seen(failing), MEMBERS)).toEqual(["c-1: backup failed"]);
  });

  test.each(LACKS)("not with %s", (_what, more, expected) => expect(lines(more)).toEqual(expected));
});

describe("a report", () => {
  const text = (more: object = {}) =>
    JSON.stringify({
      ...{ format: 1, member: "c-1", generation: NEW, settings: "v2", error: null, role: "leader", healthy: true },
      login: { number: 2, previous: "open" },
      ...more,
    });

  test("is read", () => {
    expect(parseReport(text())).toEqual(
      report({ generation: NEW, settings: "v2", role: "leader", login: 2, healthy: true }),
    );
  });

  test.each(["", "null", "[]", "{", text({ format: 2 }), text({ healthy: "yes" }), text({ generation: 3 })])(
    "that is of no use counts as none: %s",
    (said) => expect(parseReport(said)).toBeUndefined(),
  );

  test("of a member that starts says little", () => {
    expect(parseReport(text({ settings: null, login: null, healthy: false }))).toMatchObject({
      settings: "",
      login: 0,
    });
  });
});

describe("waiting", () => {
  const patience = { timeoutMs: 60_000, everyMs: 1, told: () => undefined };

  test("ends when there is nothing left", async () => {
    const answers = [["a"], ["b"], []];
    expect(await waitUntil(async () => answers.shift() ?? expect.fail("asked again"), patience)).toEqual([]);
  });

  test("gives up with what was left", async () => {
    expect(await waitUntil(async () => ["c-1 is not up"], { ...patience, timeoutMs: 0 })).toEqual(["c-1 is not up"]);
  });
});
