import { JSON_DEPTH } from './believed.js';

/** A text with something in it beside white space; a class and no escape, since what `\S` means in a literal hangs on a setting of the server. */
const SAID = `'[^[:space:]]'`;

/**
 * The condition that a row of `ibsafe_interventionrecord` is advice: the one answer wherever it is asked whether a user has some. The batch before this one
 * left a row with an `error_message` and empty advice where it failed (IBSAFE.md, 4.4 and 6): such a row is no advice, and a run writes over it. One that
 * says anything to the user, be it beside an error, is.
 *
 * @param row a name or an alias of the table in the statement, never a caller's text
 */
export function isAdvice(row: string): string {
  const texts = ['diet_evaluation', 'food_evaluation', 'sleep_evaluation', 'exercise_evaluation'].map((text) => `${row}.${text} ~ ${SAID}`);
  const figures = ['exercise_target', 'sleep_target'].map((figure) => `${row}.${figure} <> 0`);
  // Any text at any depth that an app shows: PostgreSQL itself fails at what lies thousands deep, and would for every row of the statement.
  const dishes = `jsonb_path_match(${row}.diet_target, '$.**{0 to ${JSON_DEPTH}} like_regex "[^[:space:]]"')`;
  // The error first: of nearly every row nothing else is looked at. No part of it may be null, or "not" would be null as well.
  const said = [...texts, ...figures, dishes].map((part) => `coalesce(${part}, false)`);
  return `(case when coalesce(${row}.error_message, '') ~ ${SAID} then ${said.join(' or ')} else true end)`;
}
