import { expect, test } from "vitest";
import { census, namesOf } from "./support/estate.ts";
import { killedUp } from "./support/kill.ts";
import { newProject } from "./support/project.ts";
import { loginAsAdmin } from "./support/session.ts";
import { realStack } from "./support/stack.ts";

const UP = ["up", "--stack", "dev", "--yes", "--skip-preview"];
const DEV = ["--stack", "dev"];
const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF7PSYpAkPPuWDsDgCQZ3PdOLXTzDJ5kpZnuFLQLYpVD every-type";

test("a GPU that is not there: the next up says success, and verify says what nova says", async () => {
  const project = await newProject("gpu", { admin: true });
  const flavor = `${project.name}-gpu`;
  const config = { "one-server:prefix": project.name, "one-server:cidr": "10.62.0.0/24", "one-server:flavor": flavor };
  const stack = await realStack(project, { program: "test/real/one-server", config });
  const admin = await loginAsAdmin();
  const made = await admin.call<{ flavor: { id: string } }>("compute", "/flavors", {
    method: "POST",
    body: { flavor: { name: flavor, ram: 512, vcpus: 1, disk: 1 } },
  });
  const at = `/flavors/${made.flavor.id}`;
  const alias = (value: string) => ({ method: "POST", body: { extra_specs: { "pci_passthrough:alias": value } } });
  try {
    await admin.call("compute", `${at}/os-extra_specs`, alias("a100:64")); // no host has so many
    await stack.pulumi(["stack", "init", "dev"]);
    const first = await stack.pulumi(UP);
    expect(first.code, first.all).not.toBe(0);
    expect(first.all).toMatch(/unexpected state 'ERROR'/);
    const second = await stack.pulumi(UP);
    expect(second.code, second.all).toBe(0); // the provider's success
    const verified = await stack.kasbah("verify", DEV);
    expect(verified.all).toMatch(/critical server: status: wanted ACTIVE, found it is in ERROR: No valid host/);
    expect(verified.code, verified.all).toBe(4);

    await admin.call("compute", `${at}/os-extra_specs`, alias("a100:1"));
    const [, urn = ""] = /pulumi state taint '([^']+)'/.exec(verified.all) ?? [];
    expect((await stack.pulumi(["state", "taint", urn, ...DEV, "--yes"])).code).toBe(0);
    const third = await stack.pulumi(UP);
    expect(third.code, third.all).toBe(0);
    const whole = await stack.kasbah("verify", DEV);
    expect(whole.all).toContain("none broken");
    expect(whole.code, whole.all).toBe(0);

    const { session } = project;
    const [server] = (await session.call<{ servers: { id: string }[] }>("compute", "/servers")).servers;
    await session.call("compute", `/servers/${server?.id}`, { method: "DELETE" });
    await expect.poll(() => session.status("compute", `/servers/${server?.id}`), { timeout: 60_000 }).toBe(404);
    const lost = await stack.kasbah("verify", DEV);
    expect(lost.all).toMatch(/critical server: id: .*the cloud has no such object/);
    expect(lost.code, lost.all).toBe(4);
    await stack.pulumi(["destroy", ...DEV, "--yes", "--skip-preview", "--refresh"]);
  } finally {
    await project.delete();
    await admin.call("compute", at, { method: "DELETE" });
    stack.close();
  }
});

test("kill -9 at five points of an up: recovered, nothing twice, nothing lost", async () => {
  const project = await newProject("kill", { admin: true });
  const prefix = `${project.name}-e`;
  const settings = { prefix, cidr: "10.61.0.0/24", publicKey: PUBLIC_KEY };
  const config = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`every-type:${key}`, value]));
  const stack = await realStack(project, { program: "test/real/every-type", config });
  const points = ["ApplicationCredential", "Subnet", "LoadBalancer", "Instance", "VolumeAttach"];
  const admin = await loginAsAdmin();
  try {
    await stack.pulumi(["stack", "init", "dev"]);
    const begun: string[] = [];
    for (const point of points) {
      const killed = await killedUp(stack, point);
      expect(killed.run.code, killed.run.all).toBe(137);
      begun.push(...killed.begun);
      const recovered = await stack.kasbah("recover", DEV);
      expect(recovered.code, recovered.all).toBe(0);
      expect(stack.checkpoint().pending_operations ?? []).toEqual([]);
      expect(recovered.all).toMatch(/found in the cloud, now in the state|never made/);
    }
    expect(points.filter((point) => !begun.includes(point))).toEqual([]);

    const up = await stack.pulumi(UP);
    expect(up.code, up.all).toBe(0);
    const again = await stack.pulumi([...UP, "--expect-no-changes"]);
    expect(again.code, again.all).toBe(0);
    expect(await census(project)).toEqual({
      ...{ networks: 1, subnets: 1, routers: 1, ports: 3, groups: 2, addresses: 1 }, // ports: also router's and balancer's
      ...{ servers: 1, serverGroups: 1, keypairs: 1, volumes: 1, containers: 1 },
      ...{ secrets: 2, orders: 1 }, // the order made one of the secrets
      ...{ balancers: 1, listeners: 1, pools: 1, monitors: 1 },
    });
    expect(await namesOf(admin, ["identity", "/users", "users"], prefix)).toEqual([`${prefix}-user`]);
    expect(await namesOf(admin, ["identity", "/projects", "projects"], prefix)).toEqual([`${prefix}-project`]);
    expect(await namesOf(admin, ["compute", "/flavors?is_public=None", "flavors"], prefix)).toEqual([
      `${prefix}-flavor`,
    ]);
    const verified = await stack.kasbah("verify", DEV);
    expect(verified.all).toContain("none broken");
    expect(verified.code, verified.all).toBe(0);
  } finally {
    await stack.pulumi(["destroy", ...DEV, "--yes", "--skip-preview"]);
    await project.delete();
    stack.close();
  }
});
