import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse } from "yaml";
import type { Auth, Environment } from "./credentials.ts";
import { OpenStackError } from "./errors.ts";

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** Where OpenStack's own tools look for a file, the first one counts. */
const places = (name: string, folder: string, env: Environment): readonly string[] => [
  path.join(folder, name),
  path.join(env["XDG_CONFIG_HOME"] || path.join(env["HOME"] ?? os.homedir(), ".config"), "openstack", name),
  path.join("/etc/openstack", name),
];

/**
 * One entry of clouds.yaml, with what secure.yaml adds to it.
 * @param folder where `clouds.yaml` is looked for first: the stack's
 * @throws {OpenStackError} of kind `settings` when there is no such file or no such entry
 */
export const readCloudsYaml = (cloud: string, folder: string, env: Environment): Auth => {
  const given = env["OS_CLIENT_CONFIG_FILE"];
  const files = given ? [given] : places("clouds.yaml", folder, env);
  const file = files.find((name) => existsSync(name));
  if (file === undefined) throw refused(`there is no ${files.join(", no ")}`, cloud);
  const clouds = cloudsIn(file);
  const entry = clouds[cloud];
  if (!isTree(entry)) throw refused(`${file} has no such entry; it has ${Object.keys(clouds).join(", ")}`, cloud);
  const secure = places("secure.yaml", folder, env).find((name) => existsSync(name));
  const hidden = secure === undefined ? {} : cloudsIn(secure)[cloud];
  return { ...flat(entry), ...(isTree(hidden) ? flat(hidden) : {}) };
};

const cloudsIn = (file: string): Tree => {
  const document: unknown = parse(readFileSync(file, "utf8"));
  const clouds = isTree(document) ? document["clouds"] : undefined;
  return isTree(clouds) ? clouds : {};
};

/** `auth` holds who; beside it stands how. */
const flat = (entry: Tree): Auth =>
  Object.fromEntries(
    Object.entries({ ...entry, ...(isTree(entry["auth"]) ? entry["auth"] : {}) }).flatMap(([key, value]) =>
      typeof value === "string" || typeof value === "number" ? [[key, String(value)]] : [],
    ),
  );

const refused = (reason: string, cloud: string): OpenStackError =>
  new OpenStackError(`clouds.yaml: the entry ${cloud} cannot be read: ${reason}.`, {
    kind: "settings",
    service: "identity",
    reason,
    mend: "Correct OS_CLOUD or openstack.cloud of the place.",
  });
