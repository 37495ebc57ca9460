import fs from "node:fs";
import path from "node:path";
import { type Progress, silent } from "../../../packages/cli/src/progress.ts";
import { REAL, realHome } from "./home.ts";
import { must } from "./process.ts";
import { buildProvider } from "./provider.ts";

/** What the running lab says of itself; written by `cloud/up.sh`. */
interface Facts {
  /** The one address that guests reach outside their own networks. */
  readonly front: string;
  /** The identity service, as guests and this machine reach it. */
  readonly authUrl: string;
  readonly region: string;
  /** Stands for a second site in the country: an object store of its own under the same identity service. */
  readonly secondRegion: string;
  /** Of servers and of volumes. */
  readonly zones: readonly [string, string, string];
  /** The lab's own authority, PEM. */
  readonly caFile: string;
  /** {@link caFile} and what `NODE_EXTRA_CA_CERTS` named before: Node knows one file only. */
  readonly nodeCaFile: string;
  readonly mirror: string;
  readonly securityMirror: string;
  /** Region -> where its S3 API answers, path style. */
  readonly objectStores: Readonly<Record<string, string>>;
  readonly admin: { readonly username: string; readonly password: string; readonly project: string };
  readonly guestScript: string;
  readonly guestsFolder: string;
  readonly guestsBase: string;
  /** Every guest is the same Debian 13, whatever its image's bytes. */
  readonly image: string;
  readonly externalNetwork: string;
}

/** The facts of the lab, the authority's certificate and the folder of the real provider. */
export interface Lab extends Facts {
  /** PEM. */
  readonly caCertificate: string;
  /** Put it first on the path: the engine takes the OpenStack provider from there. */
  readonly providerFolder: string;
}

const script = (name: string): string => path.join(REAL, "cloud", name);
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, REAL_HOME: realHome() });

/** Brings up what does not run yet; at once when all of it does. Packages, provider and guests' base root are made once. */
export async function startLab(progress: Progress = silent): Promise<Lab> {
  // Both at once: one waits for downloads and for services while the other compiles.
  await progress.during("Starting the cloud", async (step) => {
    const provider = buildProvider(silent);
    const cloud = must(script("up.sh"), [], {
      env: environment(),
      onLine: (line) => step(line.replace(/^\[ *[\d.]+s\] /, "")),
      timeoutMs: 1_800_000,
    });
    await Promise.all([provider, cloud]);
  });
  return lab();
}

/** Ends what {@link startLab} started; what it made stays for the next start. */
export async function stopLab(progress: Progress = silent): Promise<void> {
  await progress.during("Stopping the cloud", () => must(script("down.sh"), [], { env: environment() }));
}

/** The facts of the running lab. */
export function lab(): Lab {
  const file = path.join(realHome(), "facts.json");
  if (!fs.existsSync(file)) throw new Error("the lab is not up: node scripts/test-real.ts --up");
  const facts = JSON.parse(fs.readFileSync(file, "utf8")) as Facts;
  return {
    ...facts,
    caCertificate: fs.readFileSync(facts.caFile, "utf8"),
    providerFolder: fs.realpathSync(path.join(realHome(), "provider", "bin")),
  };
}

/** What every process that talks to the lab needs in its environment besides its credentials. */
export function labEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { caFile, nodeCaFile, providerFolder } = lab();
  const paths = [providerFolder, env["PATH"] ?? ""].join(path.delimiter);
  return { ...env, OS_CACERT: caFile, NODE_EXTRA_CA_CERTS: nodeCaFile, PATH: paths };
}
