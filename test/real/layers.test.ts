import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lab } from "./support/lab.ts";
import { client, type LayerStack, layerStack } from "./support/layer-stack.ts";
import { ran } from "./support/layers.ts";
import { newProject, type Project } from "./support/project.ts";
import { byApplicationCredential, login } from "./support/session.ts";

const CIDR = "10.214.8.0/22";
const EGRESS = { name: "registry", cidr: "203.0.113.64/28", ports: [443, 8443], protocol: "tcp" as const };

interface Listed {
  readonly id: string;
  readonly name: string;
}
interface Rule {
  readonly direction: string;
  readonly protocol: string | null;
  readonly remote_ip_prefix: string | null;
  readonly remote_group_id: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
}

let project: Project;
const get = <T>(service: string, path: string): Promise<T> => project.session.call<T>(service, path);
const secretAt = async <T>(ref: string): Promise<T> =>
  project.session.call<T>("key-manager", `${new URL(ref).pathname}/payload`, { headers: { accept: "text/plain" } });

describe("network", () => {
  let layers: LayerStack;
  const network = { cidr: CIDR };
  const balanced = [{ name: "db", port: 5432, monitor: { type: "HTTP", port: 8080, path: "/primary" } }] as const;
  beforeAll(async () => {
    project = await newProject("layers-net", { admin: true });
    layers = await layerStack(project, "production", { externalNetwork: lab().externalNetwork, egress: [EGRESS] });
  });
  afterAll(async () => {
    await layers?.close();
    await project?.delete();
  });

  test("comes up, and a second time nothing changes, nor in the cloud", async () => {
    await layers.up({ network, balanced });
    await layers.expectSettled();
  });

  test("has one router, to the named network, and no floating address", async () => {
    const { routers } = await get<{ routers: (Listed & { external_gateway_info: { network_id: string } })[] }>(
      "network",
      `/v2.0/routers?project_id=${project.id}`,
    );
    const { networks } = await get<{ networks: Listed[] }>("network", `/v2.0/networks?name=${lab().externalNetwork}`);
    expect(routers.map((router) => router.external_gateway_info.network_id)).toEqual([networks[0]?.id]);
    const addresses = await get<{ floatingips: unknown[] }>("network", `/v2.0/floatingips?project_id=${project.id}`);
    expect(addresses.floatingips).toEqual([]);
  });

  test("its groups let in the network's own clients only, and out what is named", async () => {
    const front = `${lab().front}/32`;
    expect(await rulesOf("net-services")).toEqual([`egress tcp ${front} all`]);
    expect(await rulesOf("net-egress-registry")).toEqual([
      "egress tcp 203.0.113.64/28 443",
      "egress tcp 203.0.113.64/28 8443",
    ]);
    expect(await rulesOf("front-balancer-group")).toEqual([
      `egress tcp ${CIDR} 5432`,
      `egress tcp ${CIDR} 8080`,
      `ingress tcp ${CIDR} 5432`,
    ]);
  });

  test("the load balancer serves its own network, with a port in our group only", async () => {
    const { loadbalancers } = await get<{
      loadbalancers: { vip_port_id: string; provisioning_status: string; vip_address: string }[];
    }>("load-balancer", `/v2.0/lbaas/loadbalancers?project_id=${project.id}`);
    const [balancer] = loadbalancers;
    expect(balancer?.provisioning_status).toBe("ACTIVE");
    expect(balancer?.vip_address).toBe(layers.output("address"));
    const { port } = await get<{ port: { security_groups: string[]; port_security_enabled: boolean } }>(
      "network",
      `/v2.0/ports/${balancer?.vip_port_id}`,
    );
    expect(port).toMatchObject({
      security_groups: [await groupId("front-balancer-group")],
      port_security_enabled: true,
    });
    const { listeners } = await get<{ listeners: object[] }>(
      "load-balancer",
      `/v2.0/lbaas/listeners?project_id=${project.id}`,
    );
    expect(listeners).toMatchObject([{ protocol: "TCP", protocol_port: 5432, allowed_cidrs: [CIDR] }]);
    const { healthmonitors } = await get<{ healthmonitors: object[] }>(
      "load-balancer",
      `/v2.0/lbaas/healthmonitors?project_id=${project.id}`,
    );
    expect(healthmonitors).toMatchObject([{ type: "HTTP", url_path: "/primary", expected_codes: "200" }]);
  });

  test("another port of the balancer is an update that leaves the network alone", async () => {
    const before = layers.output("subnet");
    await layers.up({ network, balanced: [{ name: "db", port: 6432 }] });
    await layers.expectSettled();
    expect(layers.output("subnet")).toBe(before);
    expect(await rulesOf("front-balancer-group")).toEqual([`egress tcp ${CIDR} 6432`, `ingress tcp ${CIDR} 6432`]);
  });

  test("goes, and leaves nothing", async () => {
    await layers.destroy();
    for (const kind of ["networks", "subnets", "routers", "ports"]) {
      expect(await get(`network`, `/v2.0/${kind}?project_id=${project.id}`), kind).toEqual({ [kind]: [] });
    }
    ran("network");
  });

  const groupId = async (name: string): Promise<string | undefined> => {
    const path = `/v2.0/security-groups?project_id=${project.id}&name=${project.name}-t-${name}`;
    return (await get<{ security_groups: Listed[] }>("network", path)).security_groups[0]?.id;
  };
  const rulesOf = async (name: string): Promise<readonly string[]> => {
    const path = `/v2.0/security-group-rules?security_group_id=${await groupId(name)}`;
    const { security_group_rules: rules } = await get<{ security_group_rules: Rule[] }>("network", path);
    return rules.map((rule) => `${rule.direction} ${rule.protocol} ${rule.remote_ip_prefix} ${portsOf(rule)}`).sort();
  };
});

const portsOf = ({ port_range_min: first, port_range_max: last }: Rule): string =>
  first === null ? "all" : first === last ? `${first}` : `${first}-${last}`;

describe("iam", () => {
  let layers: LayerStack;
  const rules = [{ service: "network", method: "GET", path: "/v2.0/networks" }] as const;
  const robot = { roles: ["member"], rules, days: 30 };
  const people = [{ user: "", role: "reader", project: "audit" }];
  const base = { projects: { audit: { description: "Auditors" } }, keys: ["papers"] };
  const wanted = (machine: object) => ({ iam: { ...base, people, machines: { robot: { ...robot, ...machine } } } });
  beforeAll(async () => {
    project = await newProject("layers-iam", { admin: true });
    layers = await layerStack(project, "production");
    people[0] = { user: project.user.name, role: "reader", project: "audit" };
  });
  afterAll(async () => {
    await layers?.close();
    await project?.delete();
  });

  interface Credential {
    readonly id: string;
    readonly secret: string;
  }
  const handedOut = () => secretAt<Credential>(layers.output<{ robot: string }>("machines").robot);
  const listNetworks = async ({ id, secret }: Credential): Promise<number> => {
    const session = await login(byApplicationCredential(id, secret));
    return session.status("network", "/v2.0/networks");
  };

  test("comes up, and a second time nothing changes, nor in the cloud", async () => {
    await layers.up(wanted({}));
    await layers.expectSettled();
  });

  test("the person has the role in the new project, and no other", async () => {
    const path = `/role_assignments?user.id=${project.user.id}&include_names=true`;
    const { role_assignments: found } = await get<{
      role_assignments: { role: Listed; scope: { project?: Listed } }[];
    }>("identity", path);
    const inAudit = found.filter(({ scope }) => scope.project?.name === `${project.name}-t-iam-audit`);
    expect(inAudit.map(({ role }) => role.name)).toEqual(["reader"]);
  });

  test("the key manager made a key of 32 bytes", async () => {
    const ref = layers.output<{ papers: string }>("keys").papers;
    const { content_types: types } = await get<{ content_types: { default: string } }>(
      "key-manager",
      new URL(ref).pathname,
    );
    expect(types.default).toBe("application/octet-stream");
    const { bit_length: bits, algorithm } = await get<{ bit_length: number; algorithm: string }>(
      "key-manager",
      new URL(ref).pathname,
    );
    expect([algorithm, bits]).toEqual(["aes", 256]);
  });

  test("the machine may make the one request of its rule, until its day", async () => {
    const credential = await handedOut();
    const session = await login(byApplicationCredential(credential.id, credential.secret));
    expect(await session.status("network", "/v2.0/networks")).toBe(200);
    for (const [service, path] of [
      ["network", "/v2.0/subnets"],
      ["compute", "/servers"],
      ["key-manager", "/v1/secrets"],
    ] as const) {
      expect(await session.status(service, path), service).toBeOneOf([401, 403]);
    }
    // The identity service itself asks nobody for these rules (seen here, Zed): it only refuses what makes credentials.
    const more = { method: "POST", body: { application_credential: { name: "more" } } };
    const path = `/users/${project.user.id}/application_credentials`;
    expect(await session.status("identity", path, more)).toBeOneOf([400, 403]); // either, from run to run
    const made = await get<{ application_credentials: Listed[] }>("identity", path);
    expect(made.application_credentials.map(({ name }) => name)).not.toContain("more");
    const post = await session.status("network", "/v2.0/networks", { method: "POST", body: { network: {} } });
    expect(post).toBeOneOf([401, 403]);
    const { application_credential: found } = await get<{
      application_credential: { expires_at: string; roles: Listed[] };
    }>("identity", `/users/${project.user.id}/application_credentials/${credential.id}`);
    expect(found.roles.map(({ name }) => name)).toEqual(["member"]);
    const days = (Date.parse(`${found.expires_at}Z`) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29);
    expect(days).toBeLessThan(30.1);
  });

  test("a later day changes nothing, and says that the end is near", async () => {
    const asOf = new Date(Date.now() + 20 * 86_400_000).toISOString();
    const said = await layers.up({ ...wanted({}), asOf });
    expect(said).toContain("machines.robot: expected a credential that lasts 14 days more, got");
    expect(said).toContain("set its rotation to 2");
    expect(said).not.toMatch(/ApplicationCredential.*(creat|replac|updat)/);
  });

  test("other roles or rules of a credential that is there are refused", async () => {
    const more = [...rules, { service: "compute", method: "GET", path: "/v2.1/servers" }];
    const said = await layers.refused(wanted({ rules: more }));
    expect(said).toContain(
      "machines.robot.rules: expected GET network /v2.0/networks, with which credential 1 was made",
    );
    expect(await listNetworks(await handedOut())).toBe(200);
  });

  test("rotated without a gap: who reads anew sees no refusal, and the old one is refused at the end", async () => {
    const old = await handedOut();
    const user = client(async () => {
      const status = await listNetworks(await handedOut()).catch((error: Error) => error.message);
      return status === 200 ? undefined : `${status}`;
    });
    await layers.up(wanted({ rotation: 2 }));
    const fresh = await handedOut();
    expect(fresh.id).not.toBe(old.id);
    expect(await listNetworks(old)).toBe(200);
    await layers.up(wanted({ rotation: 2, closed: 1 }));
    const { asked, refused } = await user.stop();
    expect(refused).toEqual([]);
    expect(asked).toBeGreaterThan(5);
    await expect(login(byApplicationCredential(old.id, old.secret))).rejects.toThrow(/no token: 40[14]/);
    expect(await listNetworks(fresh)).toBe(200);
    await layers.expectSettled();
  });

  test("the credential's secret is nowhere in plain in the state", async () => {
    const { id, secret } = await handedOut();
    const state = JSON.stringify(layers.stack.checkpoint());
    expect(state).toContain(id);
    expect(state).not.toContain(secret);
  });

  test("is not destroyed while its key is protected; then it goes", async () => {
    const { code, all } = await layers.stack.pulumi(["destroy", "--yes", "--skip-preview"]);
    expect(code).not.toBe(0);
    expect(all).toContain("iam-key-papers");
    await layers.stack.pulumi(["state", "unprotect", "--all", "--yes"]);
    await layers.destroy();
    const path = `/users/${project.user.id}/application_credentials`;
    expect(await get("identity", path)).toMatchObject({ application_credentials: [] });
    expect(await get("identity", `/projects?name=${project.name}-t-iam-audit`)).toMatchObject({ projects: [] });
    ran("iam");
  });
});
