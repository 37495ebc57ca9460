/** What an attacker knows: its own group, the name of the other, and the id of one document there. */
export interface Known {
  readonly own: string;
  readonly other: string;
  /** A document of the other group. */
  readonly document: string;
  /** As `[1,2,...]`: any vector of the right size. */
  readonly vector: string;
  readonly database: string;
}

/** One statement as the simple protocol sends it, or with values as the extended one does. */
export type Step = string | { readonly text: string; readonly values: readonly string[] };

/** Something of the other group that is tried out, with something of the same form that is not there. */
export interface Guess {
  readonly content: string;
  readonly document: string;
  readonly title: string;
  readonly vector: string;
}

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly database?: string;
  /** The startup packet's `options`, as `-c role=x`. */
  readonly options?: string;
  readonly replication?: string;
}

interface Named {
  readonly name: string;
}

/** Read: what comes back holds something of the other group. */
export interface ReadAttempt extends Named {
  /** Refused: a statement of it must fail, too. */
  readonly kind: "read" | "refused";
  readonly steps: (known: Known) => readonly Step[];
}

/** Guess: what comes back tells a right guess from a wrong one. */
export interface GuessAttempt extends Named {
  readonly kind: "guess";
  readonly steps: (known: Known, guess: Guess) => readonly Step[];
}

/** Login: a session that was not to be had, or one that is more than it should be. */
export interface LoginAttempt extends Named {
  readonly kind: "login";
  readonly login: (own: Login, known: Known) => Login;
}

export type Attempt = ReadAttempt | GuessAttempt | LoginAttempt;

/** Attempts of one kind, from a name and the statements. */
export const reads = (
  group: string,
  list: Readonly<Record<string, (known: Known) => readonly Step[]>>,
  kind: "read" | "refused" = "read",
): Attempt[] => Object.entries(list).map(([name, steps]) => ({ kind, name: `${group}: ${name}`, steps }));

/** What changes something that is not the group's: it must be refused, whatever can be read after it. */
export const refused = (group: string, list: Readonly<Record<string, (known: Known) => readonly Step[]>>): Attempt[] =>
  reads(group, list, "refused");

export const guesses = (
  group: string,
  list: Readonly<Record<string, (known: Known, guess: Guess) => readonly Step[]>>,
): Attempt[] => Object.entries(list).map(([name, steps]) => ({ kind: "guess", name: `${group}: ${name}`, steps }));

/** What is asked after something was done that might have opened a door. */
export const READ_ALL =
  "SELECT c.*, d.title FROM retrieval.chunks c LEFT JOIN retrieval.documents d ON d.id = c.document_id";
export const readOther = ({ other }: Known): string => `SELECT * FROM retrieval.chunks WHERE group_name = '${other}'`;
/** In one transaction, so that a pool gives one server connection and nothing is kept. */
export const inside = (...steps: readonly string[]): readonly Step[] => ["BEGIN", ...steps, "ROLLBACK"];
