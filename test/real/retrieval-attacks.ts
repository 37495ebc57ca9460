import type { Attempt, Guess, Login, Step } from "./retrieval-attacks/attempt.ts";
import { CATALOGUE } from "./retrieval-attacks/catalogue.ts";
import { CHANNELS } from "./retrieval-attacks/channels.ts";
import { GUESSES } from "./retrieval-attacks/guessing.ts";
import { INJECTED } from "./retrieval-attacks/injection.ts";
import { LEAKS } from "./retrieval-attacks/leaks.ts";
import { LOGINS } from "./retrieval-attacks/logins.ts";
import { OBJECTS } from "./retrieval-attacks/objects.ts";
import { PLAIN } from "./retrieval-attacks/plain.ts";
import { ROLES } from "./retrieval-attacks/roles.ts";
import type { Scene } from "./retrieval-attacks/scene.ts";
import { CONFIGURED } from "./retrieval-attacks/settings.ts";

export type { Attempt, Login } from "./retrieval-attacks/attempt.ts";

/** What came back of one statement: all of it as text, errors, notices and copied rows too. */
export interface Answer {
  readonly text: string;
  /** SQLSTATE of the error, if it was one. */
  readonly code?: string;
}

/** A connection that never throws. */
export interface Session {
  send(step: Step): Promise<Answer>;
  /** False once the server has ended it. */
  alive(): boolean;
  end(): Promise<void>;
}

/** Opens a session. @throws when the server refuses it */
export type Connect = (login: Login) => Promise<Session>;

export interface Outcome {
  readonly name: string;
  /** The attempt read, learned or changed what it must not. */
  readonly breach: boolean;
  /** What the server refused, as SQLSTATEs; of a login, the error. */
  readonly refusals: readonly string[];
  /** The own group's chunk was read on the same connection right after. */
  readonly ownRead: boolean;
}

export const ATTEMPTS: readonly Attempt[] = [
  ...PLAIN,
  ...ROLES,
  ...CONFIGURED,
  ...OBJECTS,
  ...LEAKS,
  ...CHANNELS,
  ...CATALOGUE,
  ...GUESSES,
  ...INJECTED,
  ...LOGINS,
];

/**
 * Runs every attempt as the scene's own group, each followed by a read of the own group on the same connection.
 * `connect` decides which server it goes to: the database, or a pool in front of it.
 */
export const attack = async (
  connect: Connect,
  scene: Scene,
  attempts: readonly Attempt[] = ATTEMPTS,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  let session = await connect(scene.own);
  for (const attempt of attempts) {
    if (!session.alive()) session = await connect(scene.own);
    const seen = await seenOf(attempt, session, connect, scene);
    outcomes.push({ name: attempt.name, ...seen, ownRead: await readsOwn(session, scene) });
  }
  await session.end();
  return outcomes;
};

type Seen = Pick<Outcome, "breach" | "refusals">;

/** A channel tells a right guess from a wrong one every time; a counter that the server writes late, once in a while. */
const TELLS = 3;

const seenOf = async (attempt: Attempt, session: Session, connect: Connect, scene: Scene): Promise<Seen> => {
  if (attempt.kind === "login") return await tryLogin(attempt.login(scene.own, scene.known), connect, scene);
  if (attempt.kind === "guess") {
    let refusals: readonly string[] = [];
    for (let time = 0; time < TELLS; time++) {
      const right = await run(session, attempt.steps(scene.known, scene.right));
      const wrong = await run(session, attempt.steps(scene.known, scene.wrong));
      refusals = refusalsOf(right);
      if (without(textOf(right), scene.right) === without(textOf(wrong), scene.wrong))
        return { breach: false, refusals };
    }
    return { breach: true, refusals };
  }
  const answers = await run(session, attempt.steps(scene.known));
  const refusals = refusalsOf(answers);
  const opened = attempt.kind === "refused" && refusals.length === 0;
  return { breach: opened || betrays(textOf(answers), scene.secrets), refusals };
};

const run = async (session: Session, steps: readonly Step[]): Promise<readonly Answer[]> => {
  const answers: Answer[] = [];
  for (const step of steps) answers.push(await session.send(step));
  for (const step of AFTERWARDS) await session.send(step);
  return answers;
};

/** Whatever an attempt left behind on its connection goes; in no transaction, so that a pool takes it too. */
const AFTERWARDS = [
  "ROLLBACK",
  "RESET SESSION AUTHORIZATION",
  "RESET ROLE",
  "RESET ALL",
  "CLOSE ALL",
  "DEALLOCATE ALL",
];

const textOf = (answers: readonly Answer[]): string => answers.map(({ text }) => text).join("\n");
const refusalsOf = (answers: readonly Answer[]): readonly string[] => answers.flatMap(({ code }) => code ?? []);

const without = (text: string, guess: Guess): string =>
  Object.values(guess).reduce((left, value) => left.replaceAll(value, "?").replaceAll(value.slice(0, 12), "?"), text);

const betrays = (text: string, secrets: readonly string[]): boolean => {
  const flat = text.toLowerCase().replace(/\s+|\\n/g, " ");
  return secrets.flatMap(formsOf).some((form) => flat.includes(form));
};

/** A secret as it is, reversed, in hexadecimal and in base64 at each of the three offsets. */
const formsOf = (secret: string): readonly string[] => {
  const inner = [0, 1, 2].map((skip) =>
    Buffer.from(secret.slice(skip + 1))
      .toString("base64")
      .slice(0, 16),
  );
  const all = [secret, [...secret].reverse().join(""), Buffer.from(secret).toString("hex"), ...inner];
  return all.map((form) => form.toLowerCase());
};

const tryLogin = async (login: Login, connect: Connect, scene: Scene): Promise<Seen> => {
  let session: Session;
  try {
    session = await connect(login);
  } catch (error) {
    return { breach: false, refusals: [error instanceof Error ? error.message : String(error)] };
  }
  const answers = [
    await session.send("SELECT session_user, current_user"),
    await session.send("SELECT * FROM retrieval.chunks"),
    await session.send(`SELECT * FROM retrieval.chunks_${scene.known.other}`),
  ];
  await session.end();
  const stranger = answers[0]?.code === undefined && !answers[0]?.text.includes(`["${scene.own.user}"`);
  return { breach: stranger || betrays(textOf(answers), scene.secrets), refusals: refusalsOf(answers) };
};

const readsOwn = async (session: Session, { ownSecret, known }: Scene): Promise<boolean> => {
  const direct = await session.send("SELECT content FROM retrieval.chunks ORDER BY document_id, ordinal");
  const found = await session.send({ text: "SELECT content FROM retrieval.search($1, 10)", values: [known.vector] });
  return direct.text.includes(ownSecret) && found.code === undefined && found.text.includes(ownSecret);
};
