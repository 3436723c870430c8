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

/** From the best to the worst: a run that is paused can still be resumed, one that failed cannot. */
const BY_HARM: readonly ExitCode[] = [EXIT.done, EXIT.failedUsers, EXIT.paused, EXIT.failed, EXIT.usage];

/** What a command tells that saw several things through: the worst of them. The numbers themselves say nothing of that. */
export function worseOf(one: ExitCode, other: ExitCode): ExitCode {
  return BY_HARM.indexOf(other) > BY_HARM.indexOf(one) ? other : one;
}

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
