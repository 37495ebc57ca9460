import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { listSandbox } from "../../packages/sandbox/src/index.ts";
import { folder } from "./support.ts";

const PROCESSES = 4;
const OBJECTS = 25;
const store = new URL("../../packages/sandbox/src/store.ts", import.meta.url).href;

const writer = (where: string, who: number) => `
  const { Store } = await import(${JSON.stringify(store)});
  const store = new Store(${JSON.stringify(where)});
  for (let n = 0; n < ${OBJECTS}; n++) {
    store.transaction(() => {
      const made = store.list().length;
      store.put({ type: "a:b:C", id: "${who}-" + n, region: "global", inputs: {}, properties: { made }, created: "now" });
    });
  }
  store.close();`;

describe("the simulated cloud's file", () => {
  it("serves several processes at once, each write alone", async () => {
    const where = folder();
    const ended = await Promise.all(
      Array.from({ length: PROCESSES }, async (_, who) => {
        const script = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", writer(where, who)];
        const child = spawn(process.execPath, script, { stdio: ["ignore", "inherit", "inherit"] });
        const [code] = await once(child, "exit");
        return code;
      }),
    );
    expect(ended).toEqual(Array.from({ length: PROCESSES }, () => 0));
    const counts = listSandbox(where).map(({ properties }) => Number(properties["made"]));
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: PROCESSES * OBJECTS }, (_, index) => index));
  });
});
