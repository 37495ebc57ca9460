import type { Problem } from "@kasbah/core";
import type { ReadDeclaration } from "@kasbah/platform/read";
import type { PlainResource } from "@kasbah/policy";
import type { SourceLine, StackOutputs } from "../../program/protocol.ts";

/** What can be checked: a program's folder, the output of a preview, the log of a run, an exported state. */
export type InputKind = "program" | "preview" | "events" | "state";

/** Where an entry of a file stands: an array, and its place in it. */
export interface Entry {
  readonly file: string;
  readonly array: string;
  readonly index: number;
}

/** A resource of an input, with what a report says beside. */
export interface ReadResource extends PlainResource {
  /** A component: it groups others, and no cloud has it. */
  readonly component?: true;
  /** It is only read: another stack, or nobody's, makes it. What is wrong with it is not this stack's. */
  readonly external?: true;
  /** Where the program asks for it, as far as that is told. */
  readonly at?: SourceLine;
  /** Where it stands in the file. */
  readonly entry?: Entry;
}

/** One stack as one input tells it. */
export interface StackInput {
  /** As the user named it. */
  readonly file: string;
  readonly kind: InputKind;
  /** `project/stack`, by the URNs. */
  readonly stack: string;
  readonly resources: readonly ReadResource[];
  /** Resources (URNs) that this input takes away: it is judged together with others of the same stack. */
  readonly gone: readonly string[];
  /** Whether it names every resource of the stack; a preview leaves out what does not change. */
  readonly whole: boolean;
  readonly outputs: StackOutputs;
  /** Values that are never shown. */
  readonly secrets: readonly string[];
  readonly declaration?: ReadDeclaration;
  /** URL of the engine's state backend, where the project names it. */
  readonly backend?: string;
  /** What a reader of the report should know of it. */
  readonly notes: readonly string[];
}

/** Everything that could be read, and everything that is wrong with the rest. */
export interface Read {
  readonly stacks: readonly StackInput[];
  readonly problems: readonly Problem[];
}

export const NO_OUTPUTS: StackOutputs = { values: {}, dependencies: {} };
