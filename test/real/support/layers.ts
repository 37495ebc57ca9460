import fs from "node:fs";
import path from "node:path";
import { realHome } from "./home.ts";

/** How far a layer was proved in a run: it ran on the lab, or only what is generated for it was checked. */
export type Proof = "run" | "linted";

interface Note {
  readonly layer: string;
  readonly proof: Proof;
}

/** Written anew by every run of `npm run test:real`. */
const notes = (): string => path.join(realHome(), "layers.jsonl");

const note = (entry: Note): void => {
  fs.mkdirSync(realHome(), { recursive: true });
  fs.appendFileSync(notes(), `${JSON.stringify(entry)}\n`);
};

/** Says that a layer of OpenStack really ran: the last line of a test, after its last assertion. */
export const ran = (layer: string): void => note({ layer, proof: "run" });

/** Says that what is generated for a layer passed its checkers (shellcheck, cloud-init's schema ...) without being run. */
export const linted = (layer: string): void => note({ layer, proof: "linted" });

/** A run starts with no claims. */
export const forgetLayers = (): void => fs.rmSync(notes(), { force: true });

/** What the tests of this run said. */
export function notedLayers(): readonly Note[] {
  if (!fs.existsSync(notes())) return [];
  const lines = fs.readFileSync(notes(), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Note);
}

/** The table of a run: each of the cloud's layers, and what this run proved of it. Nothing in it is written by hand. */
export function layersTable(layers: readonly string[], noted: readonly Note[]): string {
  const has = (layer: string, proof: Proof): boolean =>
    noted.some((entry) => entry.layer === layer && entry.proof === proof);
  const others = noted.map(({ layer }) => layer).filter((layer) => !layers.includes(layer));
  const rows = [...layers, ...new Set(others)].map((layer) => {
    const [real, checked] = [has(layer, "run"), has(layer, "linted")];
    return [layer, real ? "yes" : "-", checked ? "yes" : "-", real || checked ? "-" : "only"];
  });
  return columns([["openstack layer", "run", "linted", "simulated"], ...rows]);
}

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};
