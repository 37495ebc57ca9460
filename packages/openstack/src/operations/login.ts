import { Catalogue, type CatalogueService } from "./catalogue.ts";
import type { Credentials } from "./credentials.ts";
import { OpenStackError, reasonOf } from "./errors.ts";
import { type Http, type HttpAnswer, unanswered } from "./http.ts";

/** A token, and what keystone said with it. */
export interface Session {
  readonly token: string;
  readonly catalogue: Catalogue;
  readonly projectId: string;
  readonly projectName: string;
  readonly userId: string;
  /** Domain of the user. */
  readonly domainId: string;
  readonly roles: readonly string[];
}

interface TokenBody {
  readonly token: {
    readonly catalog?: readonly CatalogueService[];
    readonly project?: { readonly id: string; readonly name: string };
    readonly user: { readonly id: string; readonly domain: { readonly id: string } };
    readonly roles?: readonly { readonly name: string }[];
  };
}

/** The identity endpoint with its version and without a slash at the end. */
export const identityUrl = (authUrl: string): string =>
  authUrl
    .replace(/\/+$/, "")
    .replace(/\/v2\.0$/, "")
    .replace(/(?<!\/v3)$/, "/v3");

/**
 * Logs in, and says which of them is wrong when it fails: keystone answers a wrong password and a wrong project with the
 * same words, so the same identity is tried without a project.
 * @throws {OpenStackError}
 */
export const login = async (http: Http, credentials: Credentials): Promise<Session> => {
  const { identity, scope, region } = credentials;
  const answer = await authenticate(http, credentials, scope === undefined ? { identity } : { identity, scope });
  if (answer.status !== 201) throw await refusal(http, credentials, answer);
  const { token } = bodyOf<TokenBody>(answer);
  if (token.project === undefined) throw unscoped(credentials);
  return {
    token: tokenOf(answer),
    catalogue: new Catalogue(token.catalog ?? [], region, credentials.interface),
    projectId: token.project.id,
    projectName: token.project.name,
    userId: token.user.id,
    domainId: token.user.domain.id,
    roles: (token.roles ?? []).map(({ name }) => name),
  };
};

const authenticate = async (http: Http, { authUrl }: Credentials, auth: object): Promise<HttpAnswer> => {
  const url = new URL(`${identityUrl(authUrl)}/auth/tokens`);
  const body = Buffer.from(JSON.stringify({ auth }));
  try {
    return await http(url, { method: "POST", headers: { ...JSON_HEADERS }, body });
  } catch (error) {
    throw unanswered(error, "identity", url);
  }
};

export const JSON_HEADERS = { "content-type": "application/json", accept: "application/json" } as const;

const refusal = async (http: Http, credentials: Credentials, answer: HttpAnswer): Promise<OpenStackError> => {
  const { authUrl, identity, scope, who, where } = credentials;
  const reason = redacted(reasonOf(answer.body, answer.statusText), credentials);
  const { status } = answer;
  const details = { service: "identity", status, reason };
  if (status !== 401 && (status < 500 || status === 501) && !isKeystone(answer)) {
    return new OpenStackError(`identity: no identity service (v3) answers at ${authUrl}: ${status}.`, {
      ...details,
      reason: answer.statusText,
      kind: "not-identity",
      mend: "Check OS_AUTH_URL, or openstack.authUrl of the place.",
    });
  }
  if (status !== 401) return new OpenStackError(`identity: ${status} ${reason}`, { ...details, kind: "answer" });
  if (scope !== undefined) {
    const alone = await authenticate(http, credentials, { identity, scope: "unscoped" });
    if (alone.status === 201) {
      const projects = await projectsOf(http, credentials, tokenOf(alone));
      return new OpenStackError(`identity: ${who} is known, and may not enter the project ${where}.`, {
        ...details,
        kind: "project",
        mend: `Correct OS_PROJECT_NAME; ${projects.length > 0 ? `it may enter ${projects.join(", ")}` : "it may enter none"}.`,
      });
    }
  }
  return new OpenStackError(`identity: ${who} is refused: ${reason}`, {
    ...details,
    kind: "credentials",
    mend: "Its name, its domain or its secret is wrong; OpenStack does not say which.",
  });
};

/** Keystone's errors are JSON with `error`; anything else is another web server. */
const isKeystone = ({ body }: HttpAnswer): boolean => {
  try {
    const said: unknown = JSON.parse(body.toString("utf8"));
    return typeof said === "object" && said !== null && "error" in said;
  } catch {
    return false;
  }
};

const projectsOf = async (http: Http, { authUrl }: Credentials, token: string): Promise<readonly string[]> => {
  const url = new URL(`${identityUrl(authUrl)}/auth/projects`);
  const answer = await http(url, { method: "GET", headers: { ...JSON_HEADERS, "x-auth-token": token } });
  if (answer.status !== 200) return [];
  return bodyOf<{ projects: readonly { name: string }[] }>(answer)
    .projects.map(({ name }) => name)
    .sort();
};

const unscoped = ({ who }: Credentials): OpenStackError =>
  new OpenStackError(`identity: ${who} was let in without a project.`, {
    kind: "project",
    service: "identity",
    reason: "the token has no project",
    mend: "Set OS_PROJECT_NAME or OS_PROJECT_ID.",
  });

const tokenOf = ({ headers }: HttpAnswer): string => {
  const token = headers["x-subject-token"];
  if (typeof token === "string") return token;
  throw new OpenStackError("identity: the answer has no token.", {
    kind: "not-identity",
    service: "identity",
    reason: "no x-subject-token",
  });
};

const bodyOf = <T>({ body }: HttpAnswer): T => JSON.parse(body.toString("utf8"));

/** The text without what must not be shown, should a cloud ever echo it. */
export const redacted = (text: string, { secrets }: Pick<Credentials, "secrets">): string =>
  secrets.reduce((shown, secret) => (secret === "" ? shown : shown.replaceAll(secret, "(withheld)")), text);
