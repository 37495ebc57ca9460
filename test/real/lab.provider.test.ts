import { afterAll, beforeAll, expect, test } from "vitest";
import { engineWorkspace, type Workspace } from "../support/engine.ts";
import { lab } from "./support/lab.ts";
import { newProject, type Project } from "./support/project.ts";

/** What the layers lean on and the lab's report had not tried: keys by order, secrets, a second region's containers. */
const PROGRAM = `
import { Container } from "@pulumi/openstack/objectstorage/container.js";
import { OrderV1 } from "@pulumi/openstack/keymanager/orderV1.js";
import { Provider } from "@pulumi/openstack/provider.js";
import { SecretV1 } from "@pulumi/openstack/keymanager/secretV1.js";
import * as pulumi from "@pulumi/pulumi";

const meta = { algorithm: "aes", bitLength: 256, mode: "cbc" };
export const key = new OrderV1("key", { type: "key", meta }).secretRef;
const secret = new SecretV1("secret", { payload: pulumi.secret("known"), payloadContentType: "text/plain" });
export const secretRef = secret.secretRef;
const second = new Provider("second", { region: process.env.LAB_SECOND_REGION });
new Container("here", { name: "here", versioning: true });
new Container("there", { name: "there" }, { provider: second });
`;

let project: Project;
let workspace: Workspace;

beforeAll(async () => {
  project = await newProject("provider");
  const env = { ...project.env, LAB_SECOND_REGION: lab().secondRegion };
  workspace = await engineWorkspace({ plugins: lab().providerFolder, env });
  workspace.project({ "index.ts": PROGRAM });
  await pulumi("stack", "init", "lab");
});
afterAll(async () => {
  await workspace?.close();
  await project?.delete();
});

test("the real provider makes what the layers need, and finds nothing to change afterwards", async () => {
  await pulumi("up", "--yes", "--skip-preview");
  const { key, secretRef } = JSON.parse(await pulumi("stack", "output", "--json")) as Record<string, string>;
  expect(await payload(secretRef)).toBe("known");
  expect(key).toMatch(/^https:.*\/v1\/secrets\//);
  const { secondRegion: region } = lab();
  expect(await project.session.status("object-store", "/there", { region })).toBe(204);
  expect(await project.session.status("object-store", "/there")).toBe(404);
  expect(await pulumi("up", "--yes", "--refresh", "--expect-no-changes")).toContain("unchanged");
  await pulumi("destroy", "--yes", "--skip-preview");
  expect(await project.session.status("object-store", "/there", { region })).toBe(404);
});

const payload = (ref = ""): Promise<unknown> => project.session.call("key-manager", `${new URL(ref).pathname}/payload`);

async function pulumi(...args: readonly string[]): Promise<string> {
  const { code, stdout, all } = await workspace.pulumi(args);
  if (code !== 0) throw new Error(`pulumi ${args.join(" ")}: ${code}\n${all}`);
  return stdout;
}
