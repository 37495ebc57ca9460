import { spawnSync } from "node:child_process";
import fs from "node:fs";

/** Debian's release whose packages the lab's cloud is made of. */
const RELEASE = "bookworm";

/** Why the real parts cannot run on this machine, in a few words; `undefined` when they can. */
export function whyNot(): string | undefined {
  if (process.platform !== "linux") return `they need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "they need root, for network interfaces, loop devices and systemd-nspawn";
  if (releaseName() !== RELEASE) return `they need Debian ${RELEASE}, whose packages the cloud is made of`;
  if (!succeeds("unshare", ["--mount", "--net", "true"]))
    return "this root may not make namespaces, as systemd-nspawn does";
  if (!succeeds("go", ["version"])) return "they need Go on the path, to build the provider";
  return undefined;
}

const releaseName = (): string | undefined => {
  if (!fs.existsSync("/etc/os-release")) return undefined;
  return /^VERSION_CODENAME=(.*)$/m.exec(fs.readFileSync("/etc/os-release", "utf8"))?.[1];
};

const succeeds = (file: string, args: readonly string[]): boolean =>
  spawnSync(file, args, { stdio: "ignore" }).status === 0;
