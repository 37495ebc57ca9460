import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { sandboxEnvironment } from "../../packages/sandbox/src/index.ts";
import { folder } from "./support.ts";

describe("sandboxEnvironment", () => {
  it("makes the providers, a backend of its own and a passphrase that stays", () => {
    const where = folder();
    const { binFolder, env } = sandboxEnvironment({ folder: where, env: {} });
    expect(readdirSync(binFolder).sort()).toEqual([
      "pulumi-resource-aws",
      "pulumi-resource-azure-native",
      "pulumi-resource-gcp",
      "pulumi-resource-openstack",
    ]);
    expect(statSync(path.join(binFolder, "pulumi-resource-aws")).mode & 0o111).toBe(0o111);
    expect(env).toMatchObject({ KASBAH_SANDBOX: where, PULUMI_BACKEND_URL: `file://${where}/state` });
    expect(statSync(path.join(where, "state")).isDirectory()).toBe(true);
    const file = path.join(where, "passphrase");
    expect(env["PULUMI_CONFIG_PASSPHRASE"]).toBe(readFileSync(file, "utf8"));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(sandboxEnvironment({ folder: where, env: {} }).env).toEqual(env);
  });

  it("leaves the user's own passphrase alone", () => {
    for (const name of ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"]) {
      expect(sandboxEnvironment({ folder: folder(), env: { [name]: "" } }).env).not.toHaveProperty(
        "PULUMI_CONFIG_PASSPHRASE",
      );
    }
  });

  it("makes only the plugins that are asked for, and knows which there are", () => {
    const { binFolder } = sandboxEnvironment({ folder: folder(), plugins: ["gcp"], env: {} });
    expect(readdirSync(binFolder)).toEqual(["pulumi-resource-gcp"]);
    expect(() => sandboxEnvironment({ folder: folder(), plugins: ["ibm"] })).toThrow(/no simulated cloud for ibm/);
  });
});
