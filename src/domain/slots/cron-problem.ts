import { readCron } from './cron.js';

const MAX_CHARACTERS = 100;
const FIVE_FIELDS = 'five fields: minute, hour, day of month, month, day of week (so at most once a minute)';

/** The fields in order: their words and ranges, and the characters that croner, cronstrue and Agenda's cron-parser read alike. */
const FIELDS = [
  { name: 'minute', range: '0 to 59', form: /^[\d*,/-]+$/ },
  { name: 'hour', range: '0 to 23', form: /^[\d*,/-]+$/ },
  { name: 'day of month', range: '1 to 31, or L for the last', form: /^(?:L|[\d*,/-]+)$/ },
  { name: 'month', range: '1 to 12, or JAN to DEC', form: /^[\dA-Z*,/-]+$/ },
  { name: 'day of week', range: '0 (Sunday) to 6, or SUN to SAT; 5#2 is the second Friday, 5L the last', form: /^(?!.*#L)[\dA-Z*,/#-]+$/ },
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
export function cronProblem(text: string): string | undefined {
  if (text.length > MAX_CHARACTERS) return `a cron of at most ${MAX_CHARACTERS} characters`;
  const fields = text.split(' ');
  if (fields.length !== FIELDS.length) return FIVE_FIELDS;
  const wrong = FIELDS.findIndex((field, index) => !field.form.test(fields[index] ?? '') || !isReadable(fields[index] ?? '', index));
  const field = FIELDS[wrong];
  if (field !== undefined) return `a ${field.name} of ${field.range}, with lists (1,2), ranges (1-5) and steps (*/15)`;
  return readCron(text).next(SEARCH_FROM) === undefined ? 'a cron that is due some day' : undefined;
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
