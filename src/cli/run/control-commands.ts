import { InvalidArgumentError, Option, type Command } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import { ACTIVE_RUNS_RANGE } from '../../domain/backfill/decide-backfill.js';
import { isUuid } from '../../domain/ids.js';
import type { FailureCode, SkipReason } from '../../domain/outcome.js';
import { PROGRAMS } from '../../domain/program.js';
import { RETRIABLE_OUTCOMES, RETRY_REASONS, type RetriableOutcome } from '../../domain/run/decide-retry.js';
import type { BackfillOptions } from '../backfill/backfill.js';
import type { RetryOptions } from './retry.js';
import { dateOption, runIdArgument, wholeOption, STOP_WHEN_PAUSED, WITHOUT_SCHEDULE } from '../shell/option-values.js';
import type { Execute } from '../shell/execute.js';
import { say } from '../words/catalogue.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string, parent?: Command) => Command;
type Reason = { readonly reason?: string };

const WHY = 'why, for the record (no personal data)';
const ON_EXISTING = ['skip', 'regenerate'];

/** Adds the commands that stop, resume, repeat and extend runs. What they do is loaded when one is called. @param add makes a command, with `--json` */
export function registerControlCommands(add: AddCommand, execute: Execute): void {
  addControl(add, execute);
  addRetry(add, execute);
  addBackfill(add, execute);
}

function addControl(add: AddCommand, execute: Execute): void {
  add('cancel', 'end a run: each user without an outcome is recorded as cancelled')
    .argument('<runId>', 'id of the run', runIdArgument)
    .option('--reason <text>', WHY)
    .action((runId: string, options: Reason & Json) =>
      execute(options, async (shell) => (await import('./control.js')).cancel(shell, runId, options)),
    );
  add('pause', 'let nothing more of a run begin until it is resumed')
    .argument('<runId>', 'id of the run', runIdArgument)
    .requiredOption('--reason <text>', 'why, for operators that find it paused')
    .action((runId: string, options: Required<Reason> & Json) =>
      execute(options, async (shell) => (await import('./control.js')).pause(shell, runId, options)),
    );
  add('resume', 'let a paused run go on where it stopped')
    .argument('<runId>', 'id of the run', runIdArgument)
    .action((runId: string, options: Json) => execute(options, async (shell) => (await import('./control.js')).resume(shell, runId)));
}

function addRetry(add: AddCommand, execute: Execute): void {
  add('retry', 'repeat users of a run that has ended, as a new run linked to it: those that failed, unless told otherwise')
    .argument('<runId>', 'id of the run', runIdArgument)
    .option('--only <outcomes>', `users with one of these outcomes, with commas: ${words(RETRIABLE_OUTCOMES)}`, outcomesOption)
    .option('--reason <code...>', 'only users with one of these skip reasons or failure codes', reasonsOption)
    .addOption(new Option('--on-existing <what>', 'what to do where an intervention is there; as in the run').choices(ON_EXISTING))
    .option('--why <text>', WHY)
    .option('--without-schedule <reason>', WITHOUT_SCHEDULE)
    .option('--wait', 'wait for the end, and do the work here when no worker is alive; 3 when users failed')
    .option('--stop-when-paused', STOP_WHEN_PAUSED)
    .action((runId: string, options: RetryOptions & Json) =>
      execute(options, async (shell) => (await import('./retry.js')).retry(shell, runId, options)),
    );
}

function addBackfill(add: AddCommand, execute: Execute): void {
  const { least, most } = ACTIVE_RUNS_RANGE;
  const backfill = add('backfill', 'run the batch for each of several past days, a few runs at a time').enablePositionalOptions();
  backfill
    .option('--from <date>', 'the first day whose records are read, YYYY-MM-DD', dateOption)
    .option('--to <date>', 'the last one: yesterday or earlier, and at most 400 days in all', dateOption)
    .addOption(new Option('--program <program>', 'what is advised on (default: daily)').choices(PROGRAMS))
    .addOption(new Option('--order <order>', 'which days come first').choices(['oldest-first', 'newest-first']))
    .option('--max-active <runs>', `runs of it that may be active at once, ${least} to ${most} (default: 1)`, wholeOption(least, most))
    .addOption(new Option('--on-existing <what>', 'what to do where an intervention is there').choices(ON_EXISTING))
    .option('--reason <text>', WHY)
    .option('--without-schedule <reason>', WITHOUT_SCHEDULE)
    .option('--wait', 'wait for the end, and do the work here when no worker is alive; 3 when users failed')
    .option('--stop-when-paused', STOP_WHEN_PAUSED)
    .action((options: BackfillOptions & Json) =>
      execute(options, async (shell) => (await import('../backfill/backfill.js')).backfill(shell, options)),
    );
  add('cancel', 'start no more runs of a backfill, and cancel those that are active', backfill)
    .argument('<backfillId>', 'id of the backfill', backfillIdArgument)
    .option('--reason <text>', WHY)
    .action((backfillId: string, options: Reason & Json) =>
      execute(options, async (shell) => (await import('../backfill/backfill.js')).backfillCancel(shell, backfillId, options)),
    );
  add('list', 'list the last backfills, and how many of their days are done', backfill).action((options: Json) =>
    execute(options, async (shell) => (await import('../backfill/backfill.js')).backfillList(shell)),
  );
}

function outcomesOption(text: string): RetriableOutcome[] {
  return text.split(',').map((word) => {
    const outcome = RETRIABLE_OUTCOMES.find((known) => known === word.trim().toUpperCase());
    if (outcome === undefined) throw new InvalidArgumentError(say('expectOutcomes', { words: words(RETRIABLE_OUTCOMES) }));
    return outcome;
  });
}

function reasonsOption(text: string, before: readonly (SkipReason | FailureCode)[] | undefined): (SkipReason | FailureCode)[] {
  const reason = RETRY_REASONS.find((known) => known === text.toUpperCase());
  if (reason === undefined) throw new InvalidArgumentError(say('expectOneOf', { words: RETRY_REASONS.join(', ') }));
  return [...(before ?? []), reason];
}

function backfillIdArgument(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError(say('expectBackfill', { list: asTyped('backfill list') }));
  return text.toLowerCase();
}

function words(names: readonly string[]): string {
  return names.map((name) => name.toLowerCase()).join(', ');
}
