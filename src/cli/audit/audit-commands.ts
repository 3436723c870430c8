import { InvalidArgumentError, type Command } from 'commander';
import { parseLocalDate } from '../../domain/local-date.js';
import type { Execute } from '../shell/execute.js';
import { wholeOption } from '../shell/option-values.js';
import { say } from '../words/catalogue.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of `audit reads`, checked. */
export interface ReadsOptions {
  readonly user?: number;
  readonly caller?: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly most: number;
}

/** Adds the commands on the audit of reads. What they do is loaded when one is called. @param add makes a subcommand of `audit`, with `--json` */
export function registerAuditCommands(add: AddCommand, execute: Execute): void {
  add('reads', "list the reads of patients' data, newest first; a question about a patient is recorded too")
    .option('--user <id>', 'of this user', wholeOption(-2_147_483_648, 2_147_483_647))
    .option('--caller <name>', 'by this caller, such as key:night-watch')
    .option('--from <time>', 'then or later: a day or a time, such as 2026-03-01 or 2026-03-01T09:00Z', timeOption)
    .option('--to <time>', 'then or earlier', timeOption)
    .option('--most <reads>', 'how many, at most 10,000', wholeOption(1, 10_000), 100)
    .action((options: ReadsOptions & Json) => execute(options, async (shell) => (await import('./reads.js')).auditReads(shell, options)));
  add('gaps', 'list the times in which reads were answered and not recorded; mostly none').action((options: Json) =>
    execute(options, async (shell) => (await import('./reads.js')).auditGaps(shell)),
  );
  add('chain', "list the heads of the log's days, to be compared with the service log or the pings")
    .option('--month <month>', 'of the days of this month, such as 2026-03', monthOption)
    .action((options: { readonly month?: string } & Json) =>
      execute(options, async (shell) => (await import('./chain.js')).auditChain(shell, options)),
    );
}

/** @returns the first day of the month */
function monthOption(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError(say('expectMonth'));
  return `${text}-01`;
}

const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

function timeOption(text: string): Date {
  // Its day by the calendar: JavaScript makes the 2nd of March of the 30th of February.
  const time = TIME.test(text) && parseLocalDate(text.slice(0, 10)) !== undefined ? new Date(text) : undefined;
  if (time === undefined || Number.isNaN(time.getTime())) throw new InvalidArgumentError(say('expectTime'));
  return time;
}
