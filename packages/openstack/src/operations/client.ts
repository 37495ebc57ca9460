import { setTimeout as sleep } from "node:timers/promises";
import type { Catalogue, Service } from "./catalogue.ts";
import { readCloudsYaml } from "./clouds-yaml.ts";
import { type CloudSettings, type Credentials, credentialsOf, type Environment } from "./credentials.ts";
import { OpenStackError, reasonOf } from "./errors.ts";
import { type Http, type HttpAnswer, httpClient, unanswered } from "./http.ts";
import { identityUrl, JSON_HEADERS, login, redacted, type Session } from "./login.ts";

export type { Service } from "./catalogue.ts";
export type { CloudSettings, Environment } from "./credentials.ts";
export { OpenStackError, type OpenStackErrorKind } from "./errors.ts";

export interface RequestOptions {
  /** @default "GET" */
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes as they are; anything else as JSON. */
  readonly body?: unknown;
  /** Statuses that are answers like any other, as 404 for what may be absent. */
  readonly accept?: readonly number[];
}

/** What a service said. */
export interface Answer {
  readonly status: number;
  readonly headers: HttpAnswer["headers"];
  readonly body: Buffer;
  /** The body as JSON. The type is the caller's word. */
  json<T>(): T;
}

export interface ConnectOptions {
  /** Where `clouds.yaml` is looked for first. @default - the working folder */
  readonly folder?: string;
  /** Milliseconds without a byte after which a call is given up. @default 60000 */
  readonly timeoutMs?: number;
}

const ATTEMPTS = 3;
/** What passes by itself: too many requests, and a proxy or service that is just starting. */
const PASSING = [429, 502, 503, 504];

/** One project of an OpenStack cloud in one region, without Pulumi. */
export class OpenStackClient {
  readonly region: string;
  readonly #http: Http;
  readonly #credentials: Credentials;
  #session: Promise<Session>;

  private constructor(http: Http, credentials: Credentials, session: Session) {
    this.region = credentials.region;
    this.#http = http;
    this.#credentials = credentials;
    this.#session = Promise.resolve(session);
  }

  /**
   * Logs in by password, token or application credential, from the environment or clouds.yaml.
   * @throws {OpenStackError} that says which of address, certificate, identity, project is wrong
   */
  static async connect(
    settings: CloudSettings,
    env: Environment,
    { folder = ".", timeoutMs = 60_000 }: ConnectOptions = {},
  ): Promise<OpenStackClient> {
    const cloud = settings.cloud ?? env["OS_CLOUD"];
    const entry = cloud ? readCloudsYaml(cloud, folder, env) : {};
    const credentials = credentialsOf(settings, entry, env);
    const http = httpClient({ timeoutMs, ...(credentials.ca === undefined ? {} : { ca: credentials.ca }) });
    const session = await login(http, credentials);
    if (settings.projectId !== undefined && session.projectId !== settings.projectId) {
      throw boundElsewhere(credentials, session, settings.projectId);
    }
    return new OpenStackClient(http, credentials, session);
  }

  /** Certificate authority (PEM) that we were told to trust; `undefined`: those of the system. */
  get ca(): string | undefined {
    return this.#credentials.ca;
  }

  /** Who we are, for what is told to people. */
  async session(): Promise<Omit<Session, "token">> {
    const { token: _withheld, ...rest } = await this.#session;
    return rest;
  }

  async catalogue(): Promise<Catalogue> {
    return (await this.#session).catalogue;
  }

  /**
   * Address of a service in our region.
   * @throws {OpenStackError} of kind `region`, with those that there are, or `service`
   */
  async url(service: Service): Promise<string> {
    return this.#address(service, await this.catalogue());
  }

  /** Whether our region has the service. */
  async has(service: Service): Promise<boolean> {
    return service === "identity" || (await this.catalogue()).has(service);
  }

  /** One identity service may serve many regions and stand in the catalogue for one: it is where we have logged in. */
  #address(service: Service, catalogue: Catalogue): string {
    return service === "identity" ? identityUrl(this.#credentials.authUrl) : catalogue.url(service);
  }

  /**
   * One call. A token that has run out is renewed once; a GET is tried again when the service is only busy.
   * @param path below the service's versioned address, as `/servers?name=x`, or a whole address that the service gave
   * @throws {OpenStackError} for any status from 400 on that is not accepted
   */
  async request(service: Service, path: string, options: RequestOptions = {}): Promise<Answer> {
    const { method = "GET", accept = [] } = options;
    const mayRepeat = method === "GET" || method === "HEAD";
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#send(service, path, options);
        const { status } = answer;
        if (status < 400 || accept.includes(status)) return asAnswer(answer);
        if (!mayRepeat || attempt === ATTEMPTS || !PASSING.includes(status)) throw this.#refused(service, path, answer);
        await sleep(waitOf(answer, attempt));
      } catch (error) {
        const passing = error instanceof OpenStackError && error.kind === "unreachable";
        if (!passing || !mayRepeat || attempt === ATTEMPTS) throw error;
        await sleep(250 * 2 ** attempt);
      }
    }
  }

  /** The JSON of one call. The type is the caller's word. */
  async get<T>(service: Service, path: string, options: Omit<RequestOptions, "method" | "body"> = {}): Promise<T> {
    return (await this.request(service, path, options)).json<T>();
  }

  /** Every entry of a list, page after page. */
  async list<T>(
    service: Service,
    path: string,
    key: string,
    options: Omit<RequestOptions, "method" | "body"> = {},
  ): Promise<readonly T[]> {
    const entries: T[] = [];
    let next: string | undefined = path;
    const seen = new Set<string>();
    while (next !== undefined && !seen.has(next)) {
      seen.add(next);
      const page: Readonly<Record<string, unknown>> = await this.get(service, next, options);
      const found = page[key];
      if (Array.isArray(found)) entries.push(...(found as T[]));
      next = nextPage(page, key);
    }
    return entries;
  }

  async #send(service: Service, path: string, options: RequestOptions): Promise<HttpAnswer> {
    const used = this.#session;
    const first = await this.#once(service, path, options, used);
    return first.status === 401 ? this.#once(service, path, options, this.#renew(used)) : first;
  }

  /** Several calls may find the token stale at once: the first one logs in for all. */
  #renew(stale: Promise<Session>): Promise<Session> {
    if (this.#session === stale) {
      const renewed = login(this.#http, this.#credentials);
      this.#session = renewed;
      renewed.catch(() => {
        if (this.#session === renewed) this.#session = stale;
      });
    }
    return this.#session;
  }

  async #once(service: Service, path: string, options: RequestOptions, session: Promise<Session>): Promise<HttpAnswer> {
    const { token, catalogue } = await session;
    const url = urlOf(this.#address(service, catalogue), path);
    const { method = "GET", headers = {}, body } = options;
    const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const request = { method, headers: { ...JSON_HEADERS, ...headers, "x-auth-token": token } };
    try {
      return await this.#http(url, bytes === undefined ? request : { ...request, body: bytes });
    } catch (error) {
      throw unanswered(error, service, url);
    }
  }

  #refused(service: Service, path: string, { status, statusText, body }: HttpAnswer): OpenStackError {
    const reason = redacted(reasonOf(body, statusText), this.#credentials);
    const [where = ""] = path.replace(/^https?:\/\/[^/]+/, "").split("?");
    return new OpenStackError(`${service}: ${status} ${reason} (${where})`, {
      kind: "answer",
      service,
      status,
      reason,
    });
  }
}

/** An application credential or a token stays in its own project, whatever is asked. */
const boundElsewhere = ({ who }: Credentials, { projectName }: Session, wanted: string): OpenStackError => {
  const reason = `${who} belongs to the project ${projectName} alone`;
  const mend = "Log in by user and password.";
  const details = { kind: "project", service: "identity", reason, mend } as const;
  return new OpenStackError(`identity: ${reason}, and the project ${wanted} was asked for.`, details);
};

const asAnswer = ({ status, headers, body }: HttpAnswer): Answer => ({
  status,
  headers,
  body,
  json: <T>(): T => JSON.parse(body.toString("utf8")),
});

/** A whole address is taken only where the service itself lives: nothing else ever sees our token. */
const urlOf = (base: string, path: string): URL => {
  if (!/^https?:\/\//.test(path)) return new URL(`${base}${path.startsWith("/") || path === "" ? "" : "/"}${path}`);
  const home = new URL(base);
  const url = new URL(path);
  if (url.hostname !== home.hostname) throw new Error(`${url.origin} is not ${home.origin}: not called`);
  url.protocol = home.protocol; // behind a proxy that ends TLS, services give their own addresses without it
  url.port = home.port;
  return url;
};

const waitOf = ({ headers }: HttpAnswer, attempt: number): number => {
  const asked = Number(headers["retry-after"]);
  return Number.isFinite(asked) && asked > 0 ? Math.min(asked, 10) * 1000 : 250 * 2 ** attempt;
};

/**
 * nova, cinder, neutron, octavia: `<key>_links` with `rel: next`; barbican: `next`; glance: `next`, without the host;
 * keystone: `links.next`.
 */
const nextPage = (page: Readonly<Record<string, unknown>>, key: string): string | undefined => {
  const links = page[`${key}_links`];
  if (Array.isArray(links)) {
    const next = links.find((link: { rel?: string }) => link.rel === "next");
    if (typeof next?.href === "string") return next.href;
  }
  const { next, links: all } = page;
  if (typeof next === "string") return next.replace(/^\/v\d+(\.\d+)?(?=\/)/, "");
  const linked = typeof all === "object" && all !== null ? Reflect.get(all, "next") : undefined;
  return typeof linked === "string" ? linked : undefined;
};
