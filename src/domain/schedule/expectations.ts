import { sentencesOf } from '../said.js';

const LISTS = 'with lists (1,2), ranges (1-5) and steps (*/15)';

/** What the fields of a schedule are expected to hold. In Korean: `data/codes`, group `Expected`. */
export const EXPECTATIONS = sentencesOf('Expected', {
  CHARACTERS: '1 to {most} characters on one line',
  ONE_OF: 'one of {words}',
  WHOLE_NUMBER: 'a whole number from {least} to {most}',
  DAY_OF_WEEK: 'a whole number from {least} to {most} (0 is Sunday)',
  TIME_ZONE: 'an IANA time zone such as Asia/Seoul',
  TRUE_OR_FALSE: 'true or false',
  TIME_OF_DAY: 'a time of day such as 09:30, or none',
  TIME_AFTER_SLOT: 'a time after the slot at {slot}, or none',
  CRON_TEXT: 'five cron fields as text',
  CRON_MISSING: 'five cron fields for frequency CRON',
  NO_CRON: 'no cron unless frequency is CRON',
  CRON_LENGTH: 'a cron of at most {most} characters',
  CRON_FIELDS: 'five fields: minute, hour, day of month, month, day of week (so at most once a minute)',
  CRON_MINUTE: `a minute of 0 to 59, ${LISTS}`,
  CRON_HOUR: `an hour of 0 to 23, ${LISTS}`,
  CRON_DAY_OF_MONTH: `a day of month of 1 to 31, or L for the last, ${LISTS}`,
  CRON_MONTH: `a month of 1 to 12, or JAN to DEC, ${LISTS}`,
  CRON_DAY_OF_WEEK: `a day of week of 0 (Sunday) to 6, or SUN to SAT; 5#2 is the second Friday, 5L the last, ${LISTS}`,
  CRON_NEVER_DUE: 'a cron that is due some day',
});

/** What was expected, in English and as a code. */
export const expecting = EXPECTATIONS.tell;
