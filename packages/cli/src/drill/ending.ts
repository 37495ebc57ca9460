/** What ends a drill before its time: a signal, or its limit. */
export interface Ending {
  readonly signal: AbortSignal;
  /** The signal that came. */
  readonly ended: () => NodeJS.Signals | undefined;
}

/** Runs `work`; from its beginning the first signal only asks it to stop, so that the copy is taken away. */
export const withEnding = async <T>(limitMinutes: number, work: (ending: Ending) => Promise<T>): Promise<T> => {
  const { stop, ...ending } = endingOf(limitMinutes);
  try {
    return await work(ending);
  } finally {
    stop();
  }
};

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

const endingOf = (limitMinutes: number): Ending & { readonly stop: () => void } => {
  const controller = new AbortController();
  let came: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (came !== undefined) process.exit(130); // whoever asks twice does not want to wait
    came = signal;
    controller.abort(new Error(`it was ended by ${signal}`));
  };
  const late = setTimeout(
    () => controller.abort(new Error(`it was not done within ${limitMinutes} minutes`)),
    limitMinutes * 60_000,
  );
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const stop = (): void => {
    clearTimeout(late);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  return { signal: controller.signal, ended: () => came, stop };
};
