import { importSchedules, type ImportedRow, type ImportReport } from '../../application/schedules/import-schedules.js';
import { initSchedules } from '../../application/schedules/first-schedule.js';
import { jobStoreAnswers } from '../../application/schedules/schedule-status.js';
import { syncSchedules, type SyncReport } from '../../application/schedules/sync-schedules.js';
import { because } from '../../domain/refusals.js';
import { withCore } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { scheduleDocument } from './schedule-document.js';
import { count } from '../screen/figures.js';
import type { Shell } from '../shell/shell.js';
import { CLI_ACTOR } from './schedule-edit.js';
import { sentenceOf } from '../words/refusal.js';
import { say } from '../words/catalogue.js';

/** Makes the default schedule. */
export async function scheduleInit(shell: Shell, { force = false }: { readonly force?: boolean }): Promise<ExitCode> {
  return withCore(shell, 'any', async ({ deps }) => {
    const { created, deleted } = await initSchedules(deps, { force, actor: CLI_ACTOR });
    const now = deps.clock();
    if (created === null) throw new CommandFailed(say('schedulesThere'));
    for (const { settings, scheduleId } of deleted) shell.print(say('scheduleDeleted', { name: settings.name, schedule: scheduleId }));
    shell.print(say('scheduleCreated', { name: created.settings.name, schedule: created.scheduleId }));
    const documents = (schedules: typeof deleted): object[] => schedules.map((schedule) => scheduleDocument(schedule, now));
    shell.printJson({ created: scheduleDocument(created, now), deleted: documents(deleted) });
    return EXIT.done;
  });
}

/** Makes the job store hold what it should. */
export async function scheduleSync(shell: Shell): Promise<ExitCode> {
  return withCore(shell, 'existing', async ({ deps, jobs }) => {
    if (!(await jobStoreAnswers(deps))) throw new CommandFailed(`${jobs.kind}: ${sentenceOf(because('JOB_STORE_UNAVAILABLE'))}`);
    const report = await syncSchedules(deps);
    for (const line of syncLines(report)) shell.print(line);
    shell.printJson(report);
    return EXIT.done;
  });
}

function syncLines({ added, changed, removed }: SyncReport): string[] {
  const lines = [
    ...added.map((name) => say('jobAdded', { name })),
    ...changed.map((name) => say('jobChanged', { name })),
    ...removed.map((name) => say('jobRemoved', { name })),
  ];
  return lines.length === 0 ? [say('jobsInStep')] : lines;
}

/** Takes over IBSafe's own schedules. */
export async function scheduleImport(shell: Shell): Promise<ExitCode> {
  const report = await withCore(shell, 'existing', ({ deps }) => importSchedules(deps, CLI_ACTOR));
  if (report === undefined) throw new CommandFailed(say('noIbsafeSchedules'));
  for (const line of importLines(report)) shell.print(line);
  shell.printJson(importDocument(report));
  return report.refused.length === 0 ? EXIT.done : EXIT.failed;
}

/** The same in every language. */
function importDocument({ imported, known, refused }: ImportReport): object {
  return {
    imported: imported.map(rowDocument),
    known: known.map(rowDocument),
    refused: refused.map(({ ibsafeId, message }) => ({ ibsafeId: idDocument(ibsafeId), message })),
  };
}

function rowDocument({ ibsafeId, renumbered, ...rest }: ImportedRow): object {
  return { ibsafeId: idDocument(ibsafeId), ...rest, renumbered: renumbered?.text ?? null };
}

/** An id is a number where a number holds it. */
function idDocument(ibsafeId: string): number | string {
  return Number.isSafeInteger(Number(ibsafeId)) ? Number(ibsafeId) : ibsafeId;
}

function importLines({ imported, known, refused }: ImportReport): string[] {
  return [
    say('importCounts', { imported: count(imported.length), known: count(known.length), refused: count(refused.length) }),
    ...imported.map(({ ibsafeId, name, scheduleId }) => say('importedRow', { row: ibsafeId, name, schedule: scheduleId })),
    ...[...imported, ...known].flatMap(({ ibsafeId, renumbered }) =>
      renumbered === null ? [] : [say('renumberedRow', { row: ibsafeId, message: sentenceOf(renumbered) })],
    ),
    ...refused.map((each) => say('refusedRow', { row: each.ibsafeId, message: sentenceOf(each) })),
  ];
}
