/** What the `kasbah` command ends with. */
export const EXIT = { done: 0, refused: 1, badInput: 2, missingTool: 3, engineOrCloud: 4 } as const;

/** One of the five ends of the `kasbah` command. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error that the user can act upon: its message is shown as it is, without a stack, and it chooses the exit code. */
export class UserError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UserError";
    this.exitCode = exitCode;
  }
}
