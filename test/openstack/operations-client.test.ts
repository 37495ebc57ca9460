import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { OpenStackClient, OpenStackError } from "../../packages/openstack/src/operations/client.ts";
import { reasonOf } from "../../packages/openstack/src/operations/errors.ts";
import { type Answers, type Fake, httpFake, type Reply, tokenReply } from "./operations-fake.ts";

const SECRET = "correct horse";
let fake: Fake | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

const LOGIN = "/v3/auth/tokens";
/** A fake that lets everybody in, and answers the rest as told. */
const cloud = async (answers: Answers, login: (url: string) => Reply = (url) => tokenReply(url)): Promise<Fake> => {
  let url = "";
  fake = await httpFake((call) => (call.path === LOGIN ? login(url) : answers(call)));
  url = fake.url;
  return fake;
};

const env = (more: Readonly<Record<string, string>> = {}) => ({
  OS_USERNAME: "alice",
  OS_PASSWORD: SECRET,
  OS_PROJECT_NAME: "shop",
  ...more,
});
const connect = ({ url }: Fake, more: Readonly<Record<string, string>> = {}): Promise<OpenStackClient> =>
  OpenStackClient.connect({ authUrl: url, region: "R1" }, env(more));
const errorOf = async (work: Promise<unknown>): Promise<OpenStackError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof OpenStackError) return error;
  throw new Error(`no error of OpenStack: ${error}`);
};
const identityOf = (at: Fake) => JSON.parse(at.calls[0]?.body ?? "").auth;

describe("a login", () => {
  test("by password, in the words of OpenStack's own tools", async () => {
    const at = await cloud(() => undefined);
    await connect(at, { OS_USER_DOMAIN_NAME: "people", OS_PROJECT_DOMAIN_ID: "d1" });
    expect(identityOf(at)).toEqual({
      identity: {
        methods: ["password"],
        password: { user: { name: "alice", domain: { name: "people" }, password: SECRET } },
      },
      scope: { project: { name: "shop", domain: { id: "d1" } } },
    });
  });

  test("by application credential has its own project", async () => {
    const at = await cloud(() => undefined);
    await connect(at, { OS_APPLICATION_CREDENTIAL_ID: "a1", OS_APPLICATION_CREDENTIAL_SECRET: "s" });
    expect(identityOf(at)).toEqual({
      identity: { methods: ["application_credential"], application_credential: { id: "a1", secret: "s" } },
    });
  });

  test("by token", async () => {
    const at = await cloud(() => undefined);
    await connect(at, { OS_PASSWORD: "", OS_TOKEN: "t" });
    expect(identityOf(at).identity).toEqual({ methods: ["token"], token: { id: "t" } });
  });

  test("by an entry of clouds.yaml, with what secure.yaml adds; an empty cloud asks for none", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "kasbah-clouds-"));
    try {
      const at = await cloud(() => undefined);
      writeFileSync(
        path.join(folder, "clouds.yaml"),
        `clouds: { home: { auth: { auth_url: "${at.url}", username: bob, project_id: p1 } } }`,
      );
      writeFileSync(path.join(folder, "secure.yaml"), `clouds: { home: { auth: { password: ${SECRET} } } }`);
      await OpenStackClient.connect({ region: "R1" }, { OS_CLOUD: "home" }, { folder });
      expect(identityOf(at)).toMatchObject({
        identity: { password: { user: { name: "bob", password: SECRET } } },
        scope: { project: { id: "p1" } },
      });
      const none = OpenStackClient.connect({ region: "R1", cloud: "" }, { OS_CLOUD: "home" }, { folder });
      expect((await errorOf(none)).kind).toBe("settings");
      const absent = OpenStackClient.connect({ region: "R1", cloud: "away" }, {}, { folder });
      expect((await errorOf(absent)).message).toMatch(/entry away cannot be read.*it has home/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("that is bound to another project than was asked for is refused", async () => {
    const at = await cloud(() => undefined);
    const asked = OpenStackClient.connect({ authUrl: at.url, region: "R1", projectId: "p2" }, env());
    expect(await errorOf(asked)).toMatchObject({ kind: "project", reason: expect.stringContaining("shop alone") });
  });

  test("that lacks everything says so at once", async () => {
    const error = await errorOf(OpenStackClient.connect({ region: "R1" }, {}));
    expect(error.kind).toBe("settings");
    for (const name of ["OS_AUTH_URL", "OS_USERNAME", "OS_PASSWORD", "OS_PROJECT_NAME"])
      expect(error.message).toContain(name);
  });

  test("a wrong password and a wrong project get the same answer of keystone, and not of us", async () => {
    const refused: Reply = { status: 401, body: { error: { message: "requires authentication" } } };
    const at = await cloud(
      ({ path: asked }) =>
        asked === "/v3/auth/projects" ? { status: 200, body: { projects: [{ name: "own" }] } } : undefined,
      (url) => (fake?.calls.at(-1)?.body.includes('"unscoped"') ? tokenReply(url) : refused),
    );
    expect(await errorOf(connect(at))).toMatchObject({ kind: "project", message: expect.stringContaining("own") });
    const other = await cloud(
      () => undefined,
      () => refused,
    );
    const error = await errorOf(connect(other));
    expect(error).toMatchObject({ kind: "credentials", status: 401 });
    expect(error.message).not.toContain(SECRET);
  });

  test("at something that is no identity service", async () => {
    const at = await cloud(
      () => undefined,
      () => ({ status: 404, body: "<html>nginx</html>" }),
    );
    expect((await errorOf(connect(at))).kind).toBe("not-identity");
  });
});

describe("a call", () => {
  test("renews a token that has run out, once", async () => {
    let logins = 0;
    const at = await cloud(
      ({ headers }) => (headers["x-auth-token"] === "t2" ? { status: 200, body: { ok: true } } : { status: 401 }),
      (url) => {
        logins += 1;
        return tokenReply(url, `t${logins}`);
      },
    );
    const client = await connect(at);
    expect(await client.get("compute", "/servers")).toEqual({ ok: true });
    expect(logins).toBe(2);
  });

  test("that only reads is tried again while the service is busy; one that writes is not", async () => {
    let gets = 0;
    const at = await cloud(({ method }) => {
      if (method === "GET") gets += 1;
      return method === "GET" && gets === 3
        ? { status: 200, body: {} }
        : { status: 503, headers: { "retry-after": "0" } };
    });
    const client = await connect(at);
    expect((await client.request("compute", "/x")).status).toBe(200);
    expect((await errorOf(client.request("compute", "/x", { method: "POST" }))).status).toBe(503);
    expect(at.calls.filter(({ method, path: asked }) => method === "POST" && asked !== LOGIN)).toHaveLength(1);
  });

  test("a secret in a service's words is not shown", async () => {
    const at = await cloud(() => ({ status: 400, body: { badRequest: { message: `no ${SECRET} here` } } }));
    const error = await errorOf((await connect(at)).request("compute", "/x?y=1"));
    expect(error.message).toBe("compute: 400 no (withheld) here (/x)");
  });

  test("in a region or to a service that is not there names those that are", async () => {
    const at = await cloud(() => undefined);
    const elsewhere = await OpenStackClient.connect({ authUrl: at.url, region: "r1" }, env());
    expect(await errorOf(elsewhere.request("compute", "/x"))).toMatchObject({
      kind: "region",
      message: expect.stringContaining("this cloud has R1"),
    });
    const client = await connect(at);
    expect(await errorOf(client.request("load-balancer", "/x"))).toMatchObject({
      kind: "service",
      message: expect.stringContaining("it has compute, identity, image, key-manager, network"),
    });
  });

  test("goes to the versioned address, whether the catalogue has the version or not", async () => {
    const at = await cloud(() => ({ status: 200, body: {} }));
    const client = await connect(at);
    for (const service of ["compute", "network", "image", "key-manager", "identity"] as const)
      await client.request(service, "/x");
    const paths = at.calls.slice(1).map(({ path: asked }) => asked);
    expect(paths).toEqual(["/v2.1/x", "/v2.0/x", "/image/v2/x", "/v1/x", "/v3/x"]);
  });

  test("sends its token to no other host, whatever a service names as the next page", async () => {
    const next = [{ rel: "next", href: "http://other.example/v2.1/servers?marker=1" }];
    const at = await cloud(() => ({ status: 200, body: { servers: [{ id: "1" }], servers_links: next } }));
    await expect((await connect(at)).list("compute", "/servers", "servers")).rejects.toThrow(/not called/);
  });
});

describe("a list is read to its end", () => {
  const PAGES: readonly (readonly [
    "compute" | "image" | "key-manager" | "identity",
    string,
    (url: string) => object,
  ])[] = [
    ["compute", "servers", (url) => ({ servers_links: [{ rel: "next", href: `${url}/v2.1/servers?marker=1` }] })],
    ["image", "images", () => ({ next: "/v2/images?marker=1" })],
    ["key-manager", "secrets", (url) => ({ next: `${url}/v1/secrets?marker=1` })],
    ["identity", "users", (url) => ({ links: { next: `${url}/identity/v3/users?marker=1` } })],
  ];
  test.each(PAGES)("%s: %s", async (service, key, next) => {
    const at = await cloud(({ path: asked }) => ({
      status: 200,
      body: asked.includes("marker") ? { [key]: [{ id: "2" }] } : { [key]: [{ id: "1" }], ...next(fake?.url ?? "") },
    }));
    const found = await (await connect(at)).list<{ id: string }>(service, `/${key}`, key);
    expect(found.map(({ id }) => id)).toEqual(["1", "2"]);
  });
});

describe("a service's own reason", () => {
  test.each([
    ["nova", { forbidden: { message: "Quota exceeded", code: 403 } }, "Quota exceeded"],
    ["neutron", { NeutronError: { type: "X", message: "in use", detail: "" } }, "in use"],
    ["keystone", { error: { code: 404, message: "no user", title: "Not Found" } }, "no user"],
    ["octavia", { faultcode: "Client", faultstring: "immutable" }, "immutable"],
    ["barbican", { code: 403, title: "Forbidden", description: "Secret retrieval" }, "Secret retrieval"],
  ])("%s", (_service, body, reason) => {
    expect(reasonOf(Buffer.from(JSON.stringify(body)), "")).toBe(reason);
  });

  test("Swift's HTML, S3's XML, nothing, and what would write over a terminal", () => {
    expect(reasonOf(Buffer.from("<html><h1>Not Found</h1><p>gone</p></html>"), "")).toBe("Not Found gone");
    const xml = "<?xml?><Error><Code>NoSuchBucket</Code><Message>none</Message></Error>";
    expect(reasonOf(Buffer.from(xml), "")).toBe("NoSuchBucket: none");
    expect(reasonOf(Buffer.from(""), "Bad Gateway")).toBe("Bad Gateway");
    expect(reasonOf(Buffer.from("a\u001b[2Kb\nc"), "")).toBe("a [2Kb c");
  });
});
