/** What stops the bootstrap and an operator can put right: printed without a stack. `exitCode` is 1 unless a child gave another. */
export class BootstrapError extends Error {
  constructor(message, { exitCode = 1, cause } = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/** What a full disk asks for: Node, packages, the console, a database, and npm's cache of 400 MB. */
export const FREE_ROOM = 'free about 1.5 GB, then start again';

// What the system refuses and an operator can put right.
const REFUSALS = {
  ENOSPC: `the disk is full: ${FREE_ROOM}`,
  EDQUOT: `the quota of this user is used up: ${FREE_ROOM}`,
  EROFS: 'the disk takes no writes',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
};

/** A failure of the system in words for an operator; undefined for any other error, which is a bug. */
export function refusal(error) {
  if (error?.syscall === 'uv_cwd') return 'the working folder is gone: go to another one (cd), then start again';
  return REFUSALS[error?.code] && `${REFUSALS[error.code]} (${error.message})`;
}

/** Runs a script's main function and leaves with its exit code; an expected failure is one line on stderr, anything else keeps its stack. */
export async function exitWith(main) {
  // The reader of what is said may go (`npm start | head`): what is done goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  try {
    process.exitCode = await main();
  } catch (error) {
    const sentence = error instanceof BootstrapError ? error.message : refusal(error);
    console.error(sentence === undefined ? error : `ibsafe-batch: ${sentence}`);
    process.exitCode = error instanceof BootstrapError ? error.exitCode : 1;
  }
}
