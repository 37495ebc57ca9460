import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Fault } from "../../packages/sandbox/src/faults.ts";
import { type Log, Provider } from "../../packages/sandbox/src/provider.ts";
import { Store } from "../../packages/sandbox/src/store.ts";
import { cloudOf } from "../../packages/sandbox/src/tables/index.ts";
import type { Properties } from "../../packages/sandbox/src/values.ts";

/** What a fault did to the processes around the provider. */
export class Killed extends Error {}

/** A temporary folder that ends with the test. */
export function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), "kasbah-sandbox-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Asks for faults. */
export function ask(where: string, ...faults: readonly Fault[]): void {
  writeFileSync(path.join(where, "faults.json"), JSON.stringify(faults));
}

/** A provider of one package in this very process, with what it said and whom it killed. */
export async function simulated(name: string, where = folder(), config: Properties = { region: "eu-west-3" }) {
  const store = new Store(where);
  onTestFinished(() => store.close());
  const said: string[] = [];
  const killed: string[] = [];
  const log: Log = (_, message) => said.push(message);
  const die = (): Promise<never> => {
    killed.push("provider");
    throw new Killed("the provider died");
  };
  const killEngine = () => void killed.push("engine");
  const provider = new Provider(await cloudOf(name), store, { folder: where, store, killEngine, die }, log);
  provider.configure(config);
  return {
    provider,
    store,
    said,
    killed,
    where,
    /** Checks and creates, as the engine would. */
    async make(type: string, inputs: Properties, logical = "thing") {
      const urn = `urn:pulumi:dev::project::${type}::${logical}`;
      const checked = provider.check({ type, name: logical, olds: {}, news: inputs, seed: new Uint8Array([1, 2]) });
      if (checked.failures.length > 0) throw new Error(JSON.stringify(checked.failures));
      return provider.create(type, checked.inputs, urn);
    },
  };
}
