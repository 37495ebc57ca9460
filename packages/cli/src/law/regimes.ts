import {
  type Context,
  contextOf,
  type Declaration,
  judgeAll,
  type Outcome,
  publicView,
  type Regime,
} from "@kasbah/core";
import Table from "cli-table3";

/** A regime in one line. */
export interface RegimeRow {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly jurisdiction: string;
  /** First and last day on which a dated rule begins or ends, where there is one. */
  readonly dates: readonly string[];
  readonly rules: number;
  /** How the texts of its rules were seen, and how many are our reading or uncertain. */
  readonly confidence: string;
}

export const regimeRows = (regimes: readonly Regime[]): readonly RegimeRow[] =>
  regimes.map(({ id, version, title, jurisdiction, rules }) => {
    const seen = Object.entries(Object.groupBy(rules, ({ source }) => source.seen)).map(
      ([how, some]) => `${some?.length} ${how}`,
    );
    const readings = rules.filter(({ interpretation }) => interpretation).length;
    const uncertain = rules.filter((rule) => rule.uncertain !== undefined).length;
    const notes = [readings > 0 ? `${readings} our reading` : "", uncertain > 0 ? `${uncertain} uncertain` : ""];
    const dates = rules.flatMap(({ from, to }) => [from ?? [], to ?? []].flat());
    return {
      id,
      version,
      title,
      jurisdiction,
      dates: [...new Set(dates)].sort(),
      rules: rules.length,
      confidence: [...seen, ...notes.filter((note) => note !== "")].join(", "),
    };
  });

export const regimeTable = (rows: readonly RegimeRow[]): string => {
  const head = ["regime", "version", "where", "rules", "dated", "confidence"];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const { id, version, jurisdiction, rules, dates, confidence } of rows) {
    table.push([id, version, jurisdiction, rules, dates.join(", "), confidence]);
  }
  return table.toString();
};

/** A verdict that another version of a regime changes. */
export interface ChangedVerdict {
  readonly dataset: string;
  readonly place: string;
  readonly before: Outcome;
  readonly after: Outcome;
}

/** Every dataset in every place of a declaration, under one version of a regime and under the other. */
export const changedVerdicts = (
  declaration: Declaration,
  before: Regime,
  after: Regime,
  asOf: string,
  showSecretStatus: boolean,
): readonly ChangedVerdict[] => {
  const context = contextOf(declaration, asOf);
  const others = context.regimes.filter(({ id }) => id !== before.id && id !== after.id);
  const under = (regime: Regime): Context => ({ ...context, regimes: [...others, regime] });
  const [contextBefore, contextAfter] = [under(before), under(after)];
  return [...Object.values(declaration.places), ...Object.values(declaration.sites)].flatMap((site) =>
    Object.keys(declaration.datasets).flatMap((dataset): ChangedVerdict[] => {
      const [was] = judgeAll([dataset], site, contextBefore).verdicts;
      const [is] = judgeAll([dataset], site, contextAfter).verdicts;
      if (was === undefined || is === undefined) return [];
      const [shownBefore, shownAfter] = showSecretStatus ? [was, is] : [publicView(was), publicView(is)];
      if (shownBefore.outcome === shownAfter.outcome) return [];
      return [{ dataset, place: site.name, before: shownBefore.outcome, after: shownAfter.outcome }];
    }),
  );
};
