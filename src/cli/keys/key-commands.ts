import { InvalidArgumentError, Option, type Command } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import { KEY_NAME } from '../../identity/api-key-store.js';
import { ROLES, type Role } from '../../identity/role.js';
import type { Execute } from '../shell/execute.js';
import { say } from '../words/catalogue.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of `key create`, checked. */
export interface KeyCreateOptions {
  readonly name: string;
  readonly role: Role;
}

/** Adds the commands on API keys. What they do is loaded when one is called. @param add makes a subcommand of `key`, with `--json` */
export function registerKeyCommands(add: AddCommand, execute: Execute): void {
  add('create', 'make an API key and show it, this once')
    .requiredOption('--name <name>', 'what it is for (no personal data); stands in the log as the actor', keyNameOption)
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
    .action((options: KeyCreateOptions & Json) => execute(options, async (shell) => (await import('./key.js')).keyCreate(shell, options)));
  add('list', 'list the keys, also those revoked').action((options: Json) =>
    execute(options, async (shell) => (await import('./key.js')).keyList(shell)),
  );
  add('revoke', 'revoke a key; it stops working within ten seconds, and connections that it opened are closed')
    .argument('<key>', `its name or its prefix, as "${asTyped('key list')}" shows them`)
    .action((key: string, options: Json) => execute(options, async (shell) => (await import('./key.js')).keyRevoke(shell, key)));
}

function keyNameOption(text: string): string {
  if (!KEY_NAME.test(text)) {
    throw new InvalidArgumentError(say('expectKeyName'));
  }
  return text;
}
