import { member } from "./input/json.ts";

/** What a report shows in the place of a secret. */
export const HIDDEN = "[hidden]";

/** Texts that are secrets by their form. Sources: the vendors' pages on the prefixes of their keys; RFC 7468, RFC 7519. */
const FORMS: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, // AWS access key id
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g, // GitHub token
  /\bgithub_pat_[A-Za-z0-9_]{20,}\b/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g, // GitLab token
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/g, // Slack token
  /\bpul-[0-9a-f]{40}\b/g, // Pulumi token
  /\bAIza[A-Za-z0-9_-]{35}/g, // Google API key
  /\bsk-[A-Za-z0-9_-]{20,}/g, // model providers
  /\bhv[sb]\.[A-Za-z0-9_-]{20,}/g, // Vault token
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, // JSON web token
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** The same, with what stands before and stays. Bounded, so that a long text takes no longer than its length. */
const FORMS_AFTER: readonly RegExp[] = [
  /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]{0,80}:)[^\s/@]+(?=@)/gi, // the password of a URL
  /(\b(?:password|passwd|pwd|secret|token|(?:api|access|account)[_-]?key)["']?\s{0,3}[=:]\s{0,3}["']?)[^\s"',;&]{4,}/gi,
  /(\bsig=)[A-Za-z0-9%+/=]{16,}/g, // signature of a shared access URL of Azure
];

/** What at least one of the forms needs, so that most texts are asked once only. */
const HINT =
  /AKIA|ASIA|gh[pousr]_|_pat_|glpat|xox|pul-|AIza|sk-|hv[sb]\.|eyJ|BEGIN|:\/\/|passw|pwd|secret|token|key|sig=/i;

/** Properties whose value is secret by their name, marked or not. */
const NAMES =
  /(?:password|passwd|passphrase|pwd|token|secret|secret[_-]?(?:string|value|data|binary|text|key)|api[_-]?key|private[_-]?key(?:[_-]?pem)?|access[_-]?key|account[_-]?key|connection[_-]?string|credentials?)$/i;

/** Shorter texts are no secrets; those that are no longer than this are only taken for the secret where they stand alone. */
const SHORTEST = 4;
const ALONE = 7;

/**
 * Makes what hides secrets in a text: those that were marked or that a property's name betrays, and those of a known form.
 * @param values texts that are never shown
 */
export const redactor = (values: Iterable<string>): ((text: string) => string) => {
  const byStart = new Map<string, string[]>();
  for (const value of new Set(values)) {
    if (value.trim().length < SHORTEST) continue;
    const start = value.slice(0, SHORTEST);
    byStart.set(
      start,
      [...(byStart.get(start) ?? []), value].sort((a, b) => b.length - a.length),
    ); // the longest first
  }
  return (text) => {
    const known = byStart.size === 0 ? text : withoutKnown(text, byStart);
    if (!HINT.test(known)) return known;
    const without = FORMS.reduce((shown, form) => shown.replace(form, HIDDEN), known);
    return FORMS_AFTER.reduce((shown, form) => shown.replace(form, `$1${HIDDEN}`), without);
  };
};

const withoutKnown = (text: string, byStart: ReadonlyMap<string, readonly string[]>): string => {
  let [shown, from] = ["", 0];
  for (let at = 0; at + SHORTEST <= text.length; at += 1) {
    const candidates = byStart.get(text.slice(at, at + SHORTEST));
    const found = candidates?.find(
      (value) => text.startsWith(value, at) && (value.length > ALONE || isAlone(text, at, value)),
    );
    if (found === undefined) continue;
    shown += text.slice(from, at) + HIDDEN;
    from = at + found.length;
    at = from - 1;
  }
  return shown + text.slice(from);
};

const isAlone = (text: string, at: number, { length }: string): boolean =>
  !/[\p{L}\p{N}_-]/u.test(text[at - 1] ?? " ") && !/[\p{L}\p{N}_-]/u.test(text[at + length] ?? " ");

const MAX_DEPTH = 16;

/** Texts inside a resource that are secret by the name of their property, or of the pair that holds them. */
export const secretsByName = (value: unknown, depth = 0): readonly string[] => {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return [];
  const name = member(value, "name") ?? member(value, "key");
  const named = typeof name === "string" && NAMES.test(name);
  return Object.keys(value).flatMap((key) => {
    const one = member(value, key);
    if (typeof one !== "string") return secretsByName(one, depth + 1);
    return one !== "" && (NAMES.test(key) || (named && key === "value")) ? [one] : [];
  });
};
