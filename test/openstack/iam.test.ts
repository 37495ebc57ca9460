import { expect, test } from "vitest";
import {
  EXPIRY_NOTICE_DAYS,
  expiryOf,
  expiryProblem,
  formatProblem,
  parseDeclaration,
} from "../../packages/core/src/index.ts";
import { Iam, type IamArgs, openstack } from "../../packages/openstack/src/index.ts";
import { sample } from "../support/declarations.ts";
import { place, SCOPE, THROWAWAY } from "./place.ts";
import { CREDENTIAL_SECRET, one, record, refOf, settled, typesOf } from "./record.ts";

const ABLE = place({ capabilities: { identityAdmin: true } });
const NOW = new Date("2026-03-01T09:00:00.123Z");
const ARGS: IamArgs = { scope: SCOPE, class: "restricted", place: ABLE, now: NOW };
const recordIam = (more: Partial<IamArgs> = {}) => record((opts) => new Iam("iam", { ...ARGS, ...more }, opts));
const RULES = [{ service: "object-store", method: "GET", path: "/v1/AUTH_x/docs/*" }] as const;
const ROBOT = { roles: ["member"], rules: RULES };

test("a machine: one role, one kind of request, an end, and its secret in the key manager", async () => {
  const [iam, rows] = await recordIam({ machines: { robot: ROBOT } });
  expect(typesOf(rows)).toEqual(["ApplicationCredential", "SecretV1"]);
  const { inputs, options } = one(rows, "iam-robot-1");
  expect(inputs).toMatchObject({
    name: "shop-prod-iam-robot-1",
    roles: ["member"],
    unrestricted: false,
    accessRules: [{ service: "object-store", method: "GET", path: "/v1/AUTH_x/docs/*" }],
    expiresAt: "2026-05-30T09:00:00Z", // 90 days
  });
  expect(options.ignoreChanges).toEqual(expect.arrayContaining(["expiresAt", "roles", "accessRules"]));
  expect(await settled(iam.machines["robot"] ?? expect.fail())).toBe(refOf("iam-robot-secret-1"));
});

test("the secret of a credential goes to the key manager alone, marked as a secret", async () => {
  const [, rows] = await recordIam({ machines: { robot: ROBOT } });
  const { payload } = one(rows, "iam-robot-secret-1").inputs;
  expect(payload).not.toBeTypeOf("string");
  expect(JSON.stringify(payload)).toContain(CREDENTIAL_SECRET);
  expect(JSON.stringify(one(rows, "iam-robot-1").inputs)).not.toContain(CREDENTIAL_SECRET);
});

test.each([
  [{ rotation: 2 }, ["iam-robot-1", "iam-robot-2"]],
  [{ rotation: 2, closed: 1 }, ["iam-robot-2"]],
])("%o: %o", async (rotation, credentials) => {
  const [iam, rows] = await recordIam({ machines: { robot: { ...ROBOT, ...rotation } } });
  const made = rows.filter(({ type }) => type.endsWith(":ApplicationCredential")).map(({ name }) => name);
  expect(made).toEqual(credentials);
  expect(await settled(iam.machines["robot"] ?? expect.fail())).toBe(refOf("iam-robot-secret-2"));
});

test("people and groups get a role in a new project or in the own one", async () => {
  const people = [
    { user: "aicha", role: "reader", project: "audit" },
    { group: "operators", role: "member" },
  ];
  const [iam, rows] = await recordIam({ projects: { audit: { description: "Auditors" } }, people });
  expect(one(rows, "iam-project-audit").inputs).toMatchObject({
    name: "shop-prod-iam-audit",
    description: "Auditors",
    domainId: "domain-id",
    tags: expect.arrayContaining(["kasbah-owner=example-ma"]),
  });
  const inAudit = one(rows, "iam-user-aicha-reader-audit").inputs;
  expect(inAudit).toMatchObject({ userId: "user-id", projectId: "iam-project-audit-id", roleId: "role-id" });
  expect(one(rows, "iam-group-operators-member-own").inputs).toMatchObject({
    groupId: "group-id",
    projectId: "project-id",
  });
  expect(await settled(iam.projects["audit"] ?? expect.fail())).toBe("iam-project-audit-id");
});

test("a key of 256 bits, made by the key manager and protected", async () => {
  const [iam, rows] = await recordIam({ keys: ["papers"] });
  const { inputs, options } = one(rows, "iam-key-papers");
  expect(inputs).toMatchObject({
    type: "key",
    meta: { algorithm: "aes", bitLength: 256, name: "shop-prod-iam-key-papers" },
  });
  expect(options.protect).toBe(true);
  expect(await settled(iam.keys["papers"] ?? expect.fail())).toBe(refOf("iam-key-papers"));
});

test("every problem at once, in the words of the declaration", async () => {
  const people = [{ role: "reader" }, { user: "aicha", role: "reader", project: "absent" }];
  const machines = { robot: { roles: ["admin"], rotation: 2, closed: 2 } };
  const bare = place({}, { keyManager: false });
  const lines = [
    "people.0: expected a user or a group, one of them",
    'people.1.project: expected a declared project (none yet), got "absent"',
    "machines.robot.closed: expected less than rotation, which is 2, got 2",
    'machines.robot.roles: expected no role that rules over others, got ["admin"]',
    "place.settings.capabilities.identityAdmin: expected the capability that makes projects and role assignments",
    "place.facts.keyManager: expected the capability that keeps the credentials of machines, and our keys",
  ];
  await expect(recordIam({ people, machines, place: bare })).rejects.toThrow(
    new RegExp(lines.map((line) => line.replaceAll(/[[\]().]/g, "\\$&")).join("[^\\n]*\\n")),
  );
  const told = openstack.layers.iam?.problems?.({ ...ARGS, people, machines, place: bare });
  expect([...(told ?? [])]).toHaveLength(2); // those of the place; the others come of the declaration
});

test("a throwaway machine may rule", async () => {
  const [, rows] = await recordIam({ scope: THROWAWAY, machines: { robot: { roles: ["admin"] } } });
  expect(one(rows, "iam-robot-1").inputs).not.toHaveProperty("accessRules");
});

test(`an end that is nearer than ${EXPIRY_NOTICE_DAYS} days is said, with what mends it`, () => {
  const end = expiryOf(NOW, 30);
  const on = (days: number) => expiryProblem("robot", end, new Date(NOW.getTime() + days * 86_400_000), 3);
  expect(on(0)).toBeUndefined();
  expect(on(15)).toBeUndefined();
  expect(on(17)).toMatchObject({
    path: "machines.robot",
    got: "12 days, until 2026-03-31T09:00:00Z",
    mend: "set its rotation to 4",
  });
  expect(on(31)).toMatchObject({ got: "expired on 2026-03-31T09:00:00Z" });
});

/** What is said of a declaration whose place and store say this. */
const said = (iam: object, store: object = {}): readonly string[] => {
  const declaration = sample();
  Object.assign(declaration.places["home"] ?? {}, { iam });
  Object.assign(declaration.workloads["document-store"] ?? {}, store);
  const parsed = parseDeclaration(declaration, "dev");
  return parsed.ok ? [JSON.stringify(parsed.value.places["home"]?.iam)] : parsed.problems.map(formatProblem);
};

test("in a declaration it stands at the place, and what is wrong is said with its path", () => {
  expect(said({ machines: { robot: { roles: ["member"] } } })).toEqual([
    '{"projects":{},"people":[],"machines":{"robot":{"roles":["member"]}},"keys":[]}',
  ]);
  expect(said({ people: [{ role: "reader" }], machines: { robot: { roles: ["admin"], days: 900 } } })).toEqual([
    expect.stringContaining("places.home.iam.machines.robot.days: expected"),
  ]);
  expect(
    said({ people: [{ role: "reader" }], machines: { robot: { roles: ["admin"], rotation: 1, closed: 1 } } }),
  ).toEqual([
    expect.stringContaining("places.home.iam.people.0: expected a user or a group, one of them"),
    expect.stringContaining("places.home.iam.machines.robot.closed: expected less than rotation"),
    expect.stringContaining("places.home.iam.machines.robot.roles: expected no role that rules over others"),
  ]);
});

test("keys for one container stand at the workload", () => {
  const access = [{ name: "importer", mode: "write", rotation: 1, closed: 1 }];
  expect(said({}, { access, encryption: "client", quotaGiB: 5 })).toEqual([
    expect.stringContaining("workloads.document-store.access.0.closed: expected less than rotation, which is 1"),
  ]);
  expect(said({}, { access: [{ name: "importer", mode: "all" }] })).toEqual([
    expect.stringContaining("workloads.document-store.access.0.mode: expected"),
  ]);
});
