import type { Reporter } from "vitest/node";
import { layersTable, notedLayers } from "../test/real/support/layers.ts";

/** Prints what the run proved of each layer of OpenStack, whose names come in the environment. */
export default class Layers implements Reporter {
  onTestRunEnd(): void {
    const layers = process.env["KASBAH_REAL_LAYERS"]?.split(",") ?? [];
    console.log(`\n${layersTable(layers, notedLayers())}`);
  }
}
