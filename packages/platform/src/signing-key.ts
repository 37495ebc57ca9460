import * as pulumi from "@pulumi/pulumi";
import { OVERLAY } from "./read.ts";

/** Signs what only the simulated cloud ever sees. 32 bytes that say what they are. */
const SAMPLE = Buffer.from("sandbox sample seed, not secret!").toString("base64");

/**
 * The user's key: a secret of the stack's configuration, `kasbah:signingKey`, as `kasbah init` makes it. In the sandbox
 * a sample stands in.
 */
export const signingKey = (): pulumi.Output<string> | undefined => {
  const given = new pulumi.Config(OVERLAY.namespace).getSecret("signingKey");
  if (given !== undefined || process.env["KASBAH_SANDBOX"] === undefined) return given;
  return pulumi.secret(SAMPLE);
};
