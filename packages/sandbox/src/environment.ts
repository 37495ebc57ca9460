import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { folderSecret } from "./seal.ts";
import { PACKAGES } from "./tables/index.ts";

/** What a sandbox is made of. */
export interface SandboxOptions {
  /** Folder of the simulated cloud, its state backend and its plugins. Made when it is not there. */
  readonly folder: string;
  /** Packages that are simulated. @default every package that the simulated cloud knows */
  readonly plugins?: readonly string[];
  /** Environment to look for the user's own passphrase in. @default `process.env` */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A sandbox that is ready for an engine. */
export interface Sandbox {
  /** Folder of the simulated providers: first on the engine's PATH. */
  readonly binFolder: string;
  /** Variables for the engine, beside the user's own. */
  readonly env: Readonly<Record<string, string>>;
}

const PASSPHRASES = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"];

// In the checkout Node strips the types; in a package there is JavaScript.
const entry = import.meta.url.endsWith(".ts") ? "./main.ts" : "./main.js";
const main = fileURLToPath(new URL(entry, import.meta.url));
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function writePlugin(binFolder: string, name: string): void {
  const file = path.join(binFolder, `pulumi-resource-${name}`);
  const command = [process.execPath, "--disable-warning=ExperimentalWarning", main, name].map(quoted).join(" ");
  const script = `#!/bin/sh\n# A simulated cloud: nothing real is asked or changed.\nexec ${command} "$@"\n`;
  // An engine may be starting it right now: what is right is left alone, and what is not is replaced in one step.
  if (existsSync(file) && readFileSync(file, "utf8") === script) return;
  writeFileSync(`${file}.${process.pid}`, script, { mode: 0o755 });
  renameSync(`${file}.${process.pid}`, file);
}

/**
 * Makes a folder ready to stand in for the clouds: the providers' executables, a state backend of its own, so that
 * simulated ids never meet a real stack, and a passphrase that stays in the folder, unless the user gave one.
 * @throws {Error} when the folder cannot be written, or a package is not one of the simulated ones.
 */
export function sandboxEnvironment(options: SandboxOptions): Sandbox {
  const folder = path.resolve(options.folder);
  const [binFolder, home, state] = ["bin", "home", "state"].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const made of [binFolder, home, state]) mkdirSync(made, { recursive: true });
  for (const name of options.plugins ?? PACKAGES) {
    if (!PACKAGES.includes(name)) throw new Error(`no simulated cloud for ${name}; there are ${PACKAGES.join(", ")}`);
    writePlugin(binFolder, name);
  }
  const given = options.env ?? process.env;
  const own = PASSPHRASES.some((name) => given[name] !== undefined);
  const env = {
    KASBAH_SANDBOX: folder,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_HOME: home,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_CREDENTIAL_STORE: "plaintext",
    ...(own ? {} : { PULUMI_CONFIG_PASSPHRASE: folderSecret(folder, "passphrase") }),
  };
  return { binFolder, env };
}
