import type { StateBackend, StateBackendWanted, Target } from "@kasbah/core";
import type { OpenStackClient } from "./client.ts";
import { clientOf } from "./connect.ts";
import { OpenStackError } from "./errors.ts";
import { objectPath } from "./lookup/storage.ts";
import { infoOf, s3Of } from "./probe/capabilities.ts";

interface Ec2 {
  readonly access: string;
  readonly secret: string;
  readonly tenant_id: string;
}

/**
 * A versioned container for the engine's state, and an S3 key for it. What is there stays: the container, and the key
 * that the caller has already, as long as the cloud knows it.
 * @throws {OpenStackError} when the place has no S3 interface over TLS, or refuses
 */
export const makeStateBackend = async (target: Target, wanted: StateBackendWanted): Promise<StateBackend> => {
  const client = await clientOf(target);
  const endpoint = await endpointOf(client, target);
  const made: string[] = [];
  if (await makeContainer(client, wanted.container, endpoint)) made.push(`the container ${wanted.container}`);
  const { key, isNew } = await keyOf(client, wanted.access);
  if (isNew) made.push("an S3 key of this user in this project");
  const query = new URLSearchParams({ endpoint, s3ForcePathStyle: "true", region: client.region, ...QUIET });
  return {
    url: `s3://${wanted.container}?${query}`,
    env: {
      AWS_ACCESS_KEY_ID: key.access,
      AWS_SECRET_ACCESS_KEY: key.secret,
      AWS_REGION: client.region,
    },
    ...(client.ca === undefined ? {} : { caCertificate: client.ca }),
    made,
  };
};

/** Amazon's SDK warns of every answer without a checksum, which only Amazon's own S3 gives. */
const QUIET = { response_checksum_validation: "when_required" };

/** The declared endpoint, else the one that answers. */
const endpointOf = async (client: OpenStackClient, { settings }: Target): Promise<string> => {
  const declared: unknown = Reflect.get(Object(settings?.["capabilities"]), "s3");
  if (typeof declared === "string") return declared;
  const { capabilities, unchecked } = await s3Of(client);
  if (capabilities.s3 !== undefined) return capabilities.s3;
  const reason = unchecked[0] ?? "its object storage does not speak S3";
  throw new OpenStackError(`object-store: there is no S3 endpoint for the state: ${reason}.`, {
    kind: "service",
    service: "object-store",
    reason,
    mend: "Name another place as stateBackend, or bring a backend of your own by PULUMI_BACKEND_URL.",
  });
};

/** @returns whether it was made now */
const makeContainer = async (client: OpenStackClient, name: string, endpoint: string): Promise<boolean> => {
  const path = objectPath(name);
  const { status } = await client.request("object-store", path, { method: "HEAD", accept: [404] });
  if (status !== 404) return false;
  const info = await infoOf(client, new URL(endpoint).origin);
  const versions = info?.["object_versioning"] === undefined ? {} : { "x-versions-enabled": "true" };
  await client.request("object-store", path, { method: "PUT", headers: versions });
  return true;
};

const keyOf = async (
  client: OpenStackClient,
  access: string | undefined,
): Promise<{ readonly key: Ec2; readonly isNew: boolean }> => {
  const { userId, projectId } = await client.session();
  const path = `/users/${userId}/credentials/OS-EC2`;
  if (access !== undefined) {
    const answer = await client.request("identity", `${path}/${access}`, { accept: [404] });
    if (answer.status === 200) return { key: answer.json<{ credential: Ec2 }>().credential, isNew: false };
  }
  const answer = await client.request("identity", path, { method: "POST", body: { tenant_id: projectId } });
  return { key: answer.json<{ credential: Ec2 }>().credential, isNew: true };
};
