import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./support/http.ts";
import { lab } from "./support/lab.ts";
import { client, headersOf, type LayerStack, layerStack } from "./support/layer-stack.ts";
import { ran } from "./support/layers.ts";
import { newProject, type Project } from "./support/project.ts";
import { type S3Keys, s3 } from "./support/s3.ts";
import { byPassword, login, type Session } from "./support/session.ts";

let project: Project;

/** What lies at a reference of the key manager. */
const secretAt = <T>(ref: string): Promise<T> =>
  project.session.call<T>("key-manager", `${new URL(ref).pathname}/payload`, { headers: { accept: "text/plain" } });
const keysAt = async (ref: string, region = lab().region): Promise<S3Keys> => ({
  ...(await secretAt<Omit<S3Keys, "region">>(ref)),
  region,
});
const statusOf = async (keys: S3Keys, method: string, path: string, body?: string): Promise<number> =>
  (await s3(keys, method, path, body)).status;

const SUSPENDED = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

interface Found {
  readonly name: string;
  readonly bytes: number;
}

describe("object-storage", () => {
  let layers: LayerStack;
  let bucket: string;
  const access = (more: object = {}) => [
    { name: "importer", mode: "write" as const, ...more },
    { name: "search", mode: "read" as const },
  ];
  const keysOf = (name: string) => keysAt(layers.output<Record<string, string>>("access")[name] ?? "");
  beforeAll(async () => {
    project = await newProject("layers-obj", { admin: true });
    layers = await layerStack(project, "production");
  });
  afterAll(async () => {
    await layers?.close();
    await project?.delete();
  });

  test("comes up, and a second time nothing changes, nor in the cloud", async () => {
    await layers.up({ storage: { access: access(), encryption: "client", quotaGiB: 1 } });
    await layers.expectSettled();
    bucket = layers.output("bucket");
  });

  test("each key opens this one container, for what it is for", async () => {
    await project.session.call("object-store", "/other", { method: "PUT" });
    await project.session.call("object-store", "/other/x", { method: "PUT", body: "theirs" });
    const [importer, search] = [await keysOf("importer"), await keysOf("search")];
    expect(await statusOf(importer, "PUT", `/${bucket}/a`, "one")).toBe(200);
    expect((await s3(search, "GET", `/${bucket}/a`)).text).toBe("one");
    expect((await s3(search, "GET", `/${bucket}?list-type=2`)).text).toContain("<Key>a</Key>");
    expect(await statusOf(search, "PUT", `/${bucket}/a`, "two")).toBe(403);
    expect(await statusOf(search, "DELETE", `/${bucket}/a`)).toBe(403);
    for (const keys of [importer, search]) {
      for (const path of ["/", "/other", "/other/x"]) expect(await statusOf(keys, "GET", path), path).toBe(403);
      expect(await statusOf(keys, "PUT", "/other/y", "y")).toBe(403);
      expect(await statusOf(keys, "PUT", "/new")).toBe(403);
      expect(await statusOf(keys, "DELETE", `/${bucket}`)).toBeOneOf([403, 409]);
      expect(await statusOf(keys, "PUT", `/${bucket}?versioning=`, SUSPENDED)).toBe(403);
    }
    expect(await headersOf(project.session, `/${bucket}`)).toMatchObject({ "x-versions-enabled": "True" });
  });

  test("nobody else gets in, not without keys and not with those of another project", async () => {
    const url = `${project.session.endpoint("object-store")}/${bucket}/a`;
    expect((await ask(url)).status).toBe(401);
    const stranger = await newProject("layers-stranger");
    try {
      expect((await ask(url, { headers: { "x-auth-token": stranger.session.token } })).status).toBe(403);
    } finally {
      await stranger.delete();
    }
  });

  test("an overwritten and a deleted object can be brought back", async () => {
    const importer = await keysOf("importer");
    await s3(importer, "PUT", `/${bucket}/kept`, "first");
    await s3(importer, "PUT", `/${bucket}/kept`, "second");
    await s3(importer, "DELETE", `/${bucket}/kept`);
    const path = `/${bucket}?versions&format=json&prefix=kept`;
    const versions = await project.session.call<{ version_id: string; bytes: number }[]>("object-store", path);
    const contents = await Promise.all(
      versions
        .filter(({ bytes }) => bytes > 0)
        .map(({ version_id: id }) => project.session.call("object-store", `/${bucket}/kept?version-id=${id}`)),
    );
    expect(contents.sort()).toEqual(["first", "second"]);
  });

  test("says what was asked of it, and who encrypts; the key for that is 32 bytes in the key manager", async () => {
    const headers = await headersOf(project.session, `/${bucket}`);
    expect(headers).toMatchObject({
      "x-container-meta-kasbah-class": "restricted",
      "x-container-meta-kasbah-encryption": "client",
      "x-container-meta-kasbah-retention-days": "30",
      "x-container-meta-quota-bytes": `${2 ** 30}`,
      "x-versions-enabled": "True",
    });
    const ref = layers.output<string>("keyRef");
    expect(headers["x-container-meta-kasbah-key-ref"]).toBe(ref);
    expect(await project.session.call("key-manager", new URL(ref).pathname)).toMatchObject({ bit_length: 256 });
  });

  test("keys rotate without a gap, and the old ones are refused at the end", async () => {
    const old = await keysOf("importer");
    let count = 0;
    const user = client(async () => {
      count += 1;
      const status = await statusOf(await keysOf("importer"), "PUT", `/${bucket}/beat`, `${count}`);
      return status === 200 ? undefined : `${status}`;
    });
    await layers.up({ storage: { access: access({ rotation: 2 }), encryption: "client", quotaGiB: 1 } });
    const fresh = await keysOf("importer");
    expect(fresh.access).not.toBe(old.access);
    expect(await statusOf(old, "GET", `/${bucket}/beat`)).toBe(200);
    await layers.up({ storage: { access: access({ rotation: 2, closed: 1 }), encryption: "client" } });
    const { asked, refused } = await user.stop();
    expect(refused).toEqual([]);
    expect(asked).toBeGreaterThan(5);
    expect(await statusOf(old, "GET", `/${bucket}/beat`)).toBe(403);
    expect(await statusOf(fresh, "GET", `/${bucket}/beat`)).toBe(200);
    await layers.expectSettled();
  });

  test("the quota that is no longer asked for is gone, and one that is asked for holds", async () => {
    expect((await headersOf(project.session, `/${bucket}`))["x-container-meta-quota-bytes"]).toBeUndefined();
    await project.session.call("object-store", `/${bucket}`, {
      method: "POST",
      headers: { "x-container-meta-quota-bytes": "10" },
    });
    const answer = await s3(await keysOf("importer"), "PUT", `/${bucket}/large`, "x".repeat(1000));
    expect(answer.text).toContain("<Code>EntityTooLarge</Code>");
  });

  test("a list that somebody opened to the world is found by a refresh, and closed by the next run", async () => {
    const anyone = { method: "POST", headers: { "x-container-read": ".r:*,.rlistings" } };
    await project.session.call("object-store", `/${bucket}`, anyone);
    const found = await layers.stack.pulumi(["refresh", "--yes", "--skip-preview", "--expect-no-changes"]);
    expect(found.code).not.toBe(0);
    expect(found.all).toContain("docs-bucket");
    await layers.up({ storage: { access: access({ rotation: 2, closed: 1 }), encryption: "client" } });
    const { "x-container-read": readers } = await headersOf(project.session, `/${bucket}`);
    expect(readers).not.toContain(".r:");
    expect(`${readers}`.split(",")).toHaveLength(2);
  });

  test("is not destroyed while it is protected, nor while it holds objects", async () => {
    const { code, all } = await layers.stack.pulumi(["destroy", "--yes", "--skip-preview"]);
    expect(code).not.toBe(0);
    expect(all).toContain("docs-bucket");
    await layers.stack.pulumi(["state", "unprotect", "--all", "--yes"]);
    const again = await layers.stack.pulumi(["destroy", "--yes", "--skip-preview"]);
    expect(again.code).not.toBe(0);
    expect((await s3(await keysAgain(), "GET", `/${bucket}/a`)).status).toBe(200);
    ran("object-storage");
  });
  /** The project's own keys: those of `access` may be gone already. */
  const keysAgain = async (): Promise<S3Keys> => {
    const { credential } = await project.session.call<{ credential: Omit<S3Keys, "region"> }>(
      "identity",
      `/users/${project.user.id}/credentials/OS-EC2`,
      { method: "POST", body: { tenant_id: project.id } },
    );
    return { ...credential, region: lab().region };
  };
});

describe("backup", () => {
  let layers: LayerStack;
  let vault: { bucket: string; history: string; projectId: string; keysRef: string };
  let owner: Session;
  let writer: S3Keys;
  const listed = (path: string) => owner.call<readonly Found[]>("object-store", `/${path}format=json`);
  beforeAll(async () => {
    project = await newProject("layers-vault", { admin: true });
    layers = await layerStack(project, "production");
  });
  afterAll(async () => {
    await layers?.close();
    await project?.delete();
  });

  test("comes up, and a second time nothing changes, nor in the cloud", async () => {
    await layers.up({ vault: { quotaGiB: 5 } });
    await layers.expectSettled();
    [vault] = layers.output<[typeof vault]>("vaults");
    owner = await login(byPassword(project.user, vault.projectId));
    writer = await keysAt(vault.keysRef);
  });

  test("credentials that are bound to their project are refused before a container lies in the wrong one", async () => {
    const { application_credential: bound } = await project.session.call<{
      application_credential: { id: string; secret: string };
    }>("identity", `/users/${project.user.id}/application_credentials`, {
      method: "POST",
      body: { application_credential: { name: "bound", unrestricted: true } },
    });
    const { OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME, ...rest } = project.env;
    const env = { ...rest, OS_APPLICATION_CREDENTIAL_ID: bound.id, OS_APPLICATION_CREDENTIAL_SECRET: bound.secret };
    const other = await layerStack({ ...project, name: `${project.name}x`, env }, "throwaway");
    try {
      const said = await other.refused({ vault: {} });
      expect(said).toContain(
        "place.settings.capabilities.identityAdmin: expected credentials that can work in the project",
      );
      expect(await project.session.call("object-store", "?format=json")).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test("lies in a project of its own, which the deploying user owns", async () => {
    expect(vault.projectId).not.toBe(project.id);
    expect(await project.session.status("object-store", `/${vault.bucket}`)).toBe(404);
    expect(await owner.status("object-store", `/${vault.bucket}`)).toBeLessThan(300);
  });

  test("its machine user cannot log in, and has no role but reader", async () => {
    const { access } = writer;
    const { credentials } = await project.session.call<{ credentials: { blob: string; user_id: string }[] }>(
      "identity",
      "/credentials?type=ec2",
    );
    const user = credentials.find(({ blob }) => blob.includes(access))?.user_id ?? "";
    const { role_assignments: held } = await project.session.call<{
      role_assignments: { role: { name: string }; scope: { project: { id: string } } }[];
    }>("identity", `/role_assignments?user.id=${user}&include_names=true`);
    expect(held.map(({ role, scope }) => [role.name, scope.project.id])).toEqual([["reader", vault.projectId]]);
    const { user: account } = await project.session.call<{ user: { name: string; password_expires_at: unknown } }>(
      "identity",
      `/users/${user}`,
    );
    await expect(login(byPassword({ name: account.name, password: "" }, vault.projectId))).rejects.toThrow("401");
  });

  test("the machine user writes, reads, lists and deletes there, and does nothing else", async () => {
    const { bucket, history } = vault;
    expect(await statusOf(writer, "PUT", `/${bucket}/a`, "one")).toBe(200);
    expect((await s3(writer, "GET", `/${bucket}/a`)).text).toBe("one");
    expect((await s3(writer, "GET", `/${bucket}?list-type=2`)).text).toContain("<Key>a</Key>");
    expect(await statusOf(writer, "DELETE", `/${bucket}/a`)).toBe(204);
    for (const path of ["/", `/${history}`, `/${bucket.replace(/bucket$/, "segments-history")}`]) {
      expect(await statusOf(writer, "GET", path), path).toBe(403);
    }
    expect(await statusOf(writer, "PUT", `/${history}/x`, "x")).toBe(403);
    expect(await statusOf(writer, "DELETE", `/${bucket}`)).toBe(403);
    expect(await statusOf(writer, "PUT", "/another")).toBe(403);
    expect(await statusOf(writer, "PUT", `/${bucket}?versioning=`, SUSPENDED)).toBeGreaterThanOrEqual(400);
    expect(await headersOf(owner, `/${bucket}`)).toMatchObject({ "x-history-location": history });
  });

  test("the keys cannot be traded for a token of the identity service", async () => {
    const params = { AWSAccessKeyId: writer.access, SignatureMethod: "HmacSHA256", SignatureVersion: "2" };
    const query = Object.entries(params)
      .map((pair) => pair.map(encodeURIComponent).join("="))
      .join("&");
    const signature = createHmac("sha256", writer.secret).update(`GET\nhost\n/\n${query}`).digest("base64");
    const credentials = { access: writer.access, signature, host: "host", verb: "GET", path: "/", params };
    const answer = await ask(`${lab().authUrl}/ec2tokens`, { method: "POST", body: { credentials } });
    expect([answer.status, answer.headers["x-subject-token"]]).toEqual([401, undefined]);
  });

  test("what is overwritten or deleted stays in the history, whole, parts of large objects too", async () => {
    const { bucket, history } = vault;
    await s3(writer, "PUT", `/${bucket}/kept`, "first");
    await s3(writer, "PUT", `/${bucket}/kept`, "second");
    await s3(writer, "DELETE", `/${bucket}/kept`);
    const kept = await listed(`${history}?prefix=004kept/&`);
    expect(await inTurn(kept, ({ name }) => owner.call("object-store", `/${history}/${name}`))).toEqual([
      "first",
      "second",
      "", // says that it was deleted
    ]);
    const parts = [Buffer.alloc(5 << 20, "a"), Buffer.from("end")];
    await putLarge(writer, `/${bucket}/large`, parts);
    expect((await s3(writer, "GET", `/${bucket}/large`)).text.length).toBe((5 << 20) + 3);
    expect(await statusOf(writer, "DELETE", `/${bucket}/large`)).toBe(204);
    expect(await listed(`${encodeURIComponent(`${bucket}+segments`)}?`)).toEqual([]);
    const segmentsHistory = bucket.replace(/bucket$/, "segments-history");
    const past = (await listed(`${segmentsHistory}?`)).filter(({ bytes }) => bytes > 0);
    expect(past.map(({ bytes }) => bytes).sort((one, other) => one - other)).toEqual([3, 5 << 20]);

    // The owner brings it back: the parts first, under the names that they had, then the list of them.
    const copy = (to: string, from: string) =>
      owner.call("object-store", to, { method: "PUT", headers: { "x-copy-from": from } });
    for (const { name } of past) {
      const own = name.slice(3).replace(/\/[\d.]+$/, "");
      await copy(`/${encodeURIComponent(`${bucket}+segments`)}/${own}`, `/${segmentsHistory}/${name}`);
    }
    const [list] = await listed(`${history}?prefix=005large/&`);
    await copy(`/${bucket}/large`, `/${history}/${list?.name}`);
    expect((await s3(writer, "GET", `/${bucket}/large`)).text).toBe(`${"a".repeat(5 << 20)}end`);
  });

  test("another retention and quota are updates of the containers that are there", async () => {
    await layers.up({ vault: { quotaGiB: 6, retentionDays: 45 } });
    await layers.expectSettled();
    expect(await headersOf(owner, `/${vault.bucket}`)).toMatchObject({
      "x-container-meta-quota-bytes": `${6 * 2 ** 30}`,
      "x-container-meta-kasbah-retention-days": "45",
      "x-history-location": vault.history,
    });
    expect((await s3(writer, "GET", `/${vault.bucket}/large`)).status).toBe(200);
  });

  test("is not destroyed while it is protected; after that, what holds backups stays and the rest goes", async () => {
    await s3(writer, "PUT", `/${vault.bucket}/backup`, "of today");
    const { code, all } = await layers.stack.pulumi(["destroy", "--yes", "--skip-preview"]);
    expect(code).not.toBe(0);
    expect(all).toMatch(/vault-(bucket|history)/);
    await layers.stack.pulumi(["state", "unprotect", "--all", "--yes"]);
    const again = await layers.stack.pulumi(["destroy", "--yes", "--skip-preview", "--continue-on-error"]);
    expect(again.code).not.toBe(0);
    expect(await owner.call("object-store", `/${vault.bucket}/backup`)).toBe("of today");
    const left = (layers.stack.checkpoint().resources ?? []).flatMap(({ urn, custom }) =>
      custom ? [urn.split("::").at(-1)] : [],
    );
    expect(left).toEqual(expect.arrayContaining(["vault-bucket", "vault-history", "vault-segments-history"]));
    expect(left).not.toContain("vault-user-keys-1");
    expect(await statusOf(writer, "GET", `/${vault.bucket}/backup`)).toBe(403); // its keys are gone
  });

  test("who owns the project empties it when the time is over, and then it goes", async () => {
    const { bucket, history } = vault;
    const segments = bucket.replace(/bucket$/, "segments-history");
    for (const container of [bucket, `${bucket}+segments`, history, segments].map(encodeURIComponent)) {
      for (const { name } of await listed(`${container}?`)) {
        const path = `/${container}/${encodeURIComponent(name)}`;
        await owner.call("object-store", path, { method: "DELETE" });
      }
    }
    await layers.destroy();
    const projects = `/projects?name=${project.name}-t-vault-project`;
    expect(await project.session.call("identity", projects)).toMatchObject({ projects: [] });
    ran("backup");
  });
});

/** In parts, as large objects are written. */
async function putLarge(keys: S3Keys, path: string, parts: readonly Buffer[]): Promise<void> {
  const upload = /<UploadId>(.*)<\/UploadId>/.exec((await s3(keys, "POST", `${path}?uploads=`)).text)?.[1] ?? "";
  const tags = await inTurn(parts, async (bytes, index) => {
    const { headers } = await s3(keys, "PUT", `${path}?partNumber=${index + 1}&uploadId=${upload}`, bytes);
    return `<Part><PartNumber>${index + 1}</PartNumber><ETag>${headers["etag"]}</ETag></Part>`;
  });
  const all = `<CompleteMultipartUpload>${tags.join("")}</CompleteMultipartUpload>`;
  expect((await s3(keys, "POST", `${path}?uploadId=${upload}`, all)).status).toBe(200);
}

async function inTurn<T, R>(things: readonly T[], work: (thing: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [index, thing] of things.entries()) results.push(await work(thing, index));
  return results;
}
