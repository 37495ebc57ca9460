import net from "node:net";
import os from "node:os";
import tls from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./support/http.ts";
import { lab } from "./support/lab.ts";
import { newProject, type Project } from "./support/project.ts";
import { createServer, serverIs } from "./support/servers.ts";
import { byApplicationCredential, login, loginAsAdmin } from "./support/session.ts";

let project: Project;
beforeAll(async () => {
  project = await newProject("lab");
});
afterAll(async () => project?.delete());

describe("the lab's cloud", () => {
  test("has the same three zones for servers and for volumes", async () => {
    interface Zones {
      readonly availabilityZoneInfo: readonly {
        readonly zoneName: string;
        readonly zoneState: { available: boolean };
      }[];
    }
    for (const service of ["compute", "volumev3"]) {
      const { availabilityZoneInfo: zones } = await project.session.call<Zones>(service, "/os-availability-zone");
      const available = zones.filter((zone) => zone.zoneState.available && zone.zoneName !== "internal");
      expect(available.map((zone) => zone.zoneName).sort(), service).toEqual(lab().zones);
    }
  });

  test("makes a volume in the zone that was asked for", async () => {
    const body = { volume: { size: 1, availability_zone: "zone-3" } };
    interface Made {
      readonly volume: { readonly availability_zone: string };
    }
    const { volume } = await project.session.call<Made>("volumev3", "/volumes", { method: "POST", body });
    expect(volume.availability_zone).toBe("zone-3");
    const nowhere = { volume: { size: 1, availability_zone: "zone-9" } };
    expect(await project.session.status("volumev3", "/volumes", { method: "POST", body: nowhere })).toBe(400);
  });

  test("counts GPUs: a zone's host has eight H100 and no ninth", async () => {
    const wish = { flavor: "g1.h100x8", image: lab().image, networks: "none", zone: "zone-1" } as const;
    const first = await createServer(project.session, { ...wish, name: "gpu-1" });
    expect((await serverIs(project.session, first, "ACTIVE", "ERROR")).status).toBe("ACTIVE");
    const second = await createServer(project.session, { ...wish, name: "gpu-2" });
    const refused = await serverIs(project.session, second, "ACTIVE", "ERROR");
    expect(refused.status).toBe("ERROR");
    expect(refused.fault?.message).toMatch(/No valid host/);
  });
});

describe("the front", () => {
  test("is where every public endpoint is, over TLS", async () => {
    interface Endpoints {
      readonly endpoints: readonly { readonly url: string }[];
    }
    const admin = await loginAsAdmin();
    const { endpoints } = await admin.call<Endpoints>("identity", "/endpoints?interface=public");
    expect(endpoints.length).toBeGreaterThan(10);
    expect(endpoints.map(({ url }) => url).filter((url) => !url.startsWith(`https://${lab().front}:`))).toEqual([]);
  });

  test("speaks for itself in the services' version documents", async () => {
    const compute = new URL(project.session.endpoint("compute")).origin;
    const identity = (await ask(lab().authUrl)).text;
    expect(identity).toContain(`${lab().authUrl}/`);
    expect((await ask(`${compute}/`)).text).toContain(`${compute}/v2.1/`);
  });

  test("has a certificate of the lab's authority, which nobody else trusts", async () => {
    const { hostname: host, port } = new URL(lab().authUrl);
    const trusted = (ca?: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = tls.connect({ host, port: Number(port), ...(ca === undefined ? {} : { ca }) });
        socket.on("secureConnect", () => resolve(socket.authorized ? "trusted" : "not trusted"));
        socket.on("error", (error) => resolve(error.message));
        socket.setTimeout(10_000, () => socket.destroy());
      });
    expect(await trusted(lab().caCertificate)).toBe("trusted");
    expect(await trusted(tls.rootCertificates[0])).not.toBe("trusted");
  });

  test("has nothing beside it: the services themselves listen on loopback only", async () => {
    const { port } = new URL(lab().authUrl);
    expect(await connects("127.0.0.1", Number(port))).toBe(true);
    for (const address of otherAddresses()) expect(await connects(address, Number(port)), address).toBe(false);
  });
});

describe("the key manager", () => {
  interface Secret {
    readonly secret_ref: string;
  }
  const store = async (payload: string): Promise<string> => {
    const body = { name: payload, payload, payload_content_type: "text/plain" };
    const { secret_ref: ref } = await project.session.call<Secret>("key-manager", "/v1/secrets", {
      method: "POST",
      body,
    });
    return new URL(ref).pathname;
  };

  test("gives an application credential what its access rule names, and nothing else", async () => {
    const [named, other] = [await store("named"), await store("other")];
    const rule = { service: "key-manager", method: "GET", path: `${named}/payload` };
    interface Made {
      readonly application_credential: { readonly id: string; readonly secret: string };
    }
    const body = {
      application_credential: { name: "one secret", roles: [{ name: "member" }], access_rules: [rule] },
    };
    const made = await project.session.call<Made>("identity", `/users/${project.user.id}/application_credentials`, {
      method: "POST",
      body,
    });
    const { id, secret } = made.application_credential;
    const narrow = await login(byApplicationCredential(id, secret));
    expect(await narrow.call("key-manager", `${named}/payload`)).toBe("named");
    expect(await narrow.status("key-manager", `${other}/payload`)).toBe(401);
    expect(await narrow.status("key-manager", named)).toBe(401);
    expect(await narrow.status("key-manager", named, { method: "DELETE" })).toBe(401);
    expect(await narrow.status("object-store", "")).toBe(401);
    expect(await narrow.status("compute", "/servers")).toBe(401);
  });

  test("makes a key by order", async () => {
    const meta = { algorithm: "aes", bit_length: 256, mode: "cbc", payload_content_type: "application/octet-stream" };
    const { order_ref: ref } = await project.session.call<{ readonly order_ref: string }>("key-manager", "/v1/orders", {
      method: "POST",
      body: { type: "key", meta },
    });
    const order = await project.session.call<{ readonly status: string }>("key-manager", new URL(ref).pathname);
    expect(order.status).toBe("ACTIVE");
  });
});

/** This machine's IPv4 addresses, but for loopback and the front. */
const otherAddresses = (): readonly string[] =>
  Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal, address }) => family === "IPv4" && !internal && address !== lab().front)
    .map(({ address }) => address);

const connects = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 3000 });
    const answer = (yes: boolean) => () => {
      socket.destroy();
      resolve(yes);
    };
    socket.on("connect", answer(true)).on("error", answer(false)).on("timeout", answer(false));
  });
