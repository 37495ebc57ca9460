import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guestExec, guestLog, guestReady, guestTry } from "./support/guests.ts";
import { ask } from "./support/http.ts";
import { lab } from "./support/lab.ts";
import { headersOf, type LayerStack, labPlace, layerStack } from "./support/layer-stack.ts";
import { ran } from "./support/layers.ts";
import { newProject, type Project } from "./support/project.ts";
import { type S3Keys, s3 } from "./support/s3.ts";
import { byPassword, login, type Session } from "./support/session.ts";
import { until } from "./support/until.ts";

interface Report {
  readonly generation: string;
  readonly at: string;
  readonly copies: readonly { readonly vault: string; readonly error: string | null; readonly objects: number }[];
}

let project: Project;
let layers: LayerStack;
let server: string;
let keys: S3Keys;
let bucket: string;
let vault: { bucket: string; history: string; projectId: string };
let owner: Session;
const region = () => lab().secondRegion;
const wanted = (retentionDays: number) => ({
  network: { cidr: "10.214.12.0/22" },
  second: labPlace(lab().secondRegion),
  storage: {
    copied: true,
    encryption: "client" as const,
    retentionDays,
    access: [{ name: "importer", mode: "write" as const }],
  },
});

/** Nothing of this machine's environment, which a command in a guest would get too. */
const CLEAN = ["-i", "PATH=/usr/bin:/bin", "HOME=/root"];

/** The first script of a page about a layer. */
const blockOf = (page: string): string => {
  const text = readFileSync(new URL(`../../docs/layers/${page}`, import.meta.url), "utf8");
  return /```bash\n([\s\S]*?)```/.exec(text)?.[1] ?? expect.fail(`no script in ${page}`);
};

/** An object of the vault at the second site, as who owns that project sees it. */
const copied = async (name: string): Promise<string | undefined> => {
  const url = `${owner.endpoint("object-store", region())}/${vault.bucket}/${name}`;
  const { status, text } = await ask(url, { headers: { "x-auth-token": owner.token } });
  return status === 200 ? text : undefined;
};
const history = async (): Promise<readonly string[]> => {
  const path = `/${vault.history}?format=json`;
  const found = await owner.call<{ name: string }[]>("object-store", path, { region: region() });
  return found.map(({ name }) => name);
};
const report = async (): Promise<Report | undefined> => {
  const path = `/${project.name}-t-docs-copies-reports/${project.name}-t-docs-copies-server.json`;
  if ((await project.session.status("object-store", path)) !== 200) return undefined;
  return project.session.call<Report>("object-store", path);
};

/** A whole pass from now on, instead of waiting for the timer: one that runs already may have begun too early. */
const pass = async (): Promise<void> => {
  for (const _ of [1, 2]) await guestTry(server, "systemctl", "start", "kasbah-copies.service");
};

beforeAll(async () => {
  project = await newProject("layers-copies", { admin: true });
  layers = await layerStack(project, "throwaway", { externalNetwork: lab().externalNetwork });
  await layers.up(wanted(7));
  bucket = layers.output("bucket");
  vault = layers.output<(typeof vault)[]>("vaults").at(-1) ?? expect.fail("no vault");
  owner = await login(byPassword(project.user, vault.projectId));
  const ref = layers.output<{ importer: string }>("access").importer;
  const path = `${new URL(ref).pathname}/payload`;
  const found = await project.session.call<Omit<S3Keys, "region">>("key-manager", path, {
    headers: { accept: "text/plain" },
  });
  keys = { ...found, region: lab().region };
  const { servers } = await project.session.call<{ servers: { id: string }[] }>("compute", "/servers");
  server = servers[0]?.id ?? expect.fail("no server");
  if ((await guestReady(server)) !== 0) throw new Error(await guestLog(server));
});
afterAll(async () => {
  await layers?.close();
  await project?.delete();
});

test("what is written to the container is in the vault of the second site soon, large objects too", async () => {
  await s3(keys, "PUT", `/${bucket}/folder/a`, "one");
  await s3(keys, "PUT", `/${bucket}/b`, "x".repeat(6 << 20));
  expect(await until("the copy", () => copied("folder/a"), 300_000)).toBe("one");
  expect((await until("the large copy", () => copied("b"), 60_000)).length).toBe(6 << 20);
  expect(await project.session.status("object-store", `/${bucket}/folder/a`, { region: region() })).toBe(404);
});

test("it reports when, how many and that nothing failed", async () => {
  const told = await until("a report of two", async () => {
    const found = await report();
    return found?.copies[0]?.objects === 2 ? found : undefined;
  });
  expect(told.copies).toMatchObject([{ vault: vault.bucket, error: null, objects: 2 }]);
  expect(Date.parse(told.at)).toBeGreaterThan(Date.now() - 180_000);
});

test("what is overwritten and deleted at home follows, and stays in the vault's history", async () => {
  await s3(keys, "PUT", `/${bucket}/folder/a`, "two and longer");
  await s3(keys, "DELETE", `/${bucket}/b`);
  await pass();
  expect(await copied("folder/a")).toBe("two and longer");
  expect(await copied("b")).toBeUndefined();
  expect(await history()).toEqual(
    expect.arrayContaining([expect.stringContaining("folder/a/"), expect.stringContaining("b/")]),
  );
});

test("the server holds keys for root alone, no bootstrap credential, and listens to nobody", async () => {
  expect(await guestExec(server, "stat", "-c", "%a %U", "/var/lib/kasbah/rclone.conf")).toBe("600 root\n");
  expect(await guestExec(server, "ls", "/etc/kasbah")).toBe("copies.json\n");
  expect(await guestExec(server, "bash", "-c", "! grep -rl access_key_id /etc /var/log --exclude-dir=ssl")).toBe("");
  const units = await guestExec(server, "systemctl", "list-timers", "--no-legend", "kasbah-copies.timer");
  expect(units).toContain("kasbah-copies.service");
});

test("a failing copy is reported, and works again by itself when the vault is back", async () => {
  const path = `/${vault.bucket}`;
  const headers = (write: string) => ({ method: "POST", headers: { "x-container-write": write }, region: region() });
  const acl = String((await headersOf(owner, path, region()))["x-container-write"]);
  await owner.call("object-store", path, headers("nobody:nobody"));
  await s3(keys, "PUT", `/${bucket}/late`, "later");
  await pass();
  const failed = (await report()) ?? expect.fail("no report");
  expect(failed.copies[0]?.error).toContain("AccessDenied");
  await owner.call("object-store", path, headers(acl));
  await pass();
  expect(await copied("late")).toBe("later");
  expect(await report()).toMatchObject({ copies: [{ error: null }] });
});

test("encrypted by its writer as the page says: neither names nor contents are readable, and the key brings them back", async () => {
  const { text } = await ask(`${project.session.endpoint("object-store")}/${bucket}?format=json`, {
    headers: { "x-auth-token": project.session.token },
  });
  const before = (JSON.parse(text) as { name: string }[]).map(({ name }) => name);
  const ref = layers.output<string>("keyRef");
  const script = [
    "mkdir -p /tmp/w/papers && cd /tmp/w && echo secret >papers/minutes.txt",
    blockOf("object-storage.md"),
    "rclone cat papers:minutes.txt",
  ].join("\n");
  const store = {
    TYPE: "s3",
    PROVIDER: "Other",
    ENDPOINT: lab().objectStores[lab().region] ?? "",
    REGION: lab().region,
  };
  const remote = { ...store, ACCESS_KEY_ID: keys.access, SECRET_ACCESS_KEY: keys.secret, NO_CHECK_BUCKET: "true" };
  const env = Object.entries(remote).map(([key, value]) => `RCLONE_CONFIG_STORE_${key}=${value}`);
  const given = [...env, `TOKEN=${project.session.token}`, `KEY_REF=${ref}`, `BUCKET=${bucket}`];
  expect(await guestExec(server, "env", ...CLEAN, ...given, "bash", "-ec", script)).toMatch(/\nsecret\n$/);
  const after = await project.session.call<{ name: string }[]>("object-store", `/${bucket}?format=json`);
  const [made] = after.map(({ name }) => name).filter((name) => !before.includes(name));
  expect(made).not.toContain("minutes");
  expect(await project.session.call("object-store", `/${bucket}/${made}`)).not.toContain("secret");
});

test("the owner of the second project empties the history as the page says", async () => {
  expect((await history()).length).toBeGreaterThan(0);
  const script = blockOf("backup.md")
    .replace("<the second project>", vault.projectId)
    .replaceAll("vault:<platform>-<env>-<vault>-", `vault:${vault.history.replace(/history$/, "")}`)
    .replaceAll("--min-age 30d", "--min-age 1s");
  const { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME } = project.env;
  const login = { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME, OS_REGION_NAME: region() };
  const env = Object.entries(login).map(([key, value]) => `${key}=${value}`);
  await guestExec(server, "env", ...CLEAN, ...env, "bash", "-ec", script);
  expect(await history()).toEqual([]);
  ran("backup");
});

test("a second time nothing changes, nor in the cloud; another retention changes no server", async () => {
  await layers.expectSettled();
  await layers.up(wanted(8));
  const { servers } = await project.session.call<{ servers: { id: string }[] }>("compute", "/servers");
  expect(servers.map(({ id }) => id)).toEqual([server]);
});

test("destroyed, nothing of it is left", async () => {
  await layers.destroy();
  expect(await project.session.call("compute", "/servers")).toMatchObject({ servers: [] });
  for (const at of [lab().region, region()]) {
    expect(await project.session.call("object-store", "?format=json", { region: at }), at).toEqual([]);
  }
});
