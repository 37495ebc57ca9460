import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guestCut, guestExec, guestHeal, guestKill, guestLog, guestReady, guestTry } from "./support/guests.ts";
import { lab } from "./support/lab.ts";
import { newProject, type Project } from "./support/project.ts";
import { addressOf, createServer, type Server, serverIs } from "./support/servers.ts";

const SUBNET = "10.213.7.0/24";

let project: Project;
let servers: readonly [Server, Server];

beforeAll(async () => {
  project = await newProject("guests");
  const network = await makeNetwork();
  const group = await makeGroup();
  const wish = { flavor: "m1.small", image: lab().image, networks: [{ uuid: network }], group, userData: userData() };
  const ids = [
    await createServer(project.session, { ...wish, name: "one", zone: "zone-2" }),
    await createServer(project.session, { ...wish, name: "two" }),
  ] as const;
  servers = [
    await serverIs(project.session, ids[0], "ACTIVE", "ERROR"),
    await serverIs(project.session, ids[1], "ACTIVE", "ERROR"),
  ];
  for (const id of ids) if ((await guestReady(id)) !== 0) throw new Error(await guestLog(id));
});
afterAll(async () => project?.delete());

describe("a server", () => {
  test("is where it was wanted, its group apart", () => {
    const [one, two] = servers;
    expect(one["OS-EXT-AZ:availability_zone"]).toBe("zone-2");
    expect(two["OS-EXT-AZ:availability_zone"]).not.toBe("zone-2");
  });

  test("has run its user data, and its own Debian 13", async () => {
    const [{ id }] = servers;
    expect(await guestExec(id, "cat", "/root/made")).toBe("by user data\n");
    expect(await guestExec(id, "cat", "/etc/os-release")).toContain("VERSION_CODENAME=trixie");
    expect((await guestExec(id, "hostname")).trim()).toBe("one");
    expect((await guestExec(id, "systemctl", "is-system-running")).trim()).toBe("running");
  });
});

describe("a server's network", () => {
  test("reaches the front, whose authority its user data made it trust, and the package mirror", async () => {
    const [{ id }] = servers;
    expect(await guestExec(id, "curl", "-sSf", "-m", "20", lab().authUrl)).toContain('"status": "stable"');
    await guestExec(id, "apt-get", "update", "-qq");
    expect(await guestExec(id, "apt-cache", "policy", "postgresql-17")).toContain(lab().mirror);
  });

  test("reaches its neighbour, and nothing else", async () => {
    const [one, two] = servers;
    expect(await reaches(one.id, addressOf(two), 22)).toBe(true);
    const gateway = addressOf(two).replace(/\d+$/, "1");
    for (const host of ["192.0.2.2", "1.1.1.1", "198.18.0.2", gateway]) {
      for (const port of [22, 80, 443]) expect(await reaches(one.id, host, port), host).toBe(false);
    }
    expect((await guestTry(one.id, "getent", "hosts", "debian.org")).code).not.toBe(0);
  });

  test("can be cut and healed", async () => {
    const [one, two] = servers;
    const ping = async (): Promise<boolean> =>
      (await guestTry(two.id, "ping", "-c", "1", "-W", "2", addressOf(one))).code === 0;
    expect(await ping()).toBe(true);
    await guestCut(one.id);
    expect(await ping()).toBe(false);
    await guestHeal(one.id);
    await expect.poll(ping, { timeout: 20_000 }).toBe(true);
  });
});

describe("security groups", () => {
  const rule = (group: string, more: Readonly<Record<string, unknown>>): Promise<unknown> =>
    project.session.call("network", "/v2.0/security-group-rules", {
      method: "POST",
      body: { security_group_rule: { security_group_id: group, ethertype: "IPv4", ...more } },
    });

  test("are obeyed, in both directions", async () => {
    const [one, two] = servers;
    const group = await closedGroup();
    await onlyGroup(two.id, group);
    const knock = () => reaches(one.id, addressOf(two), 22);
    const callFront = () => reaches(two.id, lab().front, Number(new URL(lab().authUrl).port));
    await expect.poll(knock, { timeout: 20_000 }).toBe(false);
    expect(await callFront()).toBe(false);
    await rule(group, { direction: "ingress", protocol: "tcp", port_range_min: 22, port_range_max: 22 });
    await rule(group, { direction: "egress", remote_ip_prefix: `${lab().front}/32` });
    await expect.poll(knock, { timeout: 20_000 }).toBe(true);
    await expect.poll(callFront, { timeout: 20_000 }).toBe(true);
    expect(await reaches(two.id, addressOf(one), 22)).toBe(false);
  });

  test("let a server send from its own addresses only", async () => {
    const [one, two] = servers;
    const foreign = addressOf(one).replace(/\d+$/, "250");
    await guestExec(one.id, "ip", "address", "add", `${foreign}/24`, "dev", "eth0");
    const from = async (address: string): Promise<boolean> => {
      const connect = `create_connection(("${addressOf(two)}", 22), 4, ("${address}", 0))`;
      return (await guestTry(one.id, "python3", "-c", `from socket import *; ${connect}`)).code === 0;
    };
    expect(await from(addressOf(one))).toBe(true);
    expect(await from(foreign)).toBe(false);
    await guestExec(one.id, "ip", "address", "del", `${foreign}/24`, "dev", "eth0");
  });
});

test("a volume is /dev/vdb, and outlives a pulled plug and a start through the API", async () => {
  const [{ id }] = servers;
  const volume = await attach(id, "zone-2");
  const link = `/dev/disk/by-id/virtio-${volume.slice(0, 20)}`;
  expect(await guestExec(id, "readlink", "-f", link)).toBe("/dev/vdb\n");
  await guestExec(id, "bash", "-c", "mkfs.ext4 -q /dev/vdb && mount /dev/vdb /mnt && echo data >/mnt/file && sync");
  await guestKill(id);
  await serverIs(project.session, id, "SHUTOFF");
  await project.session.call("compute", `/servers/${id}/action`, { method: "POST", body: { "os-start": null } });
  await serverIs(project.session, id, "ACTIVE");
  expect(await guestExec(id, "cat", "/root/made")).toBe("by user data\n");
  await expect.poll(async () => (await guestTry(id, "test", "-b", link)).code, { timeout: 20_000 }).toBe(0);
  expect(await guestExec(id, "bash", "-c", `mount ${link} /mnt && cat /mnt/file`)).toBe("data\n");
  await guestExec(id, "bash", "-c", "systemctl reboot");
  await expect
    .poll(async () => (await guestTry(id, "systemctl", "is-system-running")).output, { timeout: 60_000 })
    .toBe("running\n");
  expect(await guestExec(id, "readlink", "-f", link)).toBe("/dev/vdb\n");
});

async function reaches(serverId: string, host: string, port: number): Promise<boolean> {
  const probe = `exec 3<>/dev/tcp/${host}/${port}`;
  return (await guestTry(serverId, "timeout", "4", "bash", "-c", probe)).code === 0;
}

/** A group without the two rules that let everything out. */
async function closedGroup(): Promise<string> {
  interface Made {
    readonly security_group: { readonly id: string; readonly security_group_rules: readonly { readonly id: string }[] };
  }
  const body = { security_group: { name: "closed" } };
  const { security_group: group } = await project.session.call<Made>("network", "/v2.0/security-groups", {
    method: "POST",
    body,
  });
  for (const { id } of group.security_group_rules) {
    await project.session.call("network", `/v2.0/security-group-rules/${id}`, { method: "DELETE" });
  }
  return group.id;
}

async function onlyGroup(serverId: string, group: string): Promise<void> {
  interface Found {
    readonly ports: readonly { readonly id: string }[];
  }
  const { ports } = await project.session.call<Found>("network", `/v2.0/ports?device_id=${serverId}`);
  const body = { port: { security_groups: [group] } };
  for (const { id } of ports) await project.session.call("network", `/v2.0/ports/${id}`, { method: "PUT", body });
}

async function makeNetwork(): Promise<string> {
  interface Made {
    readonly network: { readonly id: string };
  }
  const body = { network: { name: "guests" } };
  const { network } = await project.session.call<Made>("network", "/v2.0/networks", { method: "POST", body });
  const subnet = { network_id: network.id, ip_version: 4, cidr: SUBNET };
  await project.session.call("network", "/v2.0/subnets", { method: "POST", body: { subnet } });
  return network.id;
}

async function makeGroup(): Promise<string> {
  interface Made {
    readonly server_group: { readonly id: string };
  }
  const body = { server_group: { name: "apart", policies: ["anti-affinity"] } };
  const made = await project.session.call<Made>("compute", "/os-server-groups", { method: "POST", body });
  return made.server_group.id;
}

async function attach(serverId: string, zone: string): Promise<string> {
  interface Made {
    readonly volume: { readonly id: string };
  }
  const body = { volume: { size: 1, availability_zone: zone } };
  const { volume } = await project.session.call<Made>("volumev3", "/volumes", { method: "POST", body });
  const status = async (): Promise<string> =>
    (await project.session.call<{ readonly volume: { readonly status: string } }>("volumev3", `/volumes/${volume.id}`))
      .volume.status;
  await expect.poll(status, { timeout: 30_000 }).toBe("available");
  const attachment = { volumeAttachment: { volumeId: volume.id } };
  await project.session.call("compute", `/servers/${serverId}/os-volume_attachments`, {
    method: "POST",
    body: attachment,
  });
  await expect.poll(status, { timeout: 30_000 }).toBe("in-use");
  return volume.id;
}

/** As Kasbah's layers do: the place's own mirrors and authority, nothing else. */
function userData(): string {
  const source = (uri: string, suites: string): string =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`;
  const config = {
    ca_certs: { trusted: [lab().caCertificate] },
    apt: {
      preserve_sources_list: false,
      sources_list: `${source(lab().mirror, "trixie trixie-updates")}\n${source(lab().securityMirror, "trixie-security")}`,
    },
    write_files: [{ path: "/root/made", content: "by user data\n" }],
  };
  return `#cloud-config\n${JSON.stringify(config)}`;
}
