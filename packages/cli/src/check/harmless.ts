/** Letters that are not seen, that turn the line around, or that XML cannot hold. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

/** What the logs of GitHub, Azure and TeamCity take for commands, wherever it stands in a line. */
const COMMAND = /##(?=\w*\[)/g;

/** A text of somebody's program made harmless for a terminal, a log and any format: one line, all of it seen. */
export const harmless = (text: string): string =>
  text.replace(UNSEEN, (letter) => `\\u{${letter.codePointAt(0)?.toString(16) ?? ""}}`).replace(COMMAND, "#\\u{23}");

/** Lines that no log takes for a command: `::` begins one in GitHub's. */
export const harmlessLines = (text: string): string => text.replace(/^([^\S\n]*)::/gm, "$1\\u{3a}:");

/** Longer texts are cut in reports: a name of a megabyte is no name. */
const MAX_SHOWN = 1000;

export const cut = (text: string, most = MAX_SHOWN): string =>
  text.length <= most ? text : `${text.slice(0, wholeLetters(text, most))}…`;

/** The most units of a text, not more than asked for, that end with a whole letter. */
export const wholeLetters = (text: string, most: number): number =>
  /[\uD800-\uDBFF]/.test(text[most - 1] ?? "") ? most - 1 : most;
