import type { Command } from 'commander';
import type { Execute } from '../shell/execute.js';
import { dateOption, wholeOption } from '../shell/option-values.js';
import type { DemoHistoryOptions } from './demo-history.js';
import type { DemoLoadOptions } from './demo-load.js';

type AddCommand = (name: string, description: string) => Command;
type Json = { readonly json?: boolean };

/** Adds the commands of invented data. What they do is loaded when one is called. @param add makes a subcommand of `demo`, with `--json` */
export function registerDemoCommands(add: AddCommand, execute: Execute): void {
  add('history', "invent the nights before the demo's last day: runs, failures, pauses. Only for demo patients with an empty log")
    .option('--nights <number>', 'nights, 1 to 60 (default: as many as the records allow)', wholeOption(1, 60))
    .action((options: DemoHistoryOptions & Json) =>
      execute(options, async (shell) => (await import('./demo-history.js')).demoHistory(shell, options)),
    );
  add('load', 'fill an empty database with demo patients; the same values make the same rows')
    .option('--users <number>', 'patients, 1 to 1,000,000 (default: DEMO_USERS)', wholeOption(1, 1_000_000))
    .option('--days <number>', 'days of records, 1 to 400 (default: DEMO_DAYS)', wholeOption(1, 400))
    .option('--seed <number>', 'seed of the random numbers (default: DEMO_SEED)', wholeOption(0, 4_294_967_295))
    .option('--until <date>', 'last day with records (default: yesterday in BATCH_TIME_ZONE)', dateOption)
    .action((options: DemoLoadOptions & Json) =>
      execute(options, async (shell) => (await import('./demo-load.js')).demoLoad(shell, options)),
    );
}
