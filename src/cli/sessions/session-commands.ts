import type { Command } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import type { Execute } from '../shell/execute.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of `session list`. */
export interface SessionListOptions {
  readonly ended?: boolean;
}

/** Adds the commands on sessions. What they do is loaded when one is called. @param add makes a subcommand of `session`, with `--json` */
export function registerSessionCommands(add: AddCommand, execute: Execute): void {
  add('list', 'list the browsers that are signed in, newest first')
    .option('--ended', 'also those that are over: the actor, the time and the way of signing in')
    .action((options: SessionListOptions & Json) =>
      execute(options, async (shell) => (await import('./session.js')).sessionList(shell, options)),
    );
  add('revoke', 'end a session, or all of an actor; it stops working within ten seconds, and connections that it opened are closed')
    .argument('<session>', `its id, or an actor such as "key:night-watch", as "${asTyped('session list')}" shows them`)
    .action((session: string, options: Json) =>
      execute(options, async (shell) => (await import('./session.js')).sessionRevoke(shell, session)),
    );
}
