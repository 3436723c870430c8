import type { Command } from 'commander';
import type { Execute } from '../shell/execute.js';
import { runIdArgument, userIdsOption } from '../shell/option-values.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of `archive verify`. */
export interface VerifyOptions {
  readonly alone?: boolean;
}

/** Options of `archive read`, checked. */
export interface ReadOptions {
  readonly run?: string;
  readonly user?: readonly number[];
}

/** Adds the commands on archives. What they do is loaded when one is called. @param add makes a subcommand of `archive`, with `--json` */
export function registerArchiveCommands(add: AddCommand, execute: Execute): void {
  add('verify', 'look at every line of an archive, and whether it is the one that the log tells of; 1 when it is damaged')
    .argument('<file>', 'path of the archive')
    .option('--alone', 'look at the file only, and at no database')
    .action((file: string, options: VerifyOptions & Json) =>
      execute(options, async (shell) => (await import('./archive.js')).archiveVerify(shell, file, options)),
    );
  add('read', 'print the events of an archive, one line of JSON each; 1 when it is damaged')
    .argument('<file>', 'path of the archive')
    .option('--run <id>', 'only events of this run', runIdArgument)
    .option('--user <id...>', 'only outcomes of these users', userIdsOption)
    .action((file: string, options: ReadOptions & Json) =>
      execute(options, async (shell) => (await import('./archive.js')).archiveRead(shell, file, options)),
    );
}
