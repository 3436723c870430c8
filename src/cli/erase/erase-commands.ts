import { Option, type Command } from 'commander';
import type { Execute } from '../shell/execute.js';
import { userIdsOption, wholeOption } from '../shell/option-values.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of `erase`, checked. */
export interface EraseOptions {
  readonly user?: number;
  readonly deleted?: boolean;
  readonly preview?: boolean;
  readonly name?: string;
  readonly count?: number;
}

/** Adds the command that forgets persons. What it does is loaded when it is called. @param add makes a command, with `--json` */
export function registerEraseCommand(add: AddCommand, execute: Execute): void {
  add('erase', 'forget a person for good: nothing of the service leads to what happened to them afterwards; asks first')
    .option('--user <id>', 'this person', (text) => userIdsOption(text, undefined)[0])
    .addOption(new Option('--deleted', 'all persons whose account IBSafe deleted').conflicts('user'))
    .addOption(new Option('--preview', 'say what would be erased and what stays, and change nothing').conflicts(['name', 'count']))
    .addOption(new Option('--name <name>', 'the name of the account, or the number of a deleted one: do not ask').conflicts('deleted'))
    .addOption(
      new Option('--count <persons>', 'how many persons --deleted lists: do not ask')
        .argParser(wholeOption(0, 2_147_483_647))
        .conflicts('user'),
    )
    .action((options: EraseOptions & Json) => execute(options, async (shell) => (await import('./erase.js')).erase(shell, options)));
}
