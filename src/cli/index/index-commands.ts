import type { Command } from 'commander';
import type { Execute } from '../shell/execute.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of `index create`. */
export interface IndexCreateOptions {
  readonly yes?: boolean;
}

/** Adds the commands on the indexes of IBSafe's tables. What they do is loaded when one is called. @param add makes a subcommand of `index`, with `--json` */
export function registerIndexCommands(add: AddCommand, execute: Execute): void {
  add('check', "tell which index a run's reads lack, and what it would cost and gain on this database; changes nothing").action(
    (options: Json) => execute(options, async (shell) => (await import('./index-check.js')).indexCheck(shell)),
  );
  add('create', 'make what is lacking, while reading and writing go on; asks first')
    .option('--yes', 'do not ask')
    .action((options: IndexCreateOptions & Json) =>
      execute(options, async (shell) => (await import('./index-create.js')).indexCreate(shell, options)),
    );
}
