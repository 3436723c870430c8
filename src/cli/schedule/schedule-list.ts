import { asTyped } from '../../as-typed.js';
import type { Schedule } from '../../domain/schedule/schedule.js';
import { withCore } from '../database/command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { localWords, nextSlotOf, scheduleDocument, whenWords } from './schedule-document.js';
import { tableLines } from '../screen/table.js';
import type { Shell } from '../shell/shell.js';

const HEADS = ['STATUS', 'NAME', 'WHEN', 'NEXT', 'VERSION', 'ID'] as const;

/** Lists the schedules, oldest first. */
export async function scheduleList(shell: Shell): Promise<ExitCode> {
  const { schedules, now } = await withCore(shell, 'existing', ({ deps }) =>
    deps.transaction(async (tx) => ({ schedules: await tx.schedules.all(), now: await tx.now() })),
  );
  if (schedules.length === 0) shell.print(`No schedules, so nothing runs by itself: "${asTyped('schedule init')}" makes the default one.`);
  else for (const line of tableLines(HEADS, schedules.map((schedule) => rowOf(schedule, now)))) shell.print(line); // prettier-ignore
  shell.printJson({ schedules: schedules.map((schedule) => scheduleDocument(schedule, now)) });
  return EXIT.done;
}

function rowOf(schedule: Schedule, now: Date): readonly string[] {
  const next = nextSlotOf(schedule, now);
  const { scheduleId, settings, status, settingsVersion } = schedule;
  return [
    status.toLowerCase(),
    settings.name,
    whenWords(settings),
    next === undefined ? '-' : localWords(next),
    String(settingsVersion),
    scheduleId,
  ];
}
