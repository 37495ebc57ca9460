import { z } from "zod";
import { capabilitiesSchema } from "./declaration/settings.ts";

/** How the file of a probe's record ends. */
export const PROBE_FILE = ".probe.json";

const names = z.array(z.string());

/** What `kasbah probe` found in one region of one OpenStack project, on one day. */
export const probeSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal(1),
  asOf: z.iso.datetime().describe("When it was asked."),
  cloud: z.literal("openstack"),
  region: z.string(),
  project: z.string().describe("Name of the project: quotas and what is visible are its own."),
  capabilities: capabilitiesSchema,
  services: z
    .array(
      z.strictObject({
        type: z.string().describe("As the catalogue calls it."),
        version: z.string().optional().describe("Newest version or microversion that it says."),
      }),
    )
    .describe("The catalogue."),
  quotas: z.array(
    z.strictObject({
      service: z.string(),
      name: z.string(),
      limit: z.int().describe("-1: none."),
      used: z.int().optional(),
    }),
  ),
  flavors: z.array(
    z.strictObject({
      name: z.string(),
      vcpus: z.int(),
      ramMiB: z.int(),
      diskGiB: z.int(),
      public: z.boolean(),
      extraSpecs: z.record(z.string(), z.string()).describe("GPUs and traits stand here."),
    }),
  ),
  gpus: z
    .array(
      z.strictObject({
        name: z.string().describe("Alias, resource class or trait."),
        flavors: names.describe("Flavors that ask for it."),
        perServer: z.record(z.string(), z.int()).describe("How many each flavor takes."),
        total: z.int().optional().describe("In the whole region, where placement tells us."),
        used: z.int().optional(),
      }),
    )
    .describe("What flavors ask of GPUs and other devices."),
  zones: z.strictObject({ compute: names, volume: names, network: names }),
  volumeTypes: z.array(z.strictObject({ name: z.string(), default: z.boolean(), encrypted: z.boolean().optional() })),
  images: z.array(
    z.strictObject({ name: z.string(), status: z.string(), minDiskGiB: z.int(), visibility: z.string() }),
  ),
  externalNetworks: names,
  unchecked: names.describe("What this user may not ask."),
});
export type Probe = z.infer<typeof probeSchema>;
