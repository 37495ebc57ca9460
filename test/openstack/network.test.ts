import { expect, test } from "vitest";
import { LoadBalancer, type LoadBalancerArgs, openstack } from "../../packages/openstack/src/index.ts";
import { PLACE, place, SCOPE } from "./place.ts";
import { one, record, recordNetwork, settled, typesOf } from "./record.ts";

const NETWORK = { scope: SCOPE, class: "restricted" as const, place: PLACE };
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

const EGRESS = { name: "payments", cidr: "192.0.2.64/28", ports: [443, 8443], protocol: "tcp" as const };

test("a named way out has a group of its own, which nothing joins by itself", async () => {
  const [network, rows] = await recordNetwork({ place: place({ externalNetwork: "provider-net", egress: [EGRESS] }) });
  expect(one(rows, "net-egress-payments").inputs).toMatchObject({ deleteDefaultRules: true });
  const rules = rows.filter(({ inputs }) => inputs["securityGroupId"] === "net-egress-payments-id");
  expect(
    rules.map(({ inputs }) => [
      inputs["direction"],
      inputs["remoteIpPrefix"],
      inputs["portRangeMin"],
      inputs["portRangeMax"],
    ]),
  ).toEqual([
    ["egress", "192.0.2.64/28", 443, 443],
    ["egress", "192.0.2.64/28", 8443, 8443],
  ]);
  expect(await settled(network?.egressGroupIds["payments"] ?? expect.fail())).toBe("net-egress-payments-id");
});

test("a way out that cannot be taken is refused", async () => {
  await expect(recordNetwork({ place: place({ egress: [EGRESS] }) })).rejects.toThrow(
    "place.settings.externalNetwork: expected the network that leads to payments, got nothing",
  );
  const twice = place({ externalNetwork: "provider-net", egress: [EGRESS, EGRESS] });
  await expect(recordNetwork({ place: twice })).rejects.toThrow(
    "place.settings.egress.1.name: expected each name once",
  );
});

const EVERYWHERE = {
  externalNetwork: "provider-net",
  egress: [{ ...EGRESS, cidr: "0.0.0.0/0" }],
  serviceCidrs: ["0.0.0.0/0"],
};

test.each(["restricted", "critical", undefined] as const)("%s data: no way to everywhere", async (holds) => {
  const told = openstack.layers.network?.problems?.({ ...NETWORK, place: place(EVERYWHERE), holds });
  expect([...(told ?? [])].map(({ path, got }) => [path, got])).toEqual([
    ["place.settings.egress.0.cidr", "0.0.0.0/0"],
    ["place.settings.serviceCidrs.0", "0.0.0.0/0"],
  ]);
});

test.each(["public", "internal", "confidential"] as const)(
  "%s data: a way to everywhere, when it is named",
  (holds) => {
    expect([...(openstack.layers.network?.problems?.({ ...NETWORK, place: place(EVERYWHERE), holds }) ?? [])]).toEqual(
      [],
    );
  },
);

const BALANCED = { place: place({ capabilities: { loadBalancer: true } }), ports: [{ name: "db", port: 5432 }] };
const recordBalancer = (more: Partial<LoadBalancerArgs> = {}) =>
  record((opts) => {
    const network = { cidr: "10.20.0.0/16", subnetId: "subnet-id" };
    const members = [
      { name: "1", address: "10.20.0.11" },
      { name: "2", address: "10.20.0.12" },
    ];
    return new LoadBalancer("front", { ...NETWORK, ...BALANCED, network, members, ...more }, opts);
  });

test("a load balancer takes connections of its own network, and its port has our group alone", async () => {
  const [balancer, rows] = await recordBalancer();
  expect(one(rows, "front-balancer").inputs).toMatchObject({
    vipSubnetId: "subnet-id",
    securityGroupIds: ["front-balancer-group-id"],
  });
  expect(one(rows, "front-db-listener").inputs).toMatchObject({ protocol: "TCP", allowedCidrs: ["10.20.0.0/16"] });
  expect(one(rows, "front-db-2").inputs).toMatchObject({ address: "10.20.0.12", protocolPort: 5432 });
  expect(one(rows, "front-db-monitor").inputs).toMatchObject({ type: "TCP" });
  expect(await settled(balancer.address)).toBe("10.20.0.100");
});

test("a place without load balancers says which capability is missing", async () => {
  await expect(recordBalancer({ place: PLACE })).rejects.toThrow(
    "place.settings.capabilities.loadBalancer: expected the capability that a load balancer needs, got nothing",
  );
});
