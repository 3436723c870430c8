/** What stops the bootstrap and an operator can put right: printed without a stack. `exitCode` is 1 unless a child gave another. */
export class BootstrapError extends Error {
  constructor(message, { exitCode = 1, cause } = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/** Runs a script's main function and leaves with its exit code; an expected failure is one line on stderr, anything else keeps its stack. */
export async function exitWith(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof BootstrapError ? `ibsafe-batch: ${error.message}` : error);
    process.exitCode = error instanceof BootstrapError ? error.exitCode : 1;
  }
}
