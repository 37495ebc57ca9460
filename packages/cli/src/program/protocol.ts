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

export type ProgramReply =
  | { readonly ok: true; readonly resources: readonly CollectedResource[] }
  | { readonly ok: false; readonly message: string; readonly expected: boolean };
