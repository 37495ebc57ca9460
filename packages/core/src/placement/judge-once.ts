import type { Dataset } from "../dataset.ts";
import type { Context, DatasetVerdict, Judged } from "../law/placement.ts";
import type { System } from "../law/question.ts";
import { joinSystems } from "../law/system.ts";
import { type Decision, judgeRegime, sortedDecisions, type Verdict, verdictOfSorted, worst } from "../law/verdict.ts";
import type { Site } from "../place.ts";
import { kept, numbering, remembered } from "./memory.ts";
import { regimeKeys } from "./regime-keys.ts";

/** The verdicts on datasets, site by site. */
export type SiteJudge = (site: Site) => Judged;

/**
 * Judges like `judge`, and asks each question once: what a regime cannot tell apart gets one verdict.
 * @returns a function of datasets and of what they run in; without a system, of everything declared that holds them
 */
export const judgeOnce = (context: Context): ((datasets: readonly string[], system?: System) => SiteJudge) => {
  const { datasets, systems = [], regimes, ...shared } = context;
  const schemes = regimes.flatMap((regime) => regime.schemes);
  const courts = regimes
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((regime) => {
      const keys = regimeKeys(regime, shared);
      return { regime, keys, ask: numbering<string>(), site: numbering<string>(), decided: new Map<number, number>() };
    });
  const decisions: (readonly Decision[])[] = [];
  const answers = numbering<string>();
  const merged = new Map<string, Verdict>();
  const datasetTexts = new Map<string, readonly string[]>();
  const asks = numbering<string>();
  const verdictsOf: Verdict[][] = []; // by the number of what is asked, then of the site
  const namedOf = new Map<string, DatasetVerdict[]>();
  const sites = new Map<Site, readonly number[]>();
  const siteNumber = numbering<string>();

  /** Number of the site as a whole, then its number under each regime. */
  const siteNumbers = (site: Site): readonly number[] =>
    remembered(sites, site, () => {
      const each = courts.map(({ keys, site: number }) => number(keys.site(site)));
      return [siteNumber(each.join(" ")), ...each];
    });

  const judgeDataset = (name: string, dataset: Dataset, system: System): SiteVerdict => {
    const texts = remembered(datasetTexts, name, () => courts.map(({ keys }) => keys.dataset(name, dataset)));
    const asked = courts.map(({ keys, ask }, index) => ask(`${texts[index]}${keys.system(system)}`));
    const number = asks(asked.join(" "));
    const verdicts = kept(verdictsOf, number, () => []);
    const judgeSite = (site: Site, [, ...numbers]: readonly number[]): Verdict => {
      const parts = courts.map(({ regime, keys: { formalities }, decided }, index) => {
        const key = pair(asked[index] ?? 0, numbers[index] ?? 0);
        const known = decided.get(key);
        if (known !== undefined) return known;
        const question = { ...shared, formalities, datasetName: name, dataset, place: site, system };
        const said = sortedDecisions(judgeRegime(question, regime));
        const answer = answers(answerKey(said)); // many questions, few answers
        decisions[answer] ??= said;
        decided.set(key, answer);
        return answer;
      });
      return remembered(merged, parts.join(" "), () => verdictOfSorted(parts.flatMap((part) => decisions[part] ?? [])));
    };
    const mine = remembered(namedOf, `${number} ${name}`, () => []);
    return (site) => {
      const numbers = siteNumbers(site);
      const [at = 0] = numbers;
      return kept(mine, at, () =>
        named(
          name,
          kept(verdicts, at, () => judgeSite(site, numbers)),
        ),
      );
    };
  };

  const known = new Map<string, SiteVerdict>();
  return (names, given) => {
    const judges = names.flatMap((name): SiteVerdict[] => {
      const dataset = datasets[name];
      if (dataset === undefined) return [];
      const system =
        given ??
        joinSystems(
          systems.filter((one) => one.datasets.includes(name)),
          schemes,
        );
      return [remembered(known, JSON.stringify([name, system]), () => judgeDataset(name, dataset, system))];
    });
    const judged: Judged[] = [];
    return (site) => {
      const [at = 0] = siteNumbers(site);
      return kept(judged, at, () => judgedBy(judges.map((judgeSite) => judgeSite(site))));
    };
  };
};

/** What tells two answers apart: all that a decision says beside what its rule says always. */
const answerKey = (said: readonly Decision[]): string =>
  JSON.stringify(
    said.map(({ regime, rule, outcome, change, duties, missing, derogatedBy, lifted }) => [
      regime,
      rule,
      outcome,
      change,
      duties,
      missing,
      derogatedBy,
      lifted,
    ]),
  );

/** Written out, because a spread of hundreds of thousands costs. A field that is missing does not compile. */
const named = (dataset: string, verdict: Verdict): DatasetVerdict => ({
  dataset,
  outcome: verdict.outcome,
  decidedBy: verdict.decidedBy,
  decisions: verdict.decisions,
  regimes: verdict.regimes,
  duties: verdict.duties,
  derogations: verdict.derogations,
  uncertain: verdict.uncertain,
});

type SiteVerdict = (site: Site) => DatasetVerdict;

const judgedBy = (verdicts: readonly DatasetVerdict[]): Judged => ({
  outcome: worst(verdicts.map(({ outcome }) => outcome)),
  verdicts,
});

/** One number for two: exact while both stay below 2^26. */
const pair = (a: number, b: number): number => a * 2 ** 26 + b;
