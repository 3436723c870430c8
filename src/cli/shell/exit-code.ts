import { say } from '../words/catalogue.js';

/** What a command's exit code tells a script. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line or the configuration cannot be used. */
  usage: 2,
  /** The run has ended, and some of its users failed. */
  failedUsers: 3,
  /** The run is paused, and the command was told to wait no longer than that. */
  paused: 4,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command cannot do what it was asked, for a reason that its message tells the operator in full. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.failed,
  ) {
    super(message);
  }
}

/** Ctrl-C or SIGTERM ended the work. What it did so far stands, or was undone. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** Whether it says what becomes of the work. */
  readonly tells: boolean;

  constructor(message?: string) {
    super(message ?? say('interrupted'));
    this.tells = message !== undefined;
  }
}
