import pc from "picocolors";

/** Tells a person what is going on; nothing that a program reads comes through here. */
export interface Progress {
  /** One line, shown at once. */
  say(line: string): void;
  /** Runs `work`; says `what` when it starts, and how long it has been going every few seconds once it takes longer than one. */
  during<T>(what: string, work: (step: (detail: string) => void) => Promise<T>): Promise<T>;
}

/** Says nothing; for tests and for `--quiet`. */
export const silent: Progress = { say: () => {}, during: (_what, work) => work(() => {}) };

interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Progress on standard error: one line that is written over on a terminal, whole lines elsewhere. */
export function progressOn(screen: Screen = process.stderr, env: NodeJS.ProcessEnv = process.env): Progress {
  const live = screen.isTTY === true && env["TERM"] !== "dumb" && !env["CI"];
  const { dim, cyan } = pc.createColors(screen.isTTY === true && !env["NO_COLOR"]);
  const say = (line: string): void => void screen.write(`${line}\n`);
  return {
    say,
    async during(what, work) {
      const started = Date.now();
      let detail = "";
      const seconds = (): number => Math.round((Date.now() - started) / 1000);
      const line = (): string => `${cyan("·")} ${what} ${dim(`${seconds()} s${detail && `, ${detail}`}`)}`;
      const clear = (): void => void (live && screen.write("\r\u001b[2K"));
      const show = (): void => {
        clear();
        if (live) screen.write(line());
        else say(line());
      };
      let again: NodeJS.Timeout | undefined;
      const first = setTimeout(() => {
        show();
        again = setInterval(show, live ? 1000 : 10_000);
      }, 1000);
      try {
        return await work((text) => {
          detail = text;
        });
      } finally {
        clearTimeout(first);
        clearInterval(again);
        if (seconds() >= 1) clear();
      }
    },
  };
}
