import https from "node:https";
import { lab } from "./lab.ts";

/** An answer of one of the lab's APIs. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What is asked. An object as the body goes as JSON. */
export interface Question {
  /** @default GET */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | object;
}

/** One request over TLS, trusting the lab's authority and no other: global `fetch` takes no authority of its own. */
export function ask(url: string | URL, { method = "GET", headers = {}, body }: Question = {}): Promise<Answer> {
  const bytes = typeof body === "string" || body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const type = bytes === body ? {} : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers: { ...type, ...headers },
      ca: lab().caCertificate,
      agent: false,
      timeout: 120_000,
    };
    const request = https.request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on("error", reject);
    });
    request.on("timeout", () => request.destroy(new Error(`${method} ${url}: no answer for two minutes`)));
    request.on("error", reject);
    request.end(bytes);
  });
}
