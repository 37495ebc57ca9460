import pc from "picocolors";

/** Colour only on a terminal, and not where NO_COLOR asks for none. */
export const screenColors = (): ReturnType<typeof pc.createColors> =>
  pc.createColors(process.stdout.isTTY === true && !process.env["NO_COLOR"]);

export const print = (text: string): void => void process.stdout.write(`${text}\n`);

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));
