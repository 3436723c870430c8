import type { Command } from 'commander';
import { KEEP_RANGE } from '../../domain/retention/retention.js';
import type { Execute } from '../shell/execute.js';
import { wholeOption } from '../shell/option-values.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of the commands on retention, checked. */
export interface RetentionOptions {
  readonly keep?: number;
}

/** Adds the commands on retention. What they do is loaded when one is called. @param add makes a subcommand of `retention`, with `--json` */
export function registerRetentionCommands(add: AddCommand, execute: Execute): void {
  const { least, most } = KEEP_RANGE;
  const months = `months to keep beside the one that goes on, ${least} to ${most} (default: RETENTION_KEEP_MONTHS)`;
  add('plan', 'list the months of the log, which of them would be let go, and what keeps one')
    .option('--keep <months>', months, wholeOption(least, most))
    .action((options: RetentionOptions & Json) =>
      execute(options, async (shell) => (await import('./retention.js')).retentionPlan(shell, options)),
    );
  add('run', 'archive each older month, read the archive back, and let the month go; 1 when something keeps one')
    .option('--keep <months>', months, wholeOption(least, most))
    .action((options: RetentionOptions & Json) =>
      execute(options, async (shell) => (await import('./retention.js')).retentionRun(shell, options)),
    );
}
