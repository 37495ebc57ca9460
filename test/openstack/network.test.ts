import { expect, test } from "vitest";
import { PLACE, place } from "./place.ts";
import { one, recordNetwork, settled, typesOf } from "./record.ts";

const CLOSED_IN = place({ authUrl: "https://keys.local:5000", debianMirror: "https://mirror.local/debian" });

test("a network, its subnet, a group, and a rule for each declared service; no router, so no way out", async () => {
  const [network, rows] = await recordNetwork();
  expect(typesOf(rows)).toEqual([
    "Network",
    "SecGroup", // who has to reach the place's services joins it
    "SecGroupRule", // the identity endpoint
    "SecGroupRule", // the mirror
    "Subnet",
  ]);
  expect(network?.cidr).toBe("10.20.0.0/16");
  expect(await settled(network?.subnetId ?? expect.fail())).toBe("net-subnet-id");
});

test("ports are secured and the subnet has no gateway", async () => {
  const [, rows] = await recordNetwork();
  expect(one(rows, "net-network").inputs).toMatchObject({
    adminStateUp: true,
    portSecurityEnabled: true,
    shared: false,
  });
  expect(one(rows, "net-subnet").inputs).toMatchObject({ cidr: "10.20.0.0/16", ipVersion: 4, noGateway: true });
  expect(one(rows, "net-subnet").inputs).not.toHaveProperty("gatewayIp");
});

test("the group lets its members reach what is declared, and nothing at all comes in", async () => {
  const [, rows] = await recordNetwork({ place: place({ serviceCidrs: ["192.0.2.0/28"], dnsServers: ["10.0.0.53"] }) });
  expect(one(rows, "net-services").inputs).toMatchObject({ deleteDefaultRules: true });
  const rules = rows.filter(({ type }) => type.endsWith(":SecGroupRule")).map(({ inputs }) => inputs);
  expect(
    rules.map(({ direction, remoteIpPrefix, protocol, portRangeMax }) =>
      [direction, remoteIpPrefix, protocol, portRangeMax].filter((part) => part !== undefined).join(" "),
    ),
  ).toEqual([
    "egress 192.0.2.0/28 tcp",
    "egress 10.0.0.6/32 tcp", // the mirror
    "egress 10.0.0.5/32 tcp", // the identity endpoint
    "egress 10.0.0.53/32 udp 53",
    "egress 10.0.0.53/32 tcp 53",
  ]);
});

test("endpoints that go by a name get no rule of their own", async () => {
  const [, rows] = await recordNetwork({ place: CLOSED_IN });
  expect(typesOf(rows)).toEqual(["Network", "SecGroup", "Subnet"]);
});

test("a named external network is the one way out", async () => {
  const [, rows] = await recordNetwork({ place: place({ externalNetwork: "provider-net" }) });
  expect(one(rows, "net-router").inputs).toMatchObject({ externalNetworkId: "external-network-id" });
  expect(one(rows, "net-router-interface").inputs).toMatchObject({
    routerId: "net-router-id",
    subnetId: "net-subnet-id",
  });
  expect(one(rows, "net-subnet").inputs).not.toHaveProperty("noGateway");
  expect(typesOf(rows)).not.toContain("FloatingIp");
});

test("labels are string tags; what cannot carry any is a rule", async () => {
  const [, rows] = await recordNetwork();
  const tags = ["kasbah-class=restricted", "kasbah-owner=example-ma", "kasbah-env=prod"];
  for (const row of rows.filter(({ type }) => !type.endsWith(":SecGroupRule")))
    expect(row.inputs["tags"]).toEqual(tags);
});

test("a bad range is refused with path, expected and got", async () => {
  await expect(recordNetwork({ cidr: "8.8.8.0/24", place: PLACE })).rejects.toThrow(
    'cidr: expected a private IPv4 range between /16 and /22, got "8.8.8.0/24"',
  );
});

test("golden logical and physical names", async () => {
  const [, rows] = await recordNetwork({
    place: place({ externalNetwork: "provider-net", dnsServers: ["10.0.0.53"] }),
  });
  expect(rows.map(({ name, inputs }) => `${name} = ${inputs["name"] ?? "-"}`)).toEqual([
    "net-network = shop-prod-net",
    "net-subnet = shop-prod-net",
    "net-router = shop-prod-net-router",
    "net-router-interface = -",
    "net-services = shop-prod-net-services",
    "net-to-10-0-0-6-32 = -",
    "net-to-10-0-0-5-32 = -",
    "net-to-10-0-0-53-dns-udp = -",
    "net-to-10-0-0-53-dns-tcp = -",
  ]);
});
