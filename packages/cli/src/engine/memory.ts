import type { Output } from "./run.ts";

/** Keeps what the engine says in memory: for what is read by a program, or must not be seen. */
export class Memory implements Output {
  #text = "";

  write(text: string): void {
    this.#text += text;
  }

  get text(): string {
    return this.#text;
  }
}
