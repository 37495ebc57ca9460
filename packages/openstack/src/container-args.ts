import type { Place, Protection } from "@kasbah/core";
import type { ContainerArgs } from "@pulumi/openstack/objectstorage/container.js";
import * as pulumi from "@pulumi/pulumi";
import { encryptionMark } from "./site.ts";

export const CONTAINER = "openstack:objectstorage/container:Container";

/** What every container has. One with something in it is deleted in a throwaway environment only. */
export const keptArgs = (retentionDays: number, place: Place, { deletionProtection }: Protection) => ({
  forceDestroy: !deletionProtection,
  metadata: { "kasbah-retention-days": `${retentionDays}`, ...encryptionMark(place) },
});

const GIB = 2 ** 30;

/** Most bytes that the container takes, as Swift's container quotas read it. An empty value takes a limit away again. */
export const quotaOf = (quotaGiB: number | undefined) => ({
  "quota-bytes": quotaGiB === undefined ? "" : `${quotaGiB * GIB}`,
});

type Principals = readonly pulumi.Input<string>[];

/** Access lists of principals, each as `<project id>:<user id>`. No list: the project's own members only. */
export const accessArgs = (readers: Principals, writers: Principals): ContainerArgs => ({
  ...(readers.length === 0 ? {} : { containerRead: joined(readers) }),
  ...(writers.length === 0 ? {} : { containerWrite: joined(writers) }),
});

const joined = (principals: Principals): pulumi.Output<string> =>
  pulumi.all([...principals]).apply((known) => known.join(","));
