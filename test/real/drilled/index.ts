import { openstack } from "@kasbah/openstack";
import { loadDeclaration, Platform } from "@kasbah/platform";

export const { endpoints } = new Platform("platform", loadDeclaration(import.meta.dirname), { openstack });
