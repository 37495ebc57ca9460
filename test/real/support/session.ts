import { ask, type Question } from "./http.ts";
import { lab } from "./lab.ts";

/** How somebody proves who they are: the body of a request for a token. */
export type Proof = { readonly auth: object };

/** With a password, in a project named by its id. */
export const byPassword = (user: { readonly name: string; readonly password: string }, projectId: string): Proof => ({
  auth: {
    identity: {
      methods: ["password"],
      password: { user: { name: user.name, password: user.password, domain: { id: "default" } } },
    },
    scope: { project: { id: projectId } },
  },
});

/** With an application credential. */
export const byApplicationCredential = (id: string, secret: string): Proof => ({
  auth: { identity: { methods: ["application_credential"], application_credential: { id, secret } } },
});

interface Token {
  readonly user: { readonly id: string };
  readonly project: { readonly id: string };
  readonly catalog: readonly {
    readonly type: string;
    readonly endpoints: readonly { readonly interface: string; readonly region: string; readonly url: string }[];
  }[];
}

/** Somebody's token and catalog: asks the lab's services in their name. */
export class Session {
  readonly token: string;
  readonly userId: string;
  readonly projectId: string;
  readonly #catalog: Token["catalog"];

  constructor(token: string, { user, project, catalog }: Token) {
    this.token = token;
    this.userId = user.id;
    this.projectId = project.id;
    this.#catalog = catalog;
  }

  /** The public endpoint of a service, without a slash at its end. */
  endpoint(type: string, region = lab().region): string {
    const endpoints = this.#catalog.find((service) => service.type === type)?.endpoints ?? [];
    const found = endpoints.find((endpoint) => endpoint.interface === "public" && endpoint.region === region);
    if (found === undefined) throw new Error(`no ${type} in ${region}`);
    return found.url.replace(/\/$/, "");
  }

  /** The status of a request, refused or not. `path` starts at the service's endpoint. */
  async status(type: string, path: string, question: Question & { readonly region?: string } = {}): Promise<number> {
    return (await this.#ask(type, path, question)).status;
  }

  /** What a service answered, of the caller's type; a refusal is an error with the service's own words. */
  async call<T = unknown>(
    type: string,
    path: string,
    question: Question & { readonly region?: string } = {},
  ): Promise<T> {
    const { status, text } = await this.#ask(type, path, question);
    if (status >= 300) throw new Error(`${question.method ?? "GET"} ${type}${path}: ${status} ${text.slice(0, 500)}`);
    return (isJson(text) ? JSON.parse(text) : text) as T;
  }

  #ask(type: string, path: string, { region, ...question }: Question & { readonly region?: string }) {
    const headers = { "x-auth-token": this.token, ...question.headers };
    return ask(`${this.endpoint(type, region)}${path}`, { ...question, headers });
  }
}

const isJson = (text: string): boolean => /^\s*[[{]/.test(text);

/** Logs in. */
export async function login(proof: Proof): Promise<Session> {
  const { status, headers, text } = await ask(`${lab().authUrl}/auth/tokens`, { method: "POST", body: proof });
  const token = headers["x-subject-token"];
  if (status !== 201 || typeof token !== "string") throw new Error(`no token: ${status} ${text.slice(0, 300)}`);
  return new Session(token, (JSON.parse(text) as { readonly token: Token }).token);
}

/** The lab's administrator. */
export async function loginAsAdmin(): Promise<Session> {
  const { username, password, project } = lab().admin;
  const scope = { project: { name: project, domain: { id: "default" } } };
  const user = { name: username, password, domain: { id: "default" } };
  return login({ auth: { identity: { methods: ["password"], password: { user } }, scope } });
}
