import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listSandbox } from "../../packages/sandbox/src/index.ts";
import { engineWorkspace, ROOT, type Workspace } from "../support/engine.ts";
import { contract, failures, PAIRS } from "./contracts.ts";
import type { Estate } from "./estate.ts";
import { PROJECT, STACK } from "./scene.ts";

/** The layers up to and with the `LAYERS_MADE`-th: what is new after a run is what its last layer made. */
const PROGRAM = `
import { PAIRS } from ${JSON.stringify(path.join(ROOT, "test/contract/contracts.ts"))};
import { makeAll } from ${JSON.stringify(path.join(ROOT, "test/contract/make.ts"))};
makeAll(PAIRS.slice(0, Number(process.env["LAYERS_MADE"])));
`;

let workspace: Workspace;

const pulumi = async (made: number, ...args: string[]): Promise<string> => {
  const { code, all } = await workspace.pulumi(args, { env: { LAYERS_MADE: `${made}` } });
  if (code !== 0) throw new Error(all);
  return all;
};

const stored = () => listSandbox(path.join(workspace.folder, "sandbox"));

beforeAll(async () => {
  workspace = await engineWorkspace();
  workspace.project({ "index.ts": PROGRAM }, PROJECT);
  await pulumi(0, "stack", "init", STACK);
});

afterAll(() => workspace?.close());

test.each(PAIRS.map((pair, index) => ({ ...pair, made: index + 1 })))(
  "$layer on $cloud: the same facts hold of what the simulated cloud has stored after a real up",
  { timeout: 120_000 },
  async ({ layer, cloud, made }) => {
    const before = new Set(stored().map(({ type, id }) => `${type} ${id}`));
    await pulumi(made, "up", "--yes", "--skip-preview");
    const estate: Estate = stored()
      .filter(({ type, id }) => !before.has(`${type} ${id}`))
      .map(({ type, region, properties }) => ({ type, region, properties }));
    expect(estate.length).toBeGreaterThan(0);
    expect(failures(contract(layer, cloud).facts, estate)).toEqual([]);
  },
);

test("the second time there is nothing to do", { timeout: 120_000 }, async () => {
  expect(await pulumi(PAIRS.length, "preview", "--diff", "--expect-no-changes")).toMatch(/unchanged/);
});
