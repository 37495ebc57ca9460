import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { CloudOperations, Place, Target } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";

/** The engine's word for each cloud whose operations exist, and the package that has them. */
const PACKAGES: Readonly<Record<string, string>> = { openstack: "@kasbah/openstack" };

/** Clouds that the engine's providers stand for, by the provider's own word. */
const CLOUD_PROVIDERS = ["aws", "azure-native", "gcp", "openstack"];

/** The cloud that a type or a provider belongs to; `undefined` for what is in no cloud. */
export const cloudOf = (type: string): string | undefined => {
  const [head, , name] = type.split(":");
  const word = head === "pulumi" ? name : head;
  return CLOUD_PROVIDERS.find((cloud) => cloud === word);
};

/**
 * Operations of a cloud, out of the stack's own dependencies: the command itself depends on no cloud.
 * @returns `undefined` for a cloud that has none yet
 * @throws {UserError} exit 3 when the package is not installed there
 */
export const loadOperations = async (cloud: string, folder: string): Promise<CloudOperations | undefined> => {
  const name = PACKAGES[cloud];
  if (name === undefined) return undefined;
  let file: string;
  try {
    file = createRequire(path.join(folder, "_.js")).resolve(`${name}/operations`);
  } catch {
    throw new UserError(
      EXIT.missingTool,
      `The stack uses ${cloud}, and ${name} is not installed in ${folder}: npm install ${name}`,
    );
  }
  const loaded: { readonly operations: CloudOperations } = await import(pathToFileURL(file).href);
  return loaded.operations;
};

/** A declared place as the operations of its cloud take it: as its provider would be told. */
export const placeTarget = ({ region, settings }: Place, folder: string, env: NodeJS.ProcessEnv): Target => {
  const { authUrl, cloud, caCertificate: cacertFile } = settings;
  return { provider: { region, authUrl, cloud, cacertFile }, settings, folder, env };
};

/** Errors of the clouds' own clients, whose messages are for the user. The classes are those of the stack's packages. */
const CLOUD_ERRORS = ["OpenStackError"];

/** For `catch`: what a cloud refused ends the command with its own words. @throws {UserError} exit 4 */
export const refusedByCloud = (error: unknown): never => {
  if (!(error instanceof Error) || !CLOUD_ERRORS.includes(error.name)) throw error;
  throw new UserError(EXIT.engineOrCloud, error.message, { cause: error });
};
