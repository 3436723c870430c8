import { inWords } from '../../code-words.js';
import type { ScheduleRejection } from '../../domain/schedule/schedule-rejection.js';
import { CommandFailed, EXIT } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say, wordsOf } from '../words/catalogue.js';
import { spokenLanguage } from '../words/language.js';
import { refusalOf } from '../words/refusal.js';

/** Tells a refusal: 2 for options that cannot be used, 1 for a state of things. JSON has it on stdout too. */
export function refuse({ printJson }: Pick<Shell, 'printJson'>, { code, message, problems }: ScheduleRejection): never {
  const inEnglish = problems.map(({ field, found, expected }) => ({ field, found, expected })); // the same in every language
  printJson({ rejected: { code, message, ...(problems.length > 0 && { problems: inEnglish }) } });
  const isUsage = code === 'INVALID_SCHEDULE' || code === 'INVALID_REASON';
  throw new CommandFailed(
    refusalOf(code, problems.length > 0 ? problemsTold(problems, message) : message),
    isUsage ? EXIT.usage : EXIT.failed,
  );
}

/** Each wrong field in the language of this process; in English the service's own sentence. */
function problemsTold(problems: ScheduleRejection['problems'], message: string): string {
  const language = spokenLanguage();
  if (language === 'en') return message;
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
