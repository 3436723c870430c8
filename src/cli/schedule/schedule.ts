import type { Command } from 'commander';
import { PREVIEW_COUNT } from '../../application/schedules/preview-schedule.js';
import { wholeOption } from '../shell/option-values.js';
import type { Execute } from '../shell/execute.js';
import type { EditOptions } from './schedule-edit.js';
import { scheduleIdArgument, withSettings, type SettingsOptions } from './schedule-options.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Adds the commands on schedules. What they do is loaded when one is called. @param add makes a subcommand of `schedule`, with `--json` */
export function registerScheduleCommands(add: AddCommand, execute: Execute): void {
  addReads(add, execute);
  addEdits(add, execute);
  addQueue(add, execute);
  addUpkeep(add, execute);
}

function addReads(add: AddCommand, execute: Execute): void {
  add('list', 'list the schedules with their next times').action((options: Json) =>
    execute(options, async (shell) => (await import('./schedule-list.js')).scheduleList(shell)),
  );
  const { least, most } = PREVIEW_COUNT;
  withSettings(add('preview', 'show when a schedule would come due, with notes on daylight saving; nothing is saved'))
    .argument('[id]', 'a schedule whose settings the options change; a new one without', scheduleIdArgument)
    .option('--count <slots>', `how many, ${least} to ${most}`, wholeOption(least, most), 10)
    .action((id: string | undefined, options: SettingsOptions & { readonly count: number } & Json) =>
      execute(options, async (shell) => (await import('./schedule-preview.js')).schedulePreview(shell, id, options)),
    );
  add('status', 'count schedules and jobs, and tell where they differ; 1 when they do, or the job store does not answer').action(
    (options: Json) => execute(options, async (shell) => (await import('./schedule-status.js')).scheduleStatusCommand(shell)),
  );
}

function addEdits(add: AddCommand, execute: Execute): void {
  withSettings(add('create', 'make a schedule: a name, a frequency and a time at least')).action((options: SettingsOptions & Json) =>
    execute(options, async (shell) => (await import('./schedule-edit.js')).scheduleCreate(shell, options)),
  );
  withVersion(withSettings(add('update', 'change what the options name, and nothing else'))).action(
    (id: string, options: SettingsOptions & EditOptions & Json) =>
      execute(options, async (shell) => (await import('./schedule-edit.js')).scheduleUpdate(shell, id, options)),
  );
  withVersion(add('delete', 'delete a schedule for good; its log stays')).action((id: string, options: EditOptions & Json) =>
    execute(options, async (shell) => (await import('./schedule-edit.js')).scheduleDelete(shell, id, options)),
  );
  withVersion(add('pause', 'let nothing come due until it is resumed'))
    .requiredOption('--reason <text>', 'why, for operators that find it paused')
    .action((id: string, options: EditOptions & { readonly reason: string } & Json) =>
      execute(options, async (shell) => (await import('./schedule-edit.js')).schedulePause(shell, id, options)),
    );
  withVersion(add('resume', 'let it come due again; what was missed while it was paused is not made up for')).action(
    (id: string, options: EditOptions & Json) =>
      execute(options, async (shell) => (await import('./schedule-edit.js')).scheduleResume(shell, id, options)),
  );
}

function addQueue(add: AddCommand, execute: Execute): void {
  add('cancel-queued', 'cancel every run of a schedule that has not begun, also of a paused or deleted one')
    .argument('<id>', 'id of the schedule', scheduleIdArgument)
    .option('--reason <text>', 'why, for the record (no personal data)')
    .action((id: string, options: { readonly reason?: string } & Json) =>
      execute(options, async (shell) => (await import('./schedule-queue.js')).scheduleCancelQueued(shell, id, options)),
    );
}

function withVersion(command: Command): Command {
  return command
    .argument('<id>', 'id of the schedule', scheduleIdArgument)
    .option('--expected-version <version>', 'the version you saw: refuse when it was changed since', wholeOption(1, 2_147_483_647));
}

function addUpkeep(add: AddCommand, execute: Execute): void {
  add('init', 'make the default schedule, every day at 09:00 in Seoul, where there is none; 1 when there are some')
    .option('--force', 'delete every schedule first')
    .action((options: { readonly force?: boolean } & Json) =>
      execute(options, async (shell) => (await import('./schedule-upkeep.js')).scheduleInit(shell, options)),
    );
  add('sync', 'make the job store hold one job per schedule, that of a paused one disabled; what is right is left alone').action(
    (options: Json) => execute(options, async (shell) => (await import('./schedule-upkeep.js')).scheduleSync(shell)),
  );
  add('import', "take over IBSafe's own schedules, each row once; 1 when a row cannot be taken").action((options: Json) =>
    execute(options, async (shell) => (await import('./schedule-upkeep.js')).scheduleImport(shell)),
  );
}
