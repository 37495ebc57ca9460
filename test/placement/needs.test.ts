import { formatUnmet, type Needs, type Offers, unmetIn } from "@kasbah/core";
import { expect, test } from "vitest";

const cases: readonly [string, Needs, Offers, readonly string[]][] = [
  ["no needs, nothing offered", {}, {}, []],
  ["enough memory", { gpuMemoryGiB: 80 }, { gpuMemoryGiB: 80 }, []],
  ["too little memory", { gpuMemoryGiB: 80 }, { gpuMemoryGiB: 24 }, ["needs gpuMemoryGiB of at least 80, offers 24"]],
  ["memory unknown", { gpuMemoryGiB: 80 }, {}, ["needs gpuMemoryGiB of at least 80, and it does not say"]],
  ["pgvector there", { pgvector: true }, { pgvector: true }, []],
  ["pgvector not there", { pgvector: true }, { pgvector: false }, ["needs pgvector to be there, offers none"]],
  ["pgvector unknown", { pgvector: true }, {}, ["needs pgvector to be there, and it does not say"]],
  ["false is no need", { pgvector: false, offline: false }, {}, []],
  ["every language", { languages: ["ar", "fr"] }, { languages: ["fr", "ar", "en"] }, []],
  [
    "one language short",
    { languages: ["ar", "fr"] },
    { languages: ["fr"] },
    ["needs languages to include ar, offers fr"],
  ],
  ["no language", { languages: ["ar"] }, { languages: [] }, ["needs languages to include ar, offers none"]],
  ["languages unknown", { languages: ["ar"] }, {}, ["needs languages to include ar, and it does not say"]],
  ["near enough", { latencyMs: { MA: 30 } }, { latencyMs: { MA: 30 } }, []],
  ["too far", { latencyMs: { MA: 30 } }, { latencyMs: { MA: 31 } }, ["needs latencyMs.MA of at most 30, offers 31"]],
  [
    "measured to other users only",
    { latencyMs: { MA: 30, FR: 30 } },
    { latencyMs: { FR: 9 } },
    ["needs latencyMs.MA of at most 30, and it does not say"],
  ],
  ["offline", { offline: true }, { offline: true }, []],
  ["not offline", { offline: true }, { offline: false }, ["needs offline to be there, offers none"]],
  ["offline unknown", { offline: true }, {}, ["needs offline to be there, and it does not say"]],
];

test.each(cases)("%s", (_, needs, offers, lines) => {
  expect(unmetIn(needs)(offers).map(formatUnmet)).toEqual(lines);
});
