import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { parse, stringify } from "yaml";
import type { Scope } from "../../../packages/component/src/index.ts";
import type { OpenstackSettings, Place, Preset } from "../../../packages/core/src/index.ts";
import type { Wish } from "../layers/wish.ts";
import { type Answer, ask } from "./http.ts";
import { lab } from "./lab.ts";
import type { Project } from "./project.ts";
import type { Session } from "./session.ts";
import { type RealStack, realStack } from "./stack.ts";

/** What a run of the program makes, without what every run shares. */
export type Wanted = Omit<Wish, "scope" | "home">;

/** The program of test/real/layers in one project of the lab. */
export interface LayerStack {
  readonly stack: RealStack;
  /** Brings up what is wanted; an error when it does not. Returns everything that was printed. */
  up(wanted: Wanted): Promise<string>;
  /** What is printed when it is refused; an error when it is not. */
  refused(wanted: Wanted): Promise<string>;
  /** Brings up what was wanted last once more, and refreshes: nothing may change. */
  expectSettled(): Promise<void>;
  /** An output of the stack, as the state on the disk has it. */
  output<T>(name: string): T;
  destroy(): Promise<string>;
  close(): Promise<void>;
}

/** A place of the lab. */
export const labPlace = (region = lab().region, more: Partial<OpenstackSettings> = {}): Place => {
  const { authUrl, caCertificate, mirror, securityMirror, objectStores, image } = lab();
  const settings: OpenstackSettings = {
    authUrl,
    caCertificate,
    image,
    flavors: { small: "m1.small", medium: "m1.medium", large: "m1.large" },
    availabilityZones: [],
    debianMirror: mirror,
    debianSecurityMirror: securityMirror,
    dnsServers: [],
    serviceCidrs: [],
    egress: [],
    machineRole: "reader",
    operatorRole: "member",
    capabilities: {
      s3: objectStores[region],
      loadBalancer: true,
      historyContainers: true,
      identityAdmin: true,
    },
    ...more,
  };
  const facts = { encryptionAtRest: true, keyManager: true };
  const name = region === lab().region ? "casablanca" : "rabat";
  return {
    name,
    cloud: "openstack",
    region,
    facets: { storage: ["MA"] },
    operator: {},
    contract: {},
    facts,
    settings,
  };
};

/** @param project of an administrator: it makes projects and users */
export const layerStack = async (
  project: Project,
  preset: Preset,
  settings?: Partial<OpenstackSettings>,
): Promise<LayerStack> => {
  const stack = await realStack(project, { program: "test/real/layers" });
  const scope: Scope = { platform: project.name, env: "t", owner: "example.ma", preset };
  const home = labPlace(lab().region, settings);
  const file = path.join(stack.folder, "Pulumi.dev.yaml");
  const run = async (...args: string[]) => {
    const { code, all } = await stack.pulumi(args);
    return { code, all: all.replaceAll(/^.*warning: (using pulumi-resource|provider config|urn:).*\n/gm, "") };
  };
  const must = async (...args: string[]): Promise<string> => {
    const { code, all } = await run(...args);
    expect(code, all).toBe(0);
    return all;
  };
  const want = (wanted: Wanted): void => {
    const held = parse(fs.readFileSync(file, "utf8")) ?? {};
    fs.writeFileSync(file, stringify({ ...held, config: { "layers:wish": { scope, home, ...wanted } } }));
  };
  await must("stack", "init", "dev");
  return {
    stack,
    up: (wanted) => {
      want(wanted);
      return must("up", "--yes", "--skip-preview");
    },
    refused: async (wanted) => {
      want(wanted);
      const { code, all } = await run("up", "--yes");
      expect(code, all).not.toBe(0);
      return all;
    },
    expectSettled: async () => {
      await must("up", "--yes", "--skip-preview", "--expect-no-changes");
      await must("refresh", "--yes", "--skip-preview", "--expect-no-changes");
      await must("preview", "--diff", "--expect-no-changes");
    },
    output: <T>(name: string) => outputOf(stack, name) as T,
    destroy: () => must("destroy", "--yes", "--skip-preview"),
    close: async () => {
      await run("state", "unprotect", "--all", "--yes");
      await run("destroy", "--yes", "--skip-preview", "--continue-on-error");
      stack.close();
    },
  };
};

/** Headers of a container or an object. */
export const headersOf = async (session: Session, path: string, region = lab().region): Promise<Answer["headers"]> => {
  const url = `${session.endpoint("object-store", region)}${path}`;
  return (await ask(url, { method: "HEAD", headers: { "x-auth-token": session.token } })).headers;
};

const outputOf = (stack: RealStack, name: string): unknown =>
  stack.checkpoint().resources?.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs?.[name];

/** Somebody who uses what a layer hands out, over and over, and reads anew what it is each time. */
export interface Client {
  /** Ends it; returns how often it asked and what was refused. */
  stop(): Promise<{ readonly asked: number; readonly refused: readonly string[] }>;
}

/** @param use one request with what is handed out now; the text of a refusal, or nothing */
export const client = (use: () => Promise<string | undefined>): Client => {
  let going = true;
  const work = (async () => {
    const refused: string[] = [];
    let asked = 0;
    while (going) {
      const answer = await use();
      asked += 1;
      if (answer !== undefined) refused.push(answer);
      await sleep(100);
    }
    return { asked, refused };
  })();
  return {
    stop: () => {
      going = false;
      return work;
    },
  };
};
