import { z } from "zod";
import { SIZES } from "../layers/postgres.ts";

const httpsOrInternal = z.url({ protocol: /^https?$/ });

/** What one OpenStack cloud has and another has not. `false`: looked for and not there. */
export const capabilitiesSchema = z.strictObject({
  loadBalancer: z.boolean().optional().describe("Load balancers (Octavia) for customers."),
  s3: z
    .url({ protocol: /^https$/ })
    .optional()
    .describe("Endpoint of the S3 interface of its object storage."),
  objectLock: z.boolean().optional().describe("S3 object lock, in compliance mode."),
  historyContainers: z.boolean().optional().describe("Swift keeps what is overwritten in another container."),
  identityAdmin: z
    .boolean()
    .optional()
    .describe("The deploying user may make projects, users and role assignments in its domain."),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** One named way out of the network. */
export const egressSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .describe("What it leads to, as payments."),
  cidr: z.cidrv4().describe("Addresses that it leads to."),
  ports: z.array(z.int().min(1).max(65_535)).min(1).describe("Ports that it leads to."),
  protocol: z.enum(["tcp", "udp"]).default("tcp"),
});
export type Egress = z.infer<typeof egressSchema>;

/** What only an OpenStack place has to say. */
export const openstackSettingsSchema = z.strictObject({
  authUrl: httpsOrInternal.optional().describe("Identity endpoint. Default: from the environment (OS_AUTH_URL)."),
  cloud: z.string().optional().describe("Entry of clouds.yaml. Default: from the environment (OS_CLOUD)."),
  image: z.string().default("debian-13").describe("Name of a Debian 13 image."),
  flavors: z.record(z.enum(SIZES), z.string()).describe("Flavor for each size."),
  volumeType: z.string().optional().describe("An encrypted volume type. Default: the cloud's own default type."),
  availabilityZones: z
    .array(z.string())
    .default([])
    .describe("Zones that compute and block storage know by the same name. Default: the cloud chooses."),
  debianMirror: httpsOrInternal
    .optional()
    .describe("Debian mirror inside the place. Servers have no way out to another one."),
  debianSecurityMirror: httpsOrInternal
    .optional()
    .describe("Debian security mirror. Default: the Debian mirror's address and -security, as Debian lays them out."),
  dnsServers: z.array(z.ipv4()).default([]),
  externalNetwork: z
    .string()
    .optional()
    .describe("Name of the network that leads to the mirror and the place's endpoints. Default: nothing leads out."),
  serviceCidrs: z
    .array(z.cidrv4())
    .default([])
    .describe("Ranges of the mirror, the identity service and the key manager: all that servers may reach outside."),
  egress: z
    .array(egressSchema)
    .default([])
    .describe("Further ways out of the network by name, each with a group of its own. Default: none."),
  caCertificate: z
    .string()
    .startsWith("-----BEGIN CERTIFICATE-----")
    .optional()
    .describe("Certificate authority (PEM) of the place's endpoints. Default: those that Debian trusts."),
  machineRole: z
    .string()
    .default("reader")
    .describe("Role of the users that Kasbah makes for machines: one that gives no right in the object storage."),
  operatorRole: z
    .string()
    .default("member")
    .describe("Role that owns a project's object storage. The deploying user gets it in the project of the backups."),
  capabilities: capabilitiesSchema
    .prefault({})
    .describe("What this cloud has, as `kasbah probe` writes it. What is not said is not relied upon."),
});
export type OpenstackSettings = z.infer<typeof openstackSettingsSchema>;

/** What only a Google Cloud place has to say. */
export const gcpSettingsSchema = z.strictObject({
  project: z.string().optional().describe("Project id. Default: from the environment (GOOGLE_PROJECT)."),
});
export type GcpSettings = z.infer<typeof gcpSettingsSchema>;

/** One optional key a cloud, named after it. */
export const placeSettingsShape = {
  openstack: openstackSettingsSchema.optional().describe("Settings of an OpenStack place."),
  gcp: gcpSettingsSchema.optional().describe("Settings of a Google Cloud place."),
} as const;
