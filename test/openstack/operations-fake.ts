import http from "node:http";
import type { AddressInfo } from "node:net";

/** One call as the fake saw it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers by method and path; what it does not know is a 404. */
export type Answers = (call: Call) => Reply | undefined;

export interface Fake {
  readonly url: string;
  readonly calls: readonly Call[];
  close(): Promise<void>;
}

/**
 * A fake of an OpenStack cloud's HTTP, for the client's handling of errors and nothing else: what a cloud does is shown
 * on a real one, in test/real/operations.test.ts.
 */
export const httpFake = async (answers: Answers): Promise<Fake> => {
  const calls: Call[] = [];
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { method = "", url: path = "", headers } = request;
    const call = { method, path, headers, body };
    calls.push(call);
    const {
      status,
      body: said,
      headers: more = {},
    } = answers(call) ?? { status: 404, body: { error: { message: "no" } } };
    response.writeHead(status, { "content-type": "application/json", ...more });
    response.end(typeof said === "string" ? said : JSON.stringify(said ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

/** A token, as keystone gives it, with every service at the fake's own address. */
export const tokenReply = (url: string, token = "token-1"): Reply => ({
  status: 201,
  headers: { "x-subject-token": token },
  body: {
    token: {
      user: { id: "u1", domain: { id: "default" } },
      project: { id: "p1", name: "shop" },
      roles: [{ name: "member" }],
      catalog: [
        ["identity", `${url}/identity`],
        ["compute", `${url}/v2.1`],
        ["network", url],
        ["image", `${url}/image`],
        ["key-manager", `${url}/`],
      ].map(([type, at]) => ({ type, endpoints: [{ region_id: "R1", interface: "public", url: at }] })),
    },
  },
});
