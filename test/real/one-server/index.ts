// Run by test/real/operations.test.ts. Nothing in it is Kasbah's: verify and recover work on any program.
import { Instance } from "@pulumi/openstack/compute/instance.js";
import { Network } from "@pulumi/openstack/networking/network.js";
import { Subnet } from "@pulumi/openstack/networking/subnet.js";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const named = (role: string) => ({ name: `${config.require("prefix")}-${role}` });

const network = new Network("network", named("network"));
const range = { networkId: network.id, cidr: config.require("cidr"), ipVersion: 4 };
const subnet = new Subnet("subnet", { ...named("subnet"), ...range });
const form = { flavorName: config.require("flavor"), imageName: "debian-13", networks: [{ uuid: network.id }] };
new Instance("server", { ...named("server"), ...form }, { dependsOn: [subnet], deleteBeforeReplace: true });
