import { InvalidArgumentError, Option, type Command } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import { ALERT_KINDS, type AlertKind } from '../../domain/alert/alert.js';
import type { Execute } from '../shell/execute.js';
import { say } from '../words/catalogue.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of `alert silence`, checked. */
export interface SilenceOptions {
  readonly kind: AlertKind;
  readonly subject?: string;
  /** ms. */
  readonly for: number;
  readonly reason: string;
}

/** Adds the commands on alerts. What they do is loaded when one is called. @param add makes a subcommand of `alert`, with `--json` */
export function registerAlertCommands(add: AddCommand, execute: Execute): void {
  add('list', 'list the open alerts and what keeps them from being sent')
    .option('--all', 'also the last hundred that are over')
    .action((options: { all?: boolean } & Json) =>
      execute(options, async (shell) => (await import('./alert.js')).alertList(shell, options)),
    );
  add('silence', 'record alerts of a kind and do not send them, for a while')
    .addOption(new Option('--kind <kind>', 'what is not to be told').choices(ALERT_KINDS).makeOptionMandatory())
    .option('--subject <id>', 'only about this run or schedule')
    .requiredOption('--for <time>', 'how long, such as 90m, 12h or 3d', spanOption)
    .requiredOption('--reason <text>', 'why, for the record (no personal data)')
    .action((options: SilenceOptions & Json) =>
      execute(options, async (shell) => (await import('./alert.js')).alertSilence(shell, options)),
    );
  add('end-silence', 'end a silence before its time; what it kept back and still goes on is sent')
    .argument('<id>', `its id, as "${asTyped('alert list')}" shows it`)
    .action((id: string, options: Json) => execute(options, async (shell) => (await import('./alert.js')).alertEndSilence(shell, id)));
  add('test', 'send a test message through each configured channel, and say what came back; 1 when one failed').action((options: Json) =>
    execute(options, async (shell) => (await import('./alert-test.js')).alertTest(shell)),
  );
}

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function spanOption(text: string): number {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError(say('expectSpan'));
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}
