import { CommanderError } from 'commander';
import { buildProgram } from '../../src/cli/program.js';

/** Whether a command line is one of the CLI's, judged by its own parser; nothing is done. */
export async function isCommand(args: readonly string[]): Promise<boolean> {
  let called = false;
  const program = buildProgram(() => Promise.resolve(void (called = true)));
  program.configureOutput({ writeErr: () => undefined });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return called;
}
