import { FACETS, judgeFacets, REGIMES } from "@kasbah/core";
import { expect, test } from "vitest";
import { filed, question } from "./support.ts";

test("each facet has its verdict", () => {
  const asked = question("MA", {
    place: { facets: { backup: ["US"], logs: ["FR"], support: undefined } },
    formalities: filed("cndp-declaration", "cndp-transfer-notified"),
  });
  const facets = judgeFacets(asked, REGIMES);
  expect(FACETS.map((facet) => [facet, facets[facet].outcome])).toEqual([
    ["storage", "allowed"],
    ["processing", "allowed"],
    ["backup", "needs-formality"],
    ["logs", "allowed"],
    ["controlPlane", "allowed"],
    ["support", "unknown"],
    ["keys", "allowed"],
  ]);
  expect(facets.backup.decidedBy.map(({ rule }) => rule)).toEqual(["ma0908.xfer.unlisted"]);
});
