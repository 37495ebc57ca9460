/** What went wrong between us and an OpenStack cloud. */
export type OpenStackErrorKind =
  /** Something that the login needs is not said. */
  | "settings"
  /** Nobody answers at the address: refused, no such name, no answer in time. */
  | "unreachable"
  /** The certificate is not trusted. */
  | "untrusted"
  /** Something answers that is no identity service. */
  | "not-identity"
  | "credentials"
  | "project"
  | "region"
  /** The catalogue has no such service. */
  | "service"
  /** A service said no. */
  | "answer";

interface Details {
  readonly kind: OpenStackErrorKind;
  /** Service as the catalogue calls it, as `compute`. */
  readonly service: string;
  readonly status?: number;
  /** The cloud's own words, one line. */
  readonly reason: string;
  /** What would mend it. */
  readonly mend?: string;
}

/** An answer of a cloud, or none, in words that can be shown: which service, what status, why. Never a secret. */
export class OpenStackError extends Error {
  readonly kind: OpenStackErrorKind;
  readonly service: string;
  readonly status: number | undefined;
  readonly reason: string;
  /** What is wrong, without what would mend it. */
  readonly said: string;
  readonly mend: string | undefined;

  constructor(said: string, { kind, service, status, reason, mend }: Details, options?: ErrorOptions) {
    super(mend === undefined ? said : `${said} ${mend}`, options);
    this.name = "OpenStackError";
    this.kind = kind;
    this.service = service;
    this.status = status;
    this.reason = reason;
    this.said = said;
    this.mend = mend;
  }

  /** Whether this is a service's own no with one of these statuses. */
  static answered(error: unknown, ...statuses: readonly number[]): error is OpenStackError {
    return error instanceof OpenStackError && error.kind === "answer" && statuses.includes(error.status ?? 0);
  }
}

const MAX_REASON = 400;

/**
 * The words of an error's body: nova and cinder wrap them in a key of their own, neutron in `NeutronError`, keystone in
 * `error`, octavia in `faultstring`, barbican in `description`, Swift says plain text or HTML, S3 says XML.
 */
export const reasonOf = (body: Buffer, statusText: string): string => {
  const text = body.toString("utf8");
  const found = messageIn(parsed(text)) ?? xmlMessage(text) ?? text.replace(/<[^>]*>/g, " ");
  const line = found.replace(/[\p{Cc}\s]+/gu, " ").trim();
  const shown = line === "" ? statusText : line;
  return shown.length > MAX_REASON ? `${shown.slice(0, MAX_REASON)}…` : shown;
};

const messageIn = (value: unknown, depth = 0): string | undefined => {
  if (typeof value !== "object" || value === null || depth > 3) return undefined;
  for (const key of ["message", "faultstring", "description", "detail", "title"]) {
    const said: unknown = Reflect.get(value, key);
    if (typeof said === "string" && said !== "") return said;
  }
  for (const inner of Object.values(value)) {
    const said = messageIn(inner, depth + 1);
    if (said !== undefined) return said;
  }
  return undefined;
};

const xmlMessage = (text: string): string | undefined => {
  const [, code] = /<Code>([^<]+)<\/Code>/.exec(text) ?? [];
  const [, message] = /<Message>([^<]*)<\/Message>/.exec(text) ?? [];
  return code === undefined ? undefined : [code, message].filter((part) => part).join(": ");
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
