import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { probeSchema } from "../../packages/core/src/index.ts";
import { census } from "./support/estate.ts";
import { lab } from "./support/lab.ts";
import { newProject, type Project } from "./support/project.ts";
import { loginAsAdmin } from "./support/session.ts";
import { editPlatform, type RealStack, realStack } from "./support/stack.ts";

const DEV = ["--stack", "dev"];

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
    editPlatform(stack, ({ places }) => {
      places.home.at = "openstack/regionone";
    });
    const run = await up();
    expect(run.all).toContain(`there is no region regionone; this cloud has ${lab().region}, ${lab().secondRegion}`);
    expect(run.code, run.all).toBe(2);
    editPlatform(stack, ({ places }) => {
      places.home.at = `openstack/${lab().region}`;
    });
    await nothing();
  });

  const withServer = (more: Record<string, unknown>): void =>
    editPlatform(stack, ({ places, workloads }) => {
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
    editPlatform(stack, ({ places }) => {
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
    editPlatform(stack, ({ places }) => {
      places.home.at = `openstack/${lab().secondRegion}`;
    });
    const other = await stack.kasbah("plan", [...DEV]);
    expect(other.code).toBe(2);
    expect(other.all).toContain(`expected a record of openstack/${lab().secondRegion}`);

    editPlatform(stack, ({ places }) => {
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
