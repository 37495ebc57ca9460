import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "./session.ts";

interface Thing {
  readonly id: string;
  readonly name?: string;
}

/** Deletes what a test left in its project, so that no guest goes on running. Nothing to do after a clean end. */
export async function sweep(session: Session): Promise<void> {
  await remove(session, "compute", "/servers", "servers");
  await remove(session, "load-balancer", "/v2/lbaas/loadbalancers", "loadbalancers", "?cascade=true");
  await remove(session, "volumev3", "/snapshots", "snapshots");
  await remove(session, "volumev3", "/volumes", "volumes");
  await remove(session, "network", "/v2.0/floatingips", "floatingips");
  await releaseRouters(session);
  for (const kind of ["ports", "networks", "security-groups"]) {
    await remove(session, "network", `/v2.0/${kind}`, kind.replace("-", "_"));
  }
}

/** Asks for the end of each, and waits until none is left. What cannot be deleted (the default group) is left alone. */
async function remove(session: Session, service: string, path: string, key: string, query = ""): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const things = await listed(session, service, path, key);
    let going = 0;
    for (const { id, name } of things) {
      if (key === "security_groups" && name === "default") continue; // an administrator may delete it, and it comes back
      const status = await session.status(service, `${path}/${id}${query}`, { method: "DELETE" });
      if (status < 300 || status === 404) going += 1;
    }
    if (going === 0) return;
    await sleep(1000);
  }
}

const listed = async (session: Session, service: string, path: string, key: string): Promise<readonly Thing[]> => {
  // These two list an administrator everybody's.
  const mine = service === "network" || service === "load-balancer" ? `?project_id=${session.projectId}` : "";
  return (await session.call<Record<string, readonly Thing[]>>(service, `${path}${mine}`))[key] ?? [];
};

async function releaseRouters(session: Session): Promise<void> {
  for (const router of await listed(session, "network", "/v2.0/routers", "routers")) {
    const ports = await session.call<{ readonly ports: readonly Thing[] }>(
      "network",
      `/v2.0/ports?device_id=${router.id}`,
    );
    for (const port of ports.ports) {
      const body = { port_id: port.id };
      await session.status("network", `/v2.0/routers/${router.id}/remove_router_interface`, { method: "PUT", body });
    }
    await session.status("network", `/v2.0/routers/${router.id}`, { method: "DELETE" });
  }
}
