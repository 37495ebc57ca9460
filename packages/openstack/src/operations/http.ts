import http from "node:http";
import https from "node:https";
import { getCACertificates } from "node:tls";
import { OpenStackError } from "./errors.ts";

export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request, as it is: no retry, no redirect. Rejects only when there was no answer. */
export type Http = (url: URL, request: HttpRequest) => Promise<HttpAnswer>;

interface HttpOptions {
  /** Milliseconds without a byte after which it is given up. */
  readonly timeoutMs: number;
  /** Certificate authority (PEM), instead of those that the system trusts. */
  readonly ca?: string;
}

/**
 * `fetch` takes no certificate authority of its own, so this is `node:https`. Connections are kept open between calls.
 * Trusted is whom the provider trusts, a Go program: the system's authorities, and not those of Node.
 */
export const httpClient = ({ timeoutMs, ca }: HttpOptions): Http => {
  const plain = new http.Agent({ keepAlive: true });
  let secure: https.Agent | undefined;
  const overTls = (): https.Agent => {
    const trusted = ca ?? getCACertificates("system");
    return new https.Agent({ keepAlive: true, ...(trusted.length === 0 ? {} : { ca: trusted }) });
  };
  const send: Http = (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const tls = url.protocol === "https:";
      const length = body === undefined ? {} : { "content-length": String(body.length) };
      if (tls) secure ??= overTls();
      const options = { method, headers: { ...headers, ...length }, agent: tls ? secure : plain, timeout: timeoutMs };
      const request = (tls ? https : http).request(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            statusText: response.statusMessage ?? "",
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      });
      request.on("timeout", () => request.destroy(new Error(`no answer within ${Math.round(timeoutMs / 1000)} s`)));
      request.on("error", (error: NodeJS.ErrnoException) => {
        // The server closed an idle connection just as it was used again: it has read nothing of this call.
        if (!request.reusedSocket || error.code !== "ECONNRESET") reject(error);
        else resolve(send(url, { method, headers, ...(body === undefined ? {} : { body }) }));
      });
      request.end(body);
    });
  return send;
};

/** Errors of Node's TLS that say that the certificate is not trusted, or not for this host. */
const UNTRUSTED = new Set([
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "INVALID_CA",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** Why there was no answer, in the terms of whoever wrote the address. */
export const unanswered = (error: unknown, service: string, url: URL): OpenStackError => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const said = error instanceof Error && error.message !== "" ? error.message : code || String(error);
  const reason = error instanceof AggregateError ? code || "connection failed" : said;
  if (UNTRUSTED.has(code)) {
    return new OpenStackError(
      `${service}: the certificate of ${url.origin} is not trusted: ${reason}.`,
      {
        kind: "untrusted",
        service,
        reason,
        mend: "Declare the authority that signed it as openstack.caCertificate of the place, or set OS_CACERT.",
      },
      { cause: error },
    );
  }
  return new OpenStackError(
    `${service}: nobody answers at ${url.origin}: ${reason}.`,
    { kind: "unreachable", service, reason, mend: "Check the address and whether this machine reaches it." },
    { cause: error },
  );
};
