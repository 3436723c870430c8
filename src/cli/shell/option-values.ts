import { InvalidArgumentError, Option } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import { isUserId, isUuid } from '../../domain/ids.js';
import { parseLocalDate, type LocalDate } from '../../domain/local-date.js';
import { say } from '../words/catalogue.js';

/** A day, `YYYY-MM-DD`. */
export function dateOption(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (date === undefined) throw new InvalidArgumentError(say('expectDate'));
  return date;
}

/** `--target-date`: the other way to say which day, as the scripts of the batch before this one said it. */
export function targetDateOption(): Option {
  const text = 'the day that the advice is for, instead of --date: the day after the records, and for sleep the same day';
  return new Option('--target-date <date>', text).argParser(dateOption).conflicts('date');
}

/** What `--username` is for, wherever a command has `--user`. */
export const ONLY_NAMED = 'only these users, by the names of their accounts';

/** A whole number within a range. */
export function wholeOption(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(say('expectWhole', { least, most }));
    return value;
  };
}

/** Ids of users; the option may be given several times, or once with several ids. One below 0 is written `--user=-5`. */
export function userIdsOption(text: string, before: readonly number[] | undefined): number[] {
  const id = Number(text);
  if (!/^-?\d{1,10}$/.test(text) || !isUserId(id)) throw new InvalidArgumentError(say('expectUser'));
  return [...(before ?? []), id];
}

/** A run's id. */
export function runIdArgument(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError(say('expectRun', { status: asTyped('status') }));
  return text.toLowerCase();
}

/** What `--stop-when-paused` is for, wherever a command waits. */
export const STOP_WHEN_PAUSED = 'wait no longer than until the run is paused; 4 then';

/** What `--without-schedule` is for, wherever a command has it. */
export const WITHOUT_SCHEDULE = 'run although no schedule is active, and keep this reason in the log (no personal data)';
