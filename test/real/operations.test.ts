import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { probeSchema } from "../../packages/core/src/index.ts";
import { census, namesOf } from "./support/estate.ts";
import { killedUp } from "./support/kill.ts";
import { lab } from "./support/lab.ts";
import { newProject, type Project } from "./support/project.ts";
import { loginAsAdmin } from "./support/session.ts";
import { type RealStack, realStack } from "./support/stack.ts";

const UP = ["up", "--stack", "dev", "--yes", "--skip-preview"];
const DEV = ["--stack", "dev"];
const PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF7PSYpAkPPuWDsDgCQZ3PdOLXTzDJ5kpZnuFLQLYpVD every-type";

interface Edited {
  readonly places: { readonly home: { at: string; readonly openstack: Record<string, unknown> } };
  readonly workloads: Record<string, unknown>;
  stateBackend?: string;
}

/** Changes the declaration of a copy. */
const edit = (stack: RealStack, change: (declaration: Edited) => void): void => {
  const file = path.join(stack.folder, "platform.yaml");
  const declaration: Edited = parse(fs.readFileSync(file, "utf8"));
  change(declaration);
  fs.writeFileSync(file, stringify(declaration));
};

describe("before anything is made", () => {
  let project: Project;
  let stack: RealStack;
  beforeAll(async () => {
    project = await newProject("preflight");
    stack = await realStack(project, { program: "test/real/small-platform" });
    expect((await stack.pulumi(["stack", "init", "dev"])).code).toBe(0);
  });
  afterAll(async () => {
    stack.close();
    await project.delete();
  });
  const up = (env: NodeJS.ProcessEnv = {}) => stack.kasbah("up", [...DEV, "--yes"], env);
  const nothing = async (): Promise<void> => {
    expect(stack.checkpoint().resources ?? []).toEqual([]);
    const none = { containers: 0, servers: 0, volumes: 0, networks: 0 };
    expect(await census(project, Object.keys(none))).toEqual(none);
  };

  test.each([
    ["a wrong password", { OS_PASSWORD: "wrong" }, 2, /user \S+ is refused: .*Its name, its domain or its secret/],
    ["a wrong user", { OS_USERNAME: "nobody" }, 2, /user nobody is refused/],
    [
      "a wrong project",
      { OS_PROJECT_NAME: "elsewhere" },
      2,
      /may not enter the project elsewhere.*it may enter preflight-/,
    ],
    ["a port where nobody listens", { OS_AUTH_URL: "https://198.18.0.1:1/v3" }, 4, /nobody answers at .*ECONNREFUSED/],
    ["another service's address", { OS_AUTH_URL: "https://198.18.0.1:29292" }, 2, /no identity service \(v3\) answers/],
    [
      "an authority that nobody trusts",
      { OS_CACERT: "" },
      2,
      /certificate of https:\/\/\S+ is not trusted.*caCertificate/,
    ],
    ["no credentials at all", { OS_USERNAME: "", OS_PASSWORD: "" }, 2, /the login lacks OS_USERNAME, OS_PASSWORD/],
  ] as const)("%s is said, and named apart from the others", async (_what, env, code, words) => {
    const run = await up(env);
    expect(run.all).toMatch(words);
    expect(run.all).toContain("Nothing was made.");
    expect(run.all).not.toContain(project.user.password);
    expect(run.code, run.all).toBe(code);
    await nothing();
  });

  test("a wrong region is said, with those that there are", async () => {
    edit(stack, ({ places }) => {
      places.home.at = "openstack/regionone";
    });
    const run = await up();
    expect(run.all).toContain(`there is no region regionone; this cloud has ${lab().region}, ${lab().secondRegion}`);
    expect(run.code, run.all).toBe(2);
    edit(stack, ({ places }) => {
      places.home.at = `openstack/${lab().region}`;
    });
    await nothing();
  });

  const withServer = (more: Record<string, unknown>): void =>
    edit(stack, ({ places, workloads }) => {
      Object.assign(places.home.openstack, { debianMirror: lab().mirror, authUrl: lab().authUrl }, more);
      workloads["vectors"] = { layer: "postgres", datasets: ["product-docs"] };
    });

  test("names that the cloud does not know are said all at once, with those that it knows", async () => {
    const flavors = { small: "m9.small", medium: "m9.medium", large: "m9.large" };
    withServer({ flavors, image: "debian-99", availabilityZones: ["zone-9"], externalNetwork: "nowhere" });
    const run = await up();
    expect(run.all).toMatch(/no flavor m9\.\w+; this project sees .*m1\.small/);
    expect(run.all).toMatch(/no image debian-99; this project sees debian-13/);
    expect(run.all).toMatch(/no availability zone of compute zone-9; this project sees zone-1/);
    expect(run.all).toMatch(/no external network nowhere; this project sees public/);
    expect(run.code, run.all).toBe(2);
    await nothing();
  });

  test("what no quota leaves room for is said all at once, with what is left", async () => {
    const flavors = { small: "m1.small", medium: "m1.medium", large: "m1.large" };
    withServer({ flavors, image: "debian-13", availabilityZones: [], externalNetwork: "public" });
    const admin = await loginAsAdmin();
    const put = (service: string, at: string, body: object) => admin.call(service, at, { method: "PUT", body });
    await put("compute", `/os-quota-sets/${project.id}`, { quota_set: { cores: 0, instances: 0 } });
    await put("volumev3", `/os-quota-sets/${project.id}`, { quota_set: { gigabytes: 1 } });
    await put("network", `/v2.0/quotas/${project.id}`, { quota: { port: 1 } });
    const run = await up();
    expect(run.all).toMatch(/quota instances of compute leaves 0 of 0, and 1 more are needed/);
    expect(run.all).toMatch(/quota cores of compute leaves 0 of 0/);
    expect(run.all).toMatch(/quota gigabytes of block-storage leaves 1 of 1, and \d+ more are needed/);
    expect(run.all).toMatch(/quota port of network leaves 1 of 1, and 2 more are needed/);
    expect(run.code, run.all).toBe(4);
    await nothing();
  });
});

test("a cloud is probed: the record holds what it has, and a declaration takes it", async () => {
  const [plain, administrator] = [await newProject("probe"), await newProject("probe-admin", { admin: true })];
  const stack = await realStack(plain, { program: "test/real/small-platform" });
  try {
    const file = path.join(stack.folder, "home.probe.json");
    edit(stack, ({ places }) => {
      places.home.openstack["capabilities"] = "./home.probe.json";
    });
    const read = () => probeSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
    const run = await stack.kasbah("probe", ["--place", "home", "--write", file]);
    expect(run.code, run.all).toBe(0);
    const record = read();
    const s3 = lab().objectStores[lab().region];
    const storage = { s3, historyContainers: true, objectLock: false };
    expect(record.capabilities).toEqual({ loadBalancer: true, identityAdmin: false, ...storage });
    expect(record.zones.compute).toEqual([...lab().zones]);
    expect(record.flavors.map(({ name }) => name)).toContain("g1.a100x1");
    expect(record.gpus).toContainEqual({ name: "a100", flavors: ["g1.a100x1"], perServer: { "g1.a100x1": 1 } });
    expect(record.quotas).toContainEqual({ service: "compute", name: "cores", limit: -1, used: 0 });
    expect(record.images.map(({ name }) => name)).toContain("debian-13");
    expect(run.all).toMatch(/not known: .*PCI aliases/);

    expect((await stack.kasbah("plan", [...DEV])).code).toBe(0); // the declaration names the record
    edit(stack, ({ places }) => {
      places.home.at = `openstack/${lab().secondRegion}`;
    });
    const other = await stack.kasbah("plan", [...DEV]);
    expect(other.code).toBe(2);
    expect(other.all).toContain(`expected a record of openstack/${lab().secondRegion}`);

    edit(stack, ({ places }) => {
      places.home.at = `openstack/${lab().region}`;
    });
    const asAdmin = { OS_USERNAME: administrator.user.name, OS_PASSWORD: administrator.user.password };
    const named = { ...asAdmin, OS_PROJECT_NAME: administrator.name };
    const again = await stack.kasbah("probe", ["--place", "home", "--write", file], named);
    expect(again.code, again.all).toBe(0);
    expect(read().capabilities.identityAdmin).toBe(true);
  } finally {
    stack.close();
    await plain.delete();
    await administrator.delete();
  }
});

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
    expect(await namesOf(admin, ["compute", "/flavors?is_public=None", "flavors"], prefix)).toEqual([`${prefix}-flavor`]);
    const verified = await stack.kasbah("verify", DEV);
    expect(verified.all).toContain("none broken");
    expect(verified.code, verified.all).toBe(0);
  } finally {
    await stack.pulumi(["destroy", ...DEV, "--yes", "--skip-preview"]);
    await project.delete();
    stack.close();
  }
});

test("the state in the place's own object storage: made, used, killed, recovered", async () => {
  const project = await newProject("state");
  const stack = await realStack(project, { program: "test/real/small-platform" });
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-init-"));
  const file = path.join(outside, "deep", "small.env");
  const none = { PULUMI_BACKEND_URL: "" };
  const init = (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
    stack.kasbah("init", [...DEV, ...args], { ...none, ...env });
  try {
    const unsaid = await init(["--credentials", file]);
    expect(unsaid.all).toContain("stateBackend: expected the place or site");
    expect(unsaid.code).toBe(2);
    edit(stack, (declaration) => {
      declaration.stateBackend = "home";
    });
    expect((await init(["--credentials", path.join(stack.folder, "x.env")])).all).toContain("outside the repository");
    const locked = await init(["--credentials", file], { PULUMI_CONFIG_PASSPHRASE: "" });
    expect(locked.all).toContain("whoever loses it loses the state");
    expect([locked.code, fs.existsSync(file)]).toEqual([2, false]);

    const made = await init(["--credentials", file]);
    expect(made.code, made.all).toBe(0);
    const text = fs.readFileSync(file, "utf8");
    const variables = Object.fromEntries(
      [...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, key, value]) => [key, value]),
    );
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(["PULUMI_BACKEND_URL", "AWS_SECRET_ACCESS_KEY"]));
    expect(made.all).not.toContain(variables["AWS_SECRET_ACCESS_KEY"]);
    const config = fs.readFileSync(path.join(stack.folder, "Pulumi.dev.yaml"), "utf8");
    expect(parse(config).config["kasbah:signingKey"]).toEqual({ secure: expect.stringMatching(/^v1:/) });

    const again = await init(["--credentials", file]);
    expect(again.all).not.toMatch(/^Made /m);
    expect([again.code, fs.readFileSync(file, "utf8")]).toEqual([0, text]);
    expect(fs.readFileSync(path.join(stack.folder, "Pulumi.dev.yaml"), "utf8")).toBe(config);

    const up = await stack.kasbah("up", [...DEV, "--yes"], variables);
    expect(up.code, up.all).toBe(0);
    const objects = await project.session.call<{ name: string }[]>("object-store", "/small-dev-state?format=json");
    expect(objects.map(({ name }) => name)).toContain(".pulumi/stacks/small-platform/dev.json");
    const verified = await stack.kasbah("verify", DEV, variables);
    expect(verified.all).toContain("none broken");
    expect(verified.code, verified.all).toBe(0);

    // A dead run's lock: the engine's own words say who held it, since no folder can be read.
    const lock = { pid: 2 ** 22 + 1, username: "root", hostname: os.hostname(), timestamp: new Date().toISOString() };
    const lockName = "/small-dev-state/.pulumi/locks/organization/small-platform/dev/dead.json";
    await project.session.call("object-store", lockName, { method: "PUT", body: lock });
    const held = await stack.kasbah("up", [...DEV, "--yes"], variables);
    expect(held.code, held.all).toBe(4);
    const recovered = await stack.kasbah("recover", DEV, variables);
    expect(recovered.code, recovered.all).toBe(0);
    expect(await project.session.status("object-store", lockName)).toBe(404);
    const down = await stack.kasbah("down", [...DEV, "--yes"], variables);
    expect(down.code, down.all).toBe(0);
  } finally {
    fs.rmSync(outside, { recursive: true, force: true });
    stack.close();
    await project.delete();
  }
});
