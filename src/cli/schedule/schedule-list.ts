import { asTyped } from '../../base/as-typed.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import { ScheduleQueries } from '../../projections/queries/schedule-queries.js';
import { withCore } from '../database/command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { localWords, nextSlotOf, scheduleDocument, whenWords } from './schedule-document.js';
import { tableLines } from '../screen/table.js';
import type { Shell } from '../shell/shell.js';
import { nameOf, say } from '../words/catalogue.js';
import { spokenLanguage } from '../words/language.js';

/** Lists the schedules, oldest first. */
export async function scheduleList(shell: Shell): Promise<ExitCode> {
  const { schedules, now, numbers } = await withCore(shell, 'existing', async ({ deps, orm }) => {
    const found = await deps.transaction(async (tx) => ({ schedules: await tx.schedules.all(), now: await tx.now() }));
    const numbered = await new ScheduleQueries(orm.em.fork()).numbers(found.schedules.map(({ scheduleId }) => scheduleId));
    return { ...found, numbers: new Map(numbered.map(({ scheduleId, number }) => [scheduleId, number])) };
  });
  if (schedules.length === 0) shell.print(say('noSchedules', { init: asTyped('schedule init') }));
  else for (const line of tableLines(say('scheduleHeads').split('|'), schedules.map((schedule) => rowOf(schedule, { now, number: numbers.get(schedule.scheduleId) })))) shell.print(line); // prettier-ignore
  shell.printJson({
    schedules: schedules.map((schedule) => ({ ...scheduleDocument(schedule, now), number: numbers.get(schedule.scheduleId) })),
  });
  return EXIT.done;
}

function rowOf(schedule: Schedule, { now, number }: { readonly now: Date; readonly number: number | undefined }): readonly string[] {
  const next = nextSlotOf(schedule, now);
  const { scheduleId, settings, status, settingsVersion } = schedule;
  return [
    spokenLanguage() === 'en' ? status.toLowerCase() : nameOf('ScheduleStatus', status),
    settings.name,
    whenWords(settings),
    next === undefined ? '-' : localWords(next),
    String(settingsVersion),
    String(number),
    scheduleId,
  ];
}
