// One of each type that look-ups know. Run by test/real/operations.test.ts as an administrator, in a project of its own.
import { Volume } from "@pulumi/openstack/blockstorage/volume.js";
import { Flavor } from "@pulumi/openstack/compute/flavor.js";
import { Instance } from "@pulumi/openstack/compute/instance.js";
import { Keypair } from "@pulumi/openstack/compute/keypair.js";
import { ServerGroup } from "@pulumi/openstack/compute/serverGroup.js";
import { VolumeAttach } from "@pulumi/openstack/compute/volumeAttach.js";
import { ApplicationCredential } from "@pulumi/openstack/identity/applicationCredential.js";
import { Ec2CredentialV3 } from "@pulumi/openstack/identity/ec2CredentialV3.js";
import { getRoleOutput } from "@pulumi/openstack/identity/getRole.js";
import { Project } from "@pulumi/openstack/identity/project.js";
import { RoleAssignment } from "@pulumi/openstack/identity/roleAssignment.js";
import { User } from "@pulumi/openstack/identity/user.js";
import { OrderV1 } from "@pulumi/openstack/keymanager/orderV1.js";
import { SecretV1 } from "@pulumi/openstack/keymanager/secretV1.js";
import { Listener } from "@pulumi/openstack/loadbalancer/listener.js";
import { LoadBalancer } from "@pulumi/openstack/loadbalancer/loadBalancer.js";
import { Member } from "@pulumi/openstack/loadbalancer/member.js";
import { Monitor } from "@pulumi/openstack/loadbalancer/monitor.js";
import { Pool } from "@pulumi/openstack/loadbalancer/pool.js";
import { FloatingIp } from "@pulumi/openstack/networking/floatingIp.js";
import { FloatingIpAssociate } from "@pulumi/openstack/networking/floatingIpAssociate.js";
import { getNetworkOutput } from "@pulumi/openstack/networking/getNetwork.js";
import { Network } from "@pulumi/openstack/networking/network.js";
import { Port } from "@pulumi/openstack/networking/port.js";
import { Router } from "@pulumi/openstack/networking/router.js";
import { RouterInterface } from "@pulumi/openstack/networking/routerInterface.js";
import { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import { SecGroupRule } from "@pulumi/openstack/networking/secGroupRule.js";
import { Subnet } from "@pulumi/openstack/networking/subnet.js";
import { Container } from "@pulumi/openstack/objectstorage/container.js";
import { ContainerObject } from "@pulumi/openstack/objectstorage/containerObject.js";
import { Provider } from "@pulumi/openstack/provider.js";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const prefix = config.require("prefix");
const opts = { provider: new Provider("home", { region: config.get("region") ?? "RegionOne", useOctavia: true }) };
const once = { ...opts, deleteBeforeReplace: true };
const named = (role: string) => ({ name: `${prefix}-${role}` });

const outside = getNetworkOutput({ name: config.get("outside") ?? "public" }, opts);
const network = new Network("network", { ...named("network"), adminStateUp: true }, opts);
const range = { networkId: network.id, cidr: config.require("cidr"), ipVersion: 4 };
const subnet = new Subnet("subnet", { ...named("subnet"), ...range }, opts);
const router = new Router("router", { ...named("router"), externalNetworkId: outside.id }, opts);
const joined = new RouterInterface("joined", { routerId: router.id, subnetId: subnet.id }, opts);
const group = new SecGroup("group", { ...named("group"), description: "every type" }, opts);
const https = { direction: "ingress", ethertype: "IPv4", protocol: "tcp", portRangeMin: 443, portRangeMax: 443 };
new SecGroupRule("https", { ...https, remoteIpPrefix: "10.0.0.0/8", securityGroupId: group.id }, opts);
const fixedIps = [{ subnetId: subnet.id }];
const port = new Port(
  "port",
  { ...named("port"), networkId: network.id, fixedIps, securityGroupIds: [group.id] },
  opts,
);
const address = new FloatingIp(
  "address",
  { pool: "public", description: `${prefix}-address` },
  { ...opts, dependsOn: [joined] },
);

const servers = new ServerGroup("servers", { ...named("servers"), policies: ["soft-anti-affinity"] }, opts);
const key = new Keypair("key", { ...named("key"), publicKey: config.require("publicKey") }, opts);
new Flavor("flavor", { ...named("flavor"), ram: 256, vcpus: 1, disk: 1 }, opts);
const data = new Volume("data", { ...named("data"), size: 1 }, opts);
const server = new Instance(
  "server",
  {
    ...named("server"),
    flavorName: config.get("flavor") ?? "m1.tiny",
    imageName: "debian-13",
    keyPair: key.name,
    networks: [{ port: port.id }],
    schedulerHints: [{ group: servers.id }],
    userData: pulumi.secret(`#cloud-config\n# ${prefix}\n`),
  },
  once,
);
new VolumeAttach("attached", { instanceId: server.id, volumeId: data.id }, once);
new FloatingIpAssociate(
  "associated",
  { floatingIp: address.address, portId: port.id },
  { ...opts, dependsOn: [server] },
);

const container = new Container("container", { ...named("container"), forceDestroy: true }, opts);
new ContainerObject("object", { name: "settings.json", containerName: container.name, content: "{}" }, opts);
const secret = { secretType: "passphrase", payload: pulumi.secret("hidden"), payloadContentType: "text/plain" };
new SecretV1("secret", { ...named("secret"), ...secret }, opts);
const meta = { algorithm: "aes", bitLength: 256, mode: "cbc", payloadContentType: "application/octet-stream" };
new OrderV1("order", { type: "key", meta: { ...named("order"), ...meta } }, opts);

const project = new Project("project", named("project"), opts);
const user = new User("user", named("user"), opts);
const role = getRoleOutput({ name: "reader" }, opts);
const right = new RoleAssignment("right", { projectId: project.id, userId: user.id, roleId: role.id }, opts);
new Ec2CredentialV3("s3-key", { userId: user.id, projectId: project.id }, { ...opts, dependsOn: [right] });
const credential = { roles: ["member"], expiresAt: "2099-01-01T00:00:00Z" };
const bootstrap = new ApplicationCredential("credential", { ...named("credential"), ...credential }, once);

const balancer = new LoadBalancer("balancer", { ...named("balancer"), vipSubnetId: subnet.id }, opts);
const tcp = { protocol: "TCP", protocolPort: 5432 };
const listener = new Listener("listener", { ...named("listener"), ...tcp, loadbalancerId: balancer.id }, opts);
const pooled = { protocol: "TCP", lbMethod: "ROUND_ROBIN", listenerId: listener.id };
const pool = new Pool("pool", { ...named("pool"), ...pooled }, opts);
const target = { address: port.allFixedIps.apply(([first]) => first ?? ""), protocolPort: 5432, subnetId: subnet.id };
const member = new Member("member", { ...named("member"), ...target, poolId: pool.id }, opts);
const check = { type: "TCP", delay: 5, timeout: 3, maxRetries: 3 };
new Monitor("monitor", { ...named("monitor"), ...check, poolId: pool.id }, { ...opts, dependsOn: [member] });

export const secretOfCredential = bootstrap.secret;
