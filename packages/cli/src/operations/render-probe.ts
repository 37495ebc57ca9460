import type { Probe } from "@kasbah/core";
import Table from "cli-table3";
import type { screenColors } from "../output.ts";

type Colors = ReturnType<typeof screenColors>;

/** A probe's record for a person. */
export const renderProbe = (probe: Probe, colors: Colors): string =>
  [
    colors.bold(`${probe.cloud}/${probe.region}, project ${probe.project}, as of ${probe.asOf}`),
    table(
      ["capability", "here"],
      Object.entries(probe.capabilities).map(([name, value]) => [name, shown(value)]),
    ),
    table(
      ["service", "version"],
      probe.services.map(({ type, version }) => [type, version ?? ""]),
    ),
    table(
      ["quota", "used", "of"],
      probe.quotas.map(({ service, name, limit, used }) => [
        `${service} ${name}`,
        used === undefined ? "" : String(used),
        limit < 0 ? "no limit" : String(limit),
      ]),
    ),
    table(["flavor", "processors", "MiB", "disk GiB", "asks for"], probe.flavors.map(flavorRow)),
    ...(probe.gpus.length === 0 ? [] : [table(["device", "flavors", "used", "of"], probe.gpus.map(gpuRow))]),
    table(
      ["what", "names"],
      [
        ["zones of servers", probe.zones.compute.join(", ")],
        ["zones of volumes", probe.zones.volume.join(", ")],
        ["volume types", probe.volumeTypes.map(typeWord).join(", ")],
        ["images", probe.images.map(({ name }) => name).join(", ")],
        ["external networks", probe.externalNetworks.join(", ")],
      ],
    ),
    ...probe.unchecked.map((line) => colors.yellow(`not known: ${line}`)),
  ].join("\n");

const shown = (value: unknown): string => (value === true ? "yes" : value === false ? "no" : String(value));

const flavorRow = ({ name, vcpus, ramMiB, diskGiB, extraSpecs }: Probe["flavors"][number]): string[] => [
  name,
  String(vcpus),
  String(ramMiB),
  String(diskGiB),
  Object.entries(extraSpecs)
    .map(([key, value]) => `${key}=${value}`)
    .join(" "),
];

const gpuRow = ({ name, flavors, used, total }: Probe["gpus"][number]): string[] => [
  name,
  flavors.join(", "),
  String(used ?? "?"),
  String(total ?? "?"),
];

const typeWord = ({ name, default: standard, encrypted }: Probe["volumeTypes"][number]): string =>
  [name, ...(standard ? ["(default)"] : []), ...(encrypted === true ? ["(encrypted)"] : [])].join(" ");

const table = (head: string[], rows: string[][]): string => {
  const made = new Table({ head, style: { head: [], border: [], compact: true }, wordWrap: true });
  made.push(...rows);
  return made.toString();
};
