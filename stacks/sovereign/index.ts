import { openstack } from "@kasbah/openstack";
import { loadDeclaration, Platform } from "@kasbah/platform";

const platform = new Platform("platform", loadDeclaration(import.meta.dirname), { openstack });

/** How each workload is reached, and where it came to be. */
export const endpoints = platform.endpoints;
