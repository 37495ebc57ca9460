import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./support/http.ts";
import { lab } from "./support/lab.ts";
import { newProject, type Project } from "./support/project.ts";
import { type S3Keys, s3, signedText } from "./support/s3.ts";
import { byPassword, login, loginAsAdmin, type Session } from "./support/session.ts";

/** The containers of a backup: what is written, where its history goes, and somebody else's. */
const CONTAINERS = ["backup", "backup+segments"] as const;
const history = (container: string): string => `${container}-history`;

let project: Project;
let writer: { readonly session: Session; readonly keys: (region: string) => S3Keys };

beforeAll(async () => {
  project = await newProject("objects");
  writer = await addWriter();
  const own = `${project.id}:${writer.session.userId}`;
  for (const container of CONTAINERS) {
    await put(history(container));
    await put(container, {
      "x-container-read": own,
      "x-container-write": own,
      "x-history-location": history(container),
    });
  }
  await put("other");
  await project.session.call("object-store", "/other/secret", { method: "PUT", body: "theirs" });
});
afterAll(async () => project?.delete());

describe("a user with role reader and a container's ACL", () => {
  test("writes, reads, lists and deletes there through S3", async () => {
    const keys = writer.keys(lab().region);
    expect((await s3(keys, "PUT", "/backup/a", "one")).status).toBe(200);
    expect((await s3(keys, "GET", "/backup/a")).text).toBe("one");
    expect((await s3(keys, "GET", "/backup?list-type=2")).text).toContain("<Key>a</Key>");
    expect((await s3(keys, "DELETE", "/backup/a")).status).toBe(204);
    expect((await s3(keys, "GET", "/backup/a")).status).toBe(404);
  });

  test("has no other container, and cannot change this one", async () => {
    const keys = writer.keys(lab().region);
    const refused = ["/other/secret", "/other", "/", `/${history("backup")}`];
    for (const path of refused) expect((await s3(keys, "GET", path)).status, path).toBe(403);
    expect((await s3(keys, "PUT", "/other/x", "x")).status).toBe(403);
    expect((await s3(keys, "PUT", "/new")).status).toBe(403);
    for (const header of ["x-remove-history-location", "x-remove-container-write", "x-container-read"]) {
      const question = { method: "POST", headers: { [header]: ".r:*" } };
      expect(await writer.session.status("object-store", "/backup", question), header).toBe(403);
    }
    expect(await writer.session.status("object-store", "/backup", { method: "DELETE" })).toBe(403);
  });

  test("writes large objects in parts, because the container for the parts was made for it", async () => {
    const keys = writer.keys(lab().region);
    const started = (await s3(keys, "POST", "/backup/large?uploads=")).text;
    const upload = /<UploadId>(.*)<\/UploadId>/.exec(started)?.[1] ?? "";
    const parts = [Buffer.alloc(5 << 20, "a"), Buffer.from("end")];
    const tags = await inTurn(parts, async (bytes, index) => {
      const { headers } = await s3(keys, "PUT", `/backup/large?partNumber=${index + 1}&uploadId=${upload}`, bytes);
      return `<Part><PartNumber>${index + 1}</PartNumber><ETag>${headers["etag"]}</ETag></Part>`;
    });
    const all = `<CompleteMultipartUpload>${tags.join("")}</CompleteMultipartUpload>`;
    expect((await s3(keys, "POST", `/backup/large?uploadId=${upload}`, all)).status).toBe(200);
    expect((await s3(keys, "GET", "/backup/large")).text.length).toBe((5 << 20) + 3);
  });
});

describe("a history container", () => {
  test("keeps what the user overwrites and deletes, and the user cannot empty it", async () => {
    const keys = writer.keys(lab().region);
    await s3(keys, "PUT", "/backup/kept", "first");
    await s3(keys, "PUT", "/backup/kept", "second");
    await s3(keys, "DELETE", "/backup/kept");
    const kept = await versions("004kept/");
    expect(await contents(kept)).toEqual(["first", "second", ""]); // the last says that it was deleted
    for (const name of kept) {
      const path = `/${history("backup")}/${name}`;
      expect(await writer.session.status("object-store", path, { method: "DELETE" })).toBe(403);
      expect((await s3(keys, "DELETE", path)).status).toBe(403);
    }
    expect(await versions("004kept/")).toEqual(kept);
  });

  test("keeps, through S3, also what the user copies over itself with an expiry", async () => {
    const keys = writer.keys(lab().region);
    await s3(keys, "PUT", "/backup/copied", "kept");
    const headers = {
      "x-amz-copy-source": "/backup/copied",
      "x-amz-metadata-directive": "REPLACE",
      "x-delete-after": "1",
    };
    expect((await s3(keys, "PUT", "/backup/copied", "", headers)).status).toBe(200);
    await expect.poll(async () => (await s3(keys, "GET", "/backup/copied")).status, { timeout: 10_000 }).toBe(404);
    expect(await contents(await versions("006copied/"))).toEqual(["kept"]);
    expect((await s3(keys, "POST", "/backup/copied", "", headers)).status).toBe(501);
  });

  test("cannot be gone round with a token got for the S3 keys: only services may ask for one", async () => {
    const body = { credentials: signedText(writer.keys(lab().region)) };
    const question = { method: "POST", body };
    expect((await ask(`${lab().authUrl}/s3tokens`, question)).status).toBe(401);
    expect((await ask(`${lab().authUrl}/ec2tokens`, question)).status).toBe(401);
    expect(await writer.session.status("identity", "/s3tokens", question)).toBe(403);
    expect(await (await loginAsAdmin()).status("identity", "/s3tokens", question)).toBe(200);
  });

  test("does not keep what a user with a token lets expire", async () => {
    const keys = writer.keys(lab().region);
    await s3(keys, "PUT", "/backup/mortal", "gone");
    const expiry = { method: "POST", headers: { "x-delete-after": "1" } };
    expect(await writer.session.status("object-store", "/backup/mortal", expiry)).toBe(202);
    await expect.poll(async () => (await s3(keys, "GET", "/backup/mortal")).status, { timeout: 10_000 }).toBe(404);
    expect(await versions("006mortal/")).toEqual([]);
  });
});

test("the second site is another object store: same credentials, nothing of the first in it", async () => {
  const { secondRegion: region } = lab();
  await project.session.call("object-store", "/there", { method: "PUT", region });
  await project.session.call("object-store", "/there/x", { method: "PUT", body: "there", region });
  expect(await project.session.call("object-store", "/there/x", { region })).toBe("there");
  expect(await project.session.status("object-store", "/there/x")).toBe(404);
  expect(await project.session.status("object-store", "/other/secret", { region })).toBe(404);
  expect((await s3(writer.keys(region), "GET", "/there/x")).status).toBe(403);
});

async function addWriter(): Promise<typeof writer> {
  const user = await project.addUser("writer", ["reader"]);
  const session = await login(byPassword(user, project.id));
  interface Made {
    readonly credential: { readonly access: string; readonly secret: string };
  }
  const made = await session.call<Made>("identity", `/users/${user.id}/credentials/OS-EC2`, {
    method: "POST",
    body: { tenant_id: project.id },
  });
  return { session, keys: (region) => ({ ...made.credential, region }) };
}

const put = (container: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> =>
  project.session.call("object-store", `/${container}`, { method: "PUT", headers });

const versions = async (prefix: string): Promise<readonly string[]> => {
  const path = `/${history("backup")}?format=json&prefix=${prefix}`;
  return (await project.session.call<readonly { readonly name: string }[]>("object-store", path)).map(
    ({ name }) => name,
  );
};

const contents = (names: readonly string[]): Promise<readonly unknown[]> =>
  inTurn(names, (name) => project.session.call("object-store", `/${history("backup")}/${name}`));

async function inTurn<T, R>(things: readonly T[], work: (thing: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [index, thing] of things.entries()) results.push(await work(thing, index));
  return results;
}
