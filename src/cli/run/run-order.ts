import type { LocalDate } from '../../domain/local-date.js';
import type { GeneratorName } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import { recordDateFor } from '../../domain/programs/record-date-for.js';
import { type RequestRun, USUAL_PROGRAM } from '../../domain/run/decide-request.js';
import type { AskMode } from '../../domain/run/ask-mode.js';
import type { OnExisting } from '../../domain/run/run-events.js';

/** Options of `run`, checked. */
export interface RunOptions {
  readonly program?: ProgramName;
  readonly date?: LocalDate;
  /** The day that the advice is for, instead of `date`. */
  readonly targetDate?: LocalDate;
  readonly user?: readonly number[];
  /** Names of accounts, to be looked up first (`withNamedUsers`). */
  readonly username?: readonly string[];
  readonly generator?: Lowercase<GeneratorName>;
  readonly mode?: Lowercase<AskMode>;
  readonly dryRun?: boolean;
  readonly shadow?: boolean;
  readonly wait?: boolean;
  readonly stopWhenPaused?: boolean;
  readonly reason?: string;
  readonly withoutSchedule?: string;
  readonly chunkSize?: number;
  readonly onExisting?: Lowercase<OnExisting>;
}

/** The options as an order. */
export function orderOf({ program, user, generator, mode, dryRun, shadow, ...options }: Omit<RunOptions, 'username'>): RequestRun {
  const { reason, withoutSchedule, chunkSize, onExisting, targetDate } = options;
  const date = targetDate === undefined ? options.date : recordDateFor(program ?? USUAL_PROGRAM, targetDate);
  return {
    trigger: 'MANUAL',
    ...(program !== undefined && { program }),
    ...(date !== undefined && { recordDate: date }),
    ...(user !== undefined && { userIds: user }),
    ...(generator !== undefined && { generator: generator.toUpperCase() as GeneratorName }),
    ...(mode !== undefined && { mode: mode.toUpperCase() as AskMode }),
    ...(dryRun !== undefined && { dryRun }),
    ...(shadow !== undefined && { shadow }),
    ...(reason !== undefined && { reason }),
    ...(withoutSchedule !== undefined && { withoutSchedule }),
    ...(chunkSize !== undefined && { chunkSize }),
    ...(onExisting !== undefined && { onExisting: onExisting.toUpperCase() as OnExisting }),
  };
}
