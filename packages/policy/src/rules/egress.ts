import telemetry from "../data/telemetry.json" with { type: "json" };
import { type Container, containersOf, runsContainers } from "../facts/containers.ts";
import { atLeast, levelOf } from "../facts/data.ts";
import { isWorld, OPENINGS, type PortRange } from "../facts/openings.ts";
import { at, keysOf, type Resource, shown, text, UNKNOWN } from "../resource.ts";
import type { World } from "../world.ts";
import { mustBeRead, unknownText, within } from "./check-rule.ts";
import { type Answer, cannotDecide, NOTHING, type Rule } from "./rule.ts";
import { portsText } from "./security.ts";

interface Service {
  readonly id: string;
  readonly images: readonly string[];
  readonly env: Readonly<Record<string, readonly string[]>>;
  readonly args?: readonly string[];
  readonly sends: string;
  readonly source: string;
  readonly optional?: boolean;
}

/** Services that phone home unless told not to. */
export const TELEMETRY: readonly Service[] = telemetry.services as unknown as readonly Service[];

const CONFIG_MAP = ["kubernetes:core/v1:ConfigMap"] as const;

/** The name of an image without registry, tag and digest where only the end is compared. */
const isImage = (image: string, name: string): boolean => {
  const bare = image
    .split("@", 1)
    .join()
    .replace(/:[^:/]*$/, "")
    .toLowerCase();
  return name.endsWith("/") ? bare.includes(name) : bare === name || bare.endsWith(`/${name}`);
};

/** Whether an image is of a service. */
export const imageIs = (image: string, { images }: Pick<Service, "images">): boolean =>
  images.some((name) => isImage(image, name));

/** Whether one of a service's switches is set so that it is quiet; undefined: that cannot be read. */
const isQuiet = (service: Service, container: Container, resource: Resource, world: World): boolean | undefined => {
  if (service.args?.some((arg) => container.args.some((one) => one === arg || one.startsWith(`${arg}=`))) === true)
    return true;
  let unread = false;
  for (const { name, value } of container.env) {
    const quiet = service.env[name];
    if (value === UNKNOWN && (name === "" || quiet !== undefined)) unread = true;
    if (typeof value === "string" && quiet?.includes(value.toLowerCase()) === true) return true;
  }
  for (const name of container.maps) {
    const maps = world.estate.find(name, CONFIG_MAP).filter(({ stack }) => stack === resource.stack);
    if (maps.length === 0) unread = true;
    for (const map of maps) {
      const data = at(map.props, "data");
      for (const key of keysOf(data)) {
        const value = text(data, key);
        if (typeof value === "string" && service.env[key]?.includes(value.toLowerCase()) === true) return true;
      }
    }
  }
  return unread ? undefined : false;
};

const switchOf = ({ env, args = [] }: Service): string =>
  [...Object.entries(env).map(([name, [value = ""]]) => `${name}=${value}`), ...args].join(" or ");

const SILENCE = "Set the switch; and let an egress rule keep what you did not think of.";

const judgeTelemetry = (resource: Resource, world: World): readonly Answer[] => {
  const { containers, unknown } = containersOf(resource.type, resource.props);
  return [
    ...containers.flatMap((container) =>
      TELEMETRY.flatMap((service): readonly Answer[] => {
        const { image, path } = container;
        if (service.optional === true || typeof image !== "string") return NOTHING;
        if (!imageIs(image, service)) return NOTHING;
        const quiet = isQuiet(service, container, resource, world);
        if (quiet === true || (quiet === undefined && !mustBeRead(resource, world))) return NOTHING;
        const wanted = switchOf(service);
        const place = `${path === "" ? "" : `${path}.`}env`;
        if (quiet === undefined) return [cannotDecide(place, wanted, `${place} is not known yet`, SILENCE)];
        return [
          { kind: "complaint", path: place, wanted, found: `${service.id} sends ${service.sends}`, mend: SILENCE },
        ];
      }),
    ),
    ...unknown.flatMap((path) => unknownText(path, "containers that can be read", resource, world)),
  ];
};

export const requireTelemetryOff: Rule = {
  name: "require-telemetry-off",
  severity: "high",
  description: "Services that phone home unless told not to are told.",
  serves: ["gdpr.minimisation", "gdpr.transfers"],
  remedy: SILENCE,
  onlyCatches: "a model server whose usage statistics are left on",
  asks: runsContainers,
  judge: within({ from: "internal", unlabelled: true }, judgeTelemetry),
};

/** Registries that belong to everybody. A mirror of one's own is none. */
const PUBLIC_REGISTRIES: ReadonlySet<string> = new Set([
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
  "registry.hub.docker.com",
  "quay.io",
  "ghcr.io",
  "gcr.io",
  "us.gcr.io",
  "eu.gcr.io",
  "asia.gcr.io",
  "mirror.gcr.io",
  "k8s.gcr.io",
  "registry.k8s.io",
  "public.ecr.aws",
  "mcr.microsoft.com",
  "nvcr.io",
  "registry.gitlab.com",
  "docker.elastic.co",
  "registry.access.redhat.com",
  "registry.redhat.io",
  "lscr.io",
  "cr.weaviate.io",
  "docker.langfuse.com",
  "reg.kyverno.io",
]);

/** The registry of an image; Docker Hub where none is named. */
export const registryOf = (image: string): string => {
  const [first = ""] = image.replace(/^docker:\/\//, "").split("/");
  return image.includes("/") && /[.:]|^localhost$/.test(first) ? first.toLowerCase() : "docker.io";
};

const MIRROR = "Mirror the image in a registry of your own, and pin it by digest.";

const judgeImages = (resource: Resource, world: World): readonly Answer[] =>
  containersOf(resource.type, resource.props).containers.flatMap(({ image, path }): readonly Answer[] => {
    const place = `${path === "" ? "" : `${path}.`}image`;
    if (image === UNKNOWN) return unknownText(place, "an image of your own registry", resource, world);
    if (image === undefined || isBuilt(resource, image)) return NOTHING;
    const registry = registryOf(image);
    if (!PUBLIC_REGISTRIES.has(registry)) return NOTHING;
    const found = `${shown(registry)}, a public registry`;
    return [{ kind: "complaint", path: place, wanted: "an image of your own registry", found, mend: MIRROR }];
  });

/** Runtimes of the cloud, which are no images: `PYTHON|3.12`, `aws/codebuild/standard:7.0`. */
const isBuilt = ({ type }: Resource, image: string): boolean =>
  (type.startsWith("azure-native:web:") && /^[a-z]+\|/i.test(image)) || image.startsWith("aws/codebuild/");

export const keepImagesFromOwnRegistry: Rule = {
  name: "keep-images-from-own-registry",
  severity: "medium",
  description: "Workloads come from a registry of one's own, not from the world's.",
  serves: ["nis2.measures", "dora.protection"],
  remedy: MIRROR,
  onlyCatches: "a deployment whose image comes from Docker Hub",
  asks: runsContainers,
  judge: within({ from: "internal", unlabelled: true }, judgeImages),
};

const NAME_IT = "Name the addresses that it has to reach, and drop the rest.";
const DNS: readonly number[] = [53];
const isOnly = (ports: readonly PortRange[], named: readonly number[]): boolean =>
  ports.length > 0 && ports.every(([from, to]) => from === to && named.includes(from));

const judgeEgress = (resource: Resource, world: World): readonly Answer[] => {
  const reader = OPENINGS.get(resource.type);
  if (reader === undefined) return NOTHING;
  const level = levelOf(resource, world);
  const strict = level === undefined || atLeast(level, "restricted");
  return reader.read(resource.props).flatMap(({ direction, path, ranges, ports }): readonly Answer[] => {
    if (direction === "in" || isOnly(ports, DNS)) return NOTHING;
    const wanted = "named addresses";
    const said = ranges.some((range) => range !== undefined && isWorld(range) === true);
    const byDefault = ranges.includes(undefined);
    // What only the provider's default opens is asked of restricted data; so is a single port to the world.
    if ((said && (strict || ports.length === 0)) || (byDefault && level !== undefined && strict)) {
      const found = `the world, on ${portsText(ports)}`;
      return [{ kind: "complaint", path, wanted, found, mend: NAME_IT }];
    }
    return ranges.includes(UNKNOWN) && strict ? unknownText(path, wanted, resource, world) : NOTHING;
  });
};

export const keepEgressNamed: Rule = {
  name: "keep-egress-named",
  severity: "medium",
  description: "What leaves a network has a name: no rule lets everything out to everybody.",
  serves: ["ccc.network", "gdpr.minimisation", "cis.k8s.network"],
  remedy: NAME_IT,
  onlyCatches: "a security group that lets everything out to 0.0.0.0/0",
  asks: (type) => OPENINGS.has(type),
  judge: judgeEgress,
};
