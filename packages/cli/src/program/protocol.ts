/** What the child needs to run a program without an engine. */
export interface ProgramRequest {
  /** Folder of the Pulumi project. */
  readonly folder: string;
  /** The program, relative to the folder. */
  readonly main: string;
  readonly project: string;
  readonly stack: string;
  /** Plain configuration, `namespace:key` to its text. */
  readonly config: Readonly<Record<string, string>>;
  /** The day for which the law is asked. */
  readonly asOf: string;
  /** Also wanted: each resource as the engine would be told of it, and the stack's outputs. @default - names and inputs */
  readonly wire?: WireRequest;
}

/** What a program is told that is run for its resources as the engine would get them. */
export interface WireRequest {
  /** Keys of the configuration that are secret: their values stand in for what nobody reads. */
  readonly secretKeys: readonly string[];
  /** Outputs of other stacks, by every name under which a reference may ask for them. */
  readonly stacks: Readonly<Record<string, StackOutputs>>;
}

/** Outputs of a stack: those that are known, and the resources (URNs) on which each one depends. */
export interface StackOutputs {
  readonly values: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** A resource that the program registered. */
export interface CollectedResource {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** Logical name of the provider, where one was given. */
  readonly provider?: string;
  /** Plain inputs; what is not known without a cloud is absent. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A resource as the engine is told of it: what is not known or secret is marked in the engine's way. */
export interface WireResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** It is made by a provider; a component is not. */
  readonly custom: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  /** Reference to the provider: `<urn>::<id>`. */
  readonly provider?: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect?: true;
  /** It is only read: another stack, or nobody's, makes it. */
  readonly external?: true;
  /** The cloud's own id, where it is known. */
  readonly id?: string;
  /** Where the program asks for it. */
  readonly at?: SourceLine;
}

/** A line of a file. */
export interface SourceLine {
  /** Path of the file. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

export type ProgramReply =
  | {
      readonly ok: true;
      readonly resources: readonly CollectedResource[];
      /** As the engine would be told of them, where that was asked for. */
      readonly wire?: { readonly resources: readonly WireResource[]; readonly outputs: StackOutputs };
    }
  | {
      readonly ok: false;
      readonly message: string;
      readonly expected: boolean;
      /** Functions of a cloud that the program asked for, which nobody answers here. */
      readonly asked?: readonly string[];
    };
