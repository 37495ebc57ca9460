import { expect, test } from "vitest";
import { copyName, isOfDrill } from "../../packages/openstack/src/drill/names.ts";
import { originalOf } from "../../packages/openstack/src/drill/original.ts";
import { drillUserData } from "../../packages/openstack/src/drill/user-data.ts";
import { until } from "../../packages/openstack/src/drill/wait.ts";
import { STATE } from "./drill-state.ts";

const without = (part: string) => STATE.filter(({ type, urn }) => !type.includes(part) && !urn.includes(part));

test("a state says all that a copy of its cluster needs", () => {
  const found = originalOf(STATE, "vectors");
  expect(found.ok && { ...found.value, settings: found.value.settings.cluster }).toEqual({
    settings: "shop-prod-vectors",
    refs: {
      cipher: "https://keys/v1/secrets/cipher",
      settingsKeys: "https://keys/v1/secrets/machine",
      vault: "https://keys/v1/secrets/vault",
    },
    container: "shop-prod-vectors-settings",
    server: {
      flavorId: "flavor",
      imageId: "image",
      zone: "zone-1",
      metadata: { "kasbah-class": "restricted", "kasbah-env": "prod" },
    },
    seat: { networkId: "net", subnetId: "subnet", securityGroupIds: ["firewall", "services"] },
    volume: { size: 50, type: undefined, zone: "zone-1" },
  });
});

test.each([
  ["PostgresSecrets", "a Postgres cluster in this state"],
  ["ContainerObject", "settings that were published"],
  ["vectors-second", "its vault"],
  ["vectors-1-server", "its server, port, volume"],
  ["vectors-1-data", "its volume"],
])("a state without %s is refused in those words", (part, expected) => {
  const found = originalOf(without(part), "vectors");
  expect(found.ok ? [] : found.problems.map((problem) => problem.expected)).toEqual([expected]);
});

test("only what a drill of this very cluster made bears its name", () => {
  const cluster = "shop-prod-vectors";
  const name = copyName(cluster, "0a1b2c3d");
  expect([name, `${name}-1`, `${name}-authority`].map((one) => isOfDrill(one, cluster))).toEqual([true, true, true]);
  const others = [
    cluster,
    `${cluster}-1`,
    `${cluster}-drill-`,
    `${cluster}-drill-data`,
    `${cluster}-drill-0a1b2c3d4`,
    `x-${name}`,
    copyName(`${cluster}-2`, "0a1b2c3d"),
  ];
  expect(others.map((one) => isOfDrill(one, cluster))).toEqual(others.map(() => false));
});

const BOOT = {
  cluster: "shop-prod-vectors-drill-0a1b2c3d",
  identity: "https://identity/v3",
  mirrors: { main: "http://mirror/debian", security: "http://mirror/debian-security" },
  caCertificate: "-----BEGIN CERTIFICATE-----",
  storage: { endpoint: "https://objects", region: "RegionOne" },
  settings: "shop-prod-vectors-drill-0a1b2c3d",
  reports: "shop-prod-vectors-drill-0a1b2c3d",
};
const MADE = {
  generation: "00000000",
  member: { name: "shop-prod-vectors-drill-0a1b2c3d-1", address: "10.20.0.19", dataVolume: "v".repeat(36) },
  credential: { id: "i".repeat(32), secret: "s".repeat(86) },
  refs: { authority: "a", seal: "b", settingsKeys: "c", cipher: "d", vaults: ["e"] },
  publicKey: "p".repeat(113),
};

test("the copy's user data is a member's with one more program, and the compute service takes it", () => {
  const text = drillUserData(BOOT, MADE);
  expect(text.startsWith("#cloud-config\n")).toBe(true);
  const config = JSON.parse(text.slice(text.indexOf("\n")));
  const paths: readonly string[] = config.write_files.map(({ path }: { path: string }) => path);
  expect(paths).toEqual(expect.arrayContaining(["/etc/kasbah/bootstrap.json", "/usr/local/sbin/kasbah-drill"]));
  expect(config.runcmd.at(-1)).toEqual(["systemctl", "start", "--no-block", "kasbah-drill.service"]);
  expect(Buffer.from(text).toString("base64").length).toBeLessThan(65_535);
});

test("waiting ends with the answer, and with what ended it", async () => {
  let asked = 0;
  const ask = async () => (++asked === 3 ? "there" : undefined);
  expect(await until(ask, { signal: new AbortController().signal, everyMs: 1 })).toBe("there");
  const controller = new AbortController();
  const waiting = until(async () => undefined, { signal: controller.signal, everyMs: 60_000 });
  controller.abort(new Error("it was ended by SIGINT"));
  await expect(waiting).rejects.toThrow("ended by SIGINT");
});
