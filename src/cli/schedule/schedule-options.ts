import { InvalidArgumentError, type Command } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import { isUuid } from '../../domain/ids.js';
import { GENERATORS } from '../../domain/outcome.js';
import { PROGRAMS } from '../../domain/program.js';
import { FREQUENCIES } from '../../domain/schedule/cadence.js';
import type { ScheduleInput } from '../../domain/schedule/parse-schedule-input.js';
import { CATCH_UP_POLICIES, OVERLAP_POLICIES } from '../../domain/schedule/schedule-settings.js';
import { wholeOption } from '../shell/option-values.js';
import { say } from '../words/catalogue.js';

/** The settings as options, checked one by one. What they come to together, the domain judges. */
export interface SettingsOptions {
  readonly name?: string;
  readonly frequency?: string;
  readonly hour?: number;
  readonly minute?: number;
  readonly dayOfWeek?: number;
  readonly dayOfMonth?: number;
  readonly cron?: string;
  readonly timeZone?: string;
  readonly program?: string;
  readonly generator?: string;
  readonly catchUp?: string;
  readonly catchUpWindow?: number;
  readonly overlap?: string;
  readonly readyBy?: string;
  readonly inactive?: boolean;
}

/** The service's own default, as a word for `--generator`. */
const DEFAULT = 'default';

/** No time, as a word for `--ready-by`. */
const NONE = 'none';

/** Adds an option for each setting. */
export function withSettings(command: Command): Command {
  return command
    .option('--name <text>', '1 to 100 characters on one line')
    .option('--frequency <how often>', 'daily, weekly, monthly or cron', wordOption(FREQUENCIES))
    .option('--hour <hour>', '0 to 23', wholeOption(0, 23))
    .option('--minute <minute>', '0 to 59', wholeOption(0, 59))
    .option('--day-of-week <day>', 'for weekly: 0 (Sunday, the default) to 6', wholeOption(0, 6))
    .option('--day-of-month <day>', 'for monthly: 1 (the default) to 31, in a shorter month its last day', wholeOption(1, 31))
    .option('--cron <fields>', 'for cron: minute, hour, day of month, month and day of week, in quotes')
    .option('--time-zone <name>', 'IANA name (default: Asia/Seoul)')
    .option('--program <program>', 'daily (the default) or sleep', wordOption(PROGRAMS))
    .option('--generator <generator>', `rules, llm or ${DEFAULT}, which is the service's own`, wordOption([...GENERATORS, DEFAULT]))
    .option('--catch-up <policy>', 'what to do about missed slots: skip, latest (the default) or all', wordOption(CATCH_UP_POLICIES))
    .option('--catch-up-window <hours>', 'how old a missed slot may be: 1 to 720 hours (default: 24)', wholeOption(1, 720))
    .option('--overlap <policy>', 'while a run is active: skip (the default), queue or allow', wordOption(OVERLAP_POLICIES))
    .option('--ready-by <time>', `by when advice is to be there: HH:MM after the slot, on the day it is for, or ${NONE} (the default)`)
    .option('--inactive', 'nothing comes due until it is resumed');
}

/** The options as the domain's input. */
export function inputOf(options: SettingsOptions): ScheduleInput {
  const { name, frequency, hour, minute, dayOfWeek, dayOfMonth, cron, timeZone, program, generator, overlap } = options;
  const catchUp = {
    ...(options.catchUp && { policy: options.catchUp }),
    ...(options.catchUpWindow && { windowHours: options.catchUpWindow }),
  };
  return {
    name,
    frequency,
    hour,
    minute,
    dayOfWeek,
    dayOfMonth,
    cron,
    timeZone,
    program,
    overlap,
    ...(generator !== undefined && { generator: generator === DEFAULT ? null : generator }),
    ...(options.readyBy !== undefined && { readyBy: options.readyBy === NONE ? null : options.readyBy }),
    ...(Object.keys(catchUp).length > 0 && { catchUp }),
    ...(options.inactive === true && { active: false }),
  };
}

/** Whether any setting was given. */
export function givesSettings(options: SettingsOptions): boolean {
  return Object.values(inputOf(options)).some((value) => value !== undefined);
}

/** A schedule's id. */
export function scheduleIdArgument(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError(say('expectSchedule', { list: asTyped('schedule list') }));
  return text.toLowerCase();
}

/** One of several words, in capitals or not. */
function wordOption(words: readonly string[]): (text: string) => string {
  return (text) => {
    const word = words.find((each) => each.toLowerCase() === text.toLowerCase());
    if (word === undefined) throw new InvalidArgumentError(say('expectOneOf', { words: words.join(', ').toLowerCase() }));
    return word;
  };
}
