import { isRejection } from '../../domain/rejection.js';
import { asTyped } from '../../base/as-typed.js';
import { previewSchedule, type PreviewQuestion, type UpcomingSlot } from '../../application/schedules/preview-schedule.js';
import { assertNever } from '../../domain/assert-never.js';
import type { ScheduleSettings } from '../../domain/schedule/schedule-settings.js';
import type { SlotNote } from '../../domain/slots/slot-notes.js';
import { withCore } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { localWords, settingsDocument, whenWords } from './schedule-document.js';
import { tableLines } from '../screen/table.js';
import type { Shell } from '../shell/shell.js';
import { inputOf, type SettingsOptions } from './schedule-options.js';
import { say, wordsOf } from '../words/catalogue.js';
import { inWords } from '../../words/code-words.js';
import type { ScheduleRejection } from '../../domain/schedule/schedule-rejection.js';
import { spokenLanguage } from '../words/language.js';
import { refusalOf } from '../words/refusal.js';

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

/** Tells a refusal: 2 for options that cannot be used, 1 for a state of things. JSON has it on stdout too. */
export function refuse({ printJson }: Pick<Shell, 'printJson'>, refusal: ScheduleRejection): never {
  const { code, message, problems } = refusal;
  const inEnglish = problems.map(({ field, found, expected }) => ({ field, found, expected })); // the same in every language
  printJson({ rejected: { code, message, ...(problems.length > 0 && { problems: inEnglish }) } });
  const isUsage = code === 'INVALID_SCHEDULE' || code === 'INVALID_REASON';
  const told = problems.length > 0 && spokenLanguage() !== 'en' ? `${problemsTold(problems)} (${code})` : refusalOf(refusal);
  throw new CommandFailed(told, isUsage ? EXIT.usage : EXIT.failed);
}

/** Each wrong field on a line, by the name that forms have for it. */
function problemsTold(problems: ScheduleRejection['problems']): string {
  const language = spokenLanguage();
  return problems
    .map(({ field, found, said }) =>
      say('fieldProblem', {
        field: wordsOf('ScheduleField', field)?.name ?? field,
        expected: inWords(said, language),
        found: foundIn(found),
      }),
    )
    .join('\n  ');
}

function foundIn(found: string): string {
  return found === 'nothing' ? say('foundNothing') : found;
}
