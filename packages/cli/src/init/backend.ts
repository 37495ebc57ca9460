import { type Declaration, physicalName } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";
import { loadOperations, placeTarget, refusedByCloud } from "../operations/load.ts";
import { credentialsFile, knownAccess, writeCredentials } from "./credentials-file.ts";

/** A backend, ready to be used. */
export interface Backend {
  readonly url: string;
  /** What has to be in the environment to reach it, beside what is there. */
  readonly env: Readonly<Record<string, string>>;
  /** What was made, in words. */
  readonly made: readonly string[];
  /** Where the credentials were written. */
  readonly file?: string;
}

interface Asked {
  readonly declaration: Declaration;
  readonly folder: string;
  readonly project: string;
  readonly stack: string;
  readonly env: NodeJS.ProcessEnv;
  /** As the user named it. */
  readonly credentials: string | undefined;
}

const CONTAINER = "openstack:objectstorage/container:Container";

/** The backend that the environment names, else one that is made in the declared place. */
export const backendFor = async (asked: Asked): Promise<Backend> => {
  const url = asked.env["PULUMI_BACKEND_URL"];
  return url ? { url, env: {}, made: [] } : makeBackend(asked);
};

const makeBackend = async ({ declaration, folder, project, stack, env, credentials }: Asked): Promise<Backend> => {
  const { platform, env: environment, owner, places, stateBackend = "" } = declaration;
  const place = places[stateBackend];
  const operations = place === undefined ? undefined : await loadOperations(place.cloud, folder);
  if (place === undefined || operations?.stateBackend === undefined) {
    const where = place === undefined ? "a site, where Kasbah builds nothing" : `on ${place.cloud}`;
    throw new UserError(
      EXIT.badInput,
      `stateBackend: ${stateBackend} is ${where}: make a backend there yourself, and set PULUMI_BACKEND_URL to it.`,
    );
  }
  const file = credentialsFile(credentials, folder);
  const scope = { platform, env: environment, owner: owner.id, project, stack };
  const container = physicalName(CONTAINER, scope, "state", "") ?? "";
  const access = knownAccess(file);
  const wanted = { container, ...(access === undefined ? {} : { access }) };
  const made = await operations.stateBackend(placeTarget(place, folder, env), wanted).catch(refusedByCloud);
  return { url: made.url, env: writeCredentials(file, made), made: made.made, file };
};
