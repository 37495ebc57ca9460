// The cluster's servers as guests, without the compute service: a step by hand, for whoever works on the agent.
//   node test/real/agent/stage.ts place | settings [JSON] | start 1|2|3|copy ... | reports | password [GROUP]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MemberBoot } from "../../../packages/openstack/src/cluster/boot.ts";
import { userData } from "../../../packages/openstack/src/cluster/user-data.ts";
import { realHome } from "../support/home.ts";
import { lab } from "../support/lab.ts";
import {
  CLUSTER,
  credential,
  DATABASE,
  makePlace,
  object,
  order,
  type PlaceFacts,
  passwordOf,
  putSettings,
  sealed,
  sessionOf,
} from "./place.ts";

export const HOME = path.join(realHome(), "agent");
const GUESTS = path.join(HOME, "guests");
export const NET = "198.18.71";
const BRIDGE = "lab-agent";

interface Kept {
  readonly place: PlaceFacts;
  readonly login: { readonly number: number; readonly passwordRef: string };
  readonly settings: Record<string, unknown>;
}

const keptFile = path.join(HOME, "kept.json");
export const kept = (): Kept => JSON.parse(readFileSync(keptFile, "utf8"));
const keep = (value: Kept): void => writeFileSync(keptFile, JSON.stringify(value), { mode: 0o600 });

export const memberName = (number: string): string => `${CLUSTER}-${number}`;
export const address = (number: string): string => `${NET}.${number === "copy" ? 19 : 10 + Number(number)}`;

export const guest = (...args: readonly string[]) => {
  const { guestScript, guestsBase, front } = lab();
  const env = { GUEST_DIR: GUESTS, GUEST_HOME: guestsBase, GUEST_FRONT: front, GUEST_NET: NET, GUEST_BRIDGE: BRIDGE };
  const { status, stdout, stderr } = spawnSync(guestScript, args, {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  return { status, out: stdout, problem: stderr };
};

const COPY = `${CLUSTER}-copy`;

const bootOf = (copy = false): MemberBoot => ({
  cluster: copy ? COPY : CLUSTER,
  identity: lab().authUrl,
  mirrors: { main: lab().mirror, security: lab().securityMirror },
  caCertificate: lab().caCertificate,
  storage: { endpoint: lab().objectStores[lab().region] ?? "", region: lab().region },
  settings: copy ? "copy-settings" : "settings",
  reports: copy ? "copy-reports" : "reports",
});

export const settings = async (changes: Record<string, unknown> = {}): Promise<string> => {
  const state = kept();
  const base = {
    format: 1,
    cluster: CLUSTER,
    generation: "0000000a",
    members: ["1", "2", "3"].map((number) => ({
      name: memberName(number),
      address: address(number),
      zone: `zone-${number}`,
    })),
    cidr: `${NET}.0/24`,
    database: DATABASE,
    synchronous: "preferred",
    parameters: { shared_buffers: "128MB", max_wal_size: "512MB" },
    groups: [],
    backup: {
      vaults: [{ bucket: "vault", endpoint: bootOf().storage.endpoint, region: lab().region }],
      retentionDays: 30,
      logShippingSeconds: 30,
      fullEveryDays: 7,
      differentialEveryHours: 24,
    },
    pooler: { maxClients: 200, poolSize: 10 },
    ...state.settings,
    ...changes,
    login: state.login,
  };
  const refs = [state.login.passwordRef];
  const secrets = { credential: await credential(state.place, refs) };
  const version = createHash("sha256").update(JSON.stringify(base)).digest("hex").slice(0, 8);
  keep({ ...state, settings: { ...state.settings, ...changes } });
  await putSettings(state.place, { ...base, version, sealed: sealed(state.place, secrets) });
  return version;
};

/** A cluster of one member that begins with the backup of the other, as it was at that moment or at its end. */
export const copy = async (targetTime: string | null): Promise<void> => {
  const { place, login } = kept();
  const payload = {
    format: 1,
    cluster: COPY,
    version: createHash("sha256").update(`${targetTime}`).digest("hex").slice(0, 8),
    generation: "0000000a",
    members: [{ name: memberName("copy"), address: address("copy"), zone: "zone-1" }],
    cidr: `${NET}.0/24`,
    database: DATABASE,
    synchronous: "preferred",
    parameters: { shared_buffers: "128MB" },
    login,
    restore: { cluster: CLUSTER, targetTime },
    backup: {
      vaults: [{ bucket: "vault", endpoint: bootOf().storage.endpoint, region: lab().region }],
      retentionDays: 30,
      logShippingSeconds: 30,
      fullEveryDays: 7,
      differentialEveryHours: 24,
    },
    sealed: sealed(place, { credential: await credential(place, [login.passwordRef]) }, COPY),
  };
  await putSettings(place, payload, "copy-settings");
  await start("copy");
};

export const rotate = async (): Promise<void> => {
  const state = kept();
  const session = await sessionOf(state.place);
  keep({ ...state, login: { number: state.login.number + 1, passwordRef: await order(session) } });
};

const VOLUME = 3 * 2 ** 30;

export const start = async (number: string, generation = "0000000a"): Promise<void> => {
  const { place } = kept();
  const name = memberName(number);
  const folder = path.join(GUESTS, name);
  mkdirSync(path.join(folder, "seed"), { recursive: true });
  const volume = path.join(HOME, `${name}.volume`);
  if (!existsSync(volume)) {
    writeFileSync(volume, "");
    truncateSync(volume, VOLUME);
  }
  const { refs } = place;
  const made = {
    generation,
    member: { name, address: address(number), dataVolume: `volume-of-${name}` },
    credential: await credential(place, [refs.authority, refs.seal, refs.settingsKeys, refs.cipher, ...refs.vaults]),
    refs,
    publicKey: place.publicKey,
  };
  const text = userData(bootOf(number === "copy"), made);
  console.log(`${name}: ${Buffer.byteLength(text)} bytes of user data`);
  writeFileSync(path.join(folder, "seed", "user-data"), text);
  writeFileSync(
    path.join(folder, "seed", "meta-data"),
    `instance-id: ${name}-${Date.now()}\nlocal-hostname: ${name}\n`,
  );
  const mac = `02:71:00:00:00:${address(number).split(".")[3]?.padStart(2, "0")}`;
  writeFileSync(path.join(folder, "nics"), `eth0 ${BRIDGE} ${mac} ${NET}.1/24\n`);
  const net = `[Match]\nName=eth0\n[Network]\nAddress=${address(number)}/24\nGateway=${NET}.1\n`;
  writeFileSync(path.join(folder, "eth0.network"), net);
  writeFileSync(path.join(folder, "disks"), `vdb ${volume}\n`);
  const { status, problem } = guest("boot", name);
  if (status !== 0) throw new Error(problem);
};

export const reports = async () => {
  const { place } = kept();
  for (const number of ["1", "2", "3"]) {
    const { status, text } = await object(place, `/reports/${memberName(number)}.json`);
    console.log(status === 200 ? text : `${number}: ${status}`);
  }
};

const steps: Record<string, (...words: readonly string[]) => Promise<void>> = {
  place: async () => {
    rmSync(HOME, { recursive: true, force: true });
    mkdirSync(HOME, { recursive: true });
    const place = await makePlace();
    const session = await sessionOf(place);
    keep({ place, login: { number: 1, passwordRef: await order(session) }, settings: {} });
  },
  settings: async (changes = "{}") => console.log(await settings(JSON.parse(changes))),
  rotate: async () => {
    await rotate();
    console.log(await settings());
  },
  copy: async (targetTime) => copy(targetTime ?? null),
  start: async (number = "1", generation) => start(number, generation),
  guest: async (...words) => {
    const { out, problem } = guest(...words);
    process.stdout.write(out + problem);
  },
  reports,
  password: async () => console.log(await passwordOf(kept().place, kept().login.passwordRef)),
};

if (import.meta.main) {
  const [step = "", ...words] = process.argv.slice(2);
  const found = steps[step];
  if (found === undefined) throw new Error(`one of ${Object.keys(steps).join(", ")}`);
  await found(...words);
}
