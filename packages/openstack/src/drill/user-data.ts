import { readFileSync } from "node:fs";
import type { MemberBoot, MemberMade } from "../cluster/boot.ts";
import { gzip } from "../cluster/gzip.ts";
import { userData } from "../cluster/user-data.ts";

const text = (name: string): string => readFileSync(new URL(`guest/${name}`, import.meta.url), "utf8");
const packed = (name: string): string => gzip(Buffer.from(text(name))).toString("base64");

interface CloudConfig {
  readonly write_files: readonly unknown[];
  readonly runcmd: readonly unknown[];
}

/** A member's user data, and what looks at the copy. Its packages are the member's own. */
export const drillUserData = (boot: MemberBoot, made: MemberMade): string => {
  const [head, ...rest] = userData(boot, made).split("\n");
  const config: CloudConfig = JSON.parse(rest.join("\n"));
  const more = {
    ...config,
    write_files: [
      ...config.write_files,
      {
        path: "/usr/local/sbin/kasbah-drill",
        encoding: "gz+b64",
        permissions: "0755",
        content: packed("kasbah-drill.py"),
      },
      { path: "/etc/systemd/system/kasbah-drill.service", content: text("kasbah-drill.service") },
    ],
    runcmd: [...config.runcmd, ["systemctl", "start", "--no-block", "kasbah-drill.service"]],
  };
  return `${head}\n${JSON.stringify(more)}\n`;
};
