import { isRejection } from '../../domain/rejection.js';
import { asTyped } from '../../as-typed.js';
import { previewSchedule, type PreviewQuestion, type UpcomingSlot } from '../../application/schedules/preview-schedule.js';
import { assertNever } from '../../domain/assert-never.js';
import type { ScheduleSettings } from '../../domain/schedule/schedule-settings.js';
import type { SlotNote } from '../../domain/slots/slot-notes.js';
import { withCore } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { localWords, settingsDocument, whenWords } from './schedule-document.js';
import { refuse } from './schedule-refusal.js';
import { tableLines } from '../screen/table.js';
import type { Shell } from '../shell/shell.js';
import { inputOf, type SettingsOptions } from './schedule-options.js';
import { say } from '../words/catalogue.js';

/** Shows when a schedule would come due. A new one needs no database for that. */
export async function schedulePreview(
  shell: Shell,
  id: string | undefined,
  options: SettingsOptions & { readonly count: number },
): Promise<ExitCode> {
  const question: PreviewQuestion = { input: inputOf(options), count: options.count, now: new Date() };
  const preview = previewSchedule(id === undefined ? question : { ...question, before: await settingsOf(shell, id) });
  if (isRejection(preview)) return refuse(shell, preview);
  const { settings, slots } = preview;
  shell.print(whenWords(settings));
  for (const line of tableLines(say('slotHeads').split('|'), slots.map(rowOf))) shell.print(line);
  shell.printJson({ settings: settingsDocument(settings), slots });
  return EXIT.done;
}

async function settingsOf(shell: Shell, id: string): Promise<ScheduleSettings> {
  const schedules = await withCore(shell, 'existing', ({ deps }) => deps.transaction((tx) => tx.schedules.all()));
  const found = schedules.find(({ scheduleId }) => scheduleId === id);
  if (found === undefined) throw new CommandFailed(say('noSuchSchedule', { schedule: id, list: asTyped('schedule list') }));
  return found.settings;
}

function rowOf(slot: UpcomingSlot): readonly string[] {
  return [localWords(slot), `${slot.at.toISOString().slice(0, 16)}Z`, slot.notes.map(noteWords).join('; ')];
}

function noteWords({ code, nominalTime }: SlotNote): string {
  const time = nominalTime.slice(11);
  switch (code) {
    case 'DST_GAP':
      return say('clocksSkip', { time });
    case 'DST_REPEATED':
      return say('clocksRepeat', { time });
    default:
      return assertNever(code);
  }
}
