import { sentencesOf } from '../domain/said.js';

/** What is wrong with an argument: a value of the client is told as a number, never as a text. In Korean: `data/codes`, group `BadInput`. */
export const BAD_INPUTS = sentencesOf('BadInput', {
  /** Said of a value that a scalar of the schema refuses. */
  DAY: 'A day must be one of the calendar, of the years 1900 to 9999, found another. Choose another day.',
  /** Said of any other variable that is not of its type. */
  VARIABLE: '`{field}` has a value that cannot be used. Correct it.',
  FIRST: '`first` must be from 1 to {most}, found {found}. Ask for a page at a time and go on with `after`.',
  CURSOR_OF_LIST: '`after` must be a cursor of this list, found another text. Pass the `endCursor` of its page before.',
  CURSOR_OF_EVENT: '`after` must be the cursor of an event, found another text. Pass the `endCursor` of the page before.',
  CURSOR_TO_FOLLOW: '`after` must be the cursor of an event, found another text. Leave it out to begin at the beginning.',
  COUNT: '`count` must be {expected}, found {found}. Ask for fewer; every next one follows from the cadence.',
  DAYS: '`from` to `to` must span {least} to {most} days, found {found}. Choose other days.',
  TIMES: '`from` to `to` must span 0 to {most} days, found {found}. Choose other times.',
  YEARS: '`from` and `to` must lie in the years 1970 to 9998, found another. Choose other times.',
  RUNS_OF_DAYS:
    'The days from `from` to `to` may have {most} runs together, found {found}. Choose fewer days, or list the runs of one with `runs`.',
  GUBUN: '`gubun` must be one of {words}, found another text. Leave it out for all of them.',
  MONTHS: '`keep` must be {least} to {most} months, found {found}. Name another number.',
  ID_OR_NAME: '`patient` takes either `id` or `userName`, found both or neither. Give one of them.',
  WORDS: 'Each of `{field}` must be one of {words}, found another text. Correct or remove it.',
  RUN_UNNAMED: 'Outcomes and events of chunks are shown of one run at a time, found no `runId`. Name the run.',
  VALUES: '`{field}` takes at most {most} values, found {found}. Ask for some of them at a time.',
  MONTH: '`month` must be written `YYYY-MM`, such as 2026-03, found another text.',
  RECALL_WHAT:
    '`input` names exactly one of `dish`, `point` and `promptVersion`, and `wording` with `point` alone, found otherwise. Name one thing.',
  ROW: '`row` is the id of a row of the sample, found another text. Copy it from `reviewSample`.',
  SEARCH: '`search` takes at most {most} characters, found more. Look for a shorter text.',
  SUBJECT: '`subject` is the id of a run or of a schedule, or `service`, found another text. Copy it from the alert.',
});
