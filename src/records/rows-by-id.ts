import type { PatientRow } from './patients-query.js';

const ID = 0;
const ACCOUNT_OPEN = 1;
/** Where what a user's profile and records say begins. */
const SAID = 3;
const ALLERGENS = 4;

/**
 * The row of each user. Where the tables are views, or others inherit from them, an account or a profile may be there twice: an account is open that is so in each, and of profiles that differ none is
 * believed, as of one with an allergy left blank.
 */
export function rowsById(rows: readonly PatientRow[]): ReadonlyMap<number, PatientRow> {
  const byId = new Map(rows.map((row) => [row[ID], row]));
  if (byId.size === rows.length) return byId;
  for (const row of rows) {
    const kept = byId.get(row[ID]) as PatientRow;
    kept[ACCOUNT_OPEN] &&= row[ACCOUNT_OPEN];
    if (kept[ALLERGENS] !== null && saidIn(kept) !== saidIn(row)) kept[ALLERGENS] = null;
  }
  return byId;
}

function saidIn(row: PatientRow): string {
  return JSON.stringify(row.slice(SAID));
}
