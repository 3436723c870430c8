import type { Told } from '../said.js';
import { expecting } from '../schedule/expectations.js';
import { readCron } from './cron.js';

const MAX_CHARACTERS = 100;

/** The fields in order: what is expected of each, and the characters that croner, cronstrue and Agenda's cron-parser read alike. */
const FIELDS = [
  { expected: 'CRON_MINUTE', form: /^[\d*,/-]+$/ },
  { expected: 'CRON_HOUR', form: /^[\d*,/-]+$/ },
  { expected: 'CRON_DAY_OF_MONTH', form: /^(?:L|[\d*,/-]+)$/ },
  { expected: 'CRON_MONTH', form: /^[\dA-Z*,/-]+$/ },
  { expected: 'CRON_DAY_OF_WEEK', form: /^(?!.*#L)[\dA-Z*,/#-]+$/ },
] as const;

/** Some day to search from: without a year among the fields, what is due once is due again within 400 years (the Gregorian calendar's period). */
const SEARCH_FROM = Date.UTC(2000, 0, 1);

/** A cron text in its one written form: single spaces, capital names. Still to be judged by `cronProblem`. */
export function normalCron(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toUpperCase();
}

/**
 * What is expected of a (normal) cron text that it does not meet, undefined when it will do. Refused are: other than five fields (a sixth would
 * be seconds), a field out of its range, and a text that is never due (30 February).
 */
export function cronProblem(text: string): Told | undefined {
  if (text.length > MAX_CHARACTERS) return expecting('CRON_LENGTH', { most: MAX_CHARACTERS });
  const fields = text.split(' ');
  if (fields.length !== FIELDS.length) return expecting('CRON_FIELDS');
  const wrong = FIELDS.findIndex((field, index) => !field.form.test(fields[index] ?? '') || !isReadable(fields[index] ?? '', index));
  const field = FIELDS[wrong];
  if (field !== undefined) return expecting(field.expected);
  return readCron(text).next(SEARCH_FROM) === undefined ? expecting('CRON_NEVER_DUE') : undefined;
}

/** Whether croner can read a field alone, every other one being `*`: its own messages count months and days from 0. */
function isReadable(field: string, index: number): boolean {
  try {
    readCron(FIELDS.map((_, at) => (at === index ? field : '*')).join(' '));
    return true;
  } catch {
    return false;
  }
}
