import type { ScheduleRejection } from '../../domain/schedule/schedule-rejection.js';
import { CommandFailed, EXIT } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { refusalOf } from '../words/refusal.js';

/** Tells a refusal: 2 for options that cannot be used, 1 for a state of things. JSON has it on stdout too. */
export function refuse({ printJson }: Pick<Shell, 'printJson'>, { code, message, problems }: ScheduleRejection): never {
  printJson({ rejected: { code, message, ...(problems.length > 0 && { problems }) } });
  const isUsage = code === 'INVALID_SCHEDULE' || code === 'INVALID_REASON';
  throw new CommandFailed(refusalOf(code, message), isUsage ? EXIT.usage : EXIT.failed);
}
