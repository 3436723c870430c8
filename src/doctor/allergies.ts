import type { Pool } from 'pg';
import type { Config } from '../config/config.js';
import { refusedOffers } from '../domain/advice/catalogue/refused-offers.js';
import { loadAdviceWords } from '../generators/advice-words.js';
import { IBSAFE } from '../records/ibsafe-names.js';
import { readRefusedFoods, READ_OF_PREFERENCE } from '../records/profile-columns.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Different texts that are looked through at most: the same few stand in most profiles. */
const MAX_TEXTS = 50_000;

const TEXTS = `select ${READ_OF_PREFERENCE} as text, count(*)::int as profiles from ${IBSAFE.profiles} p where p.food_preference <> '' group by 1 order by 2 desc, 1 limit ${MAX_TEXTS}`;

/** How many profiles name an allergy, or what cannot be eaten, in words that the service does not understand. Numbers alone leave this place, no text and no person. */
export async function judgeAllergies(config: Config, pool: Pool): Promise<CheckResult> {
  const { catalogue } = loadAdviceWords(config).explainer;
  const { rows } = await pool.query<{ text: string; profiles: number }>(TEXTS);
  const count = rows.reduce((sum, { text, profiles }) => {
    const refuses = readRefusedFoods(text);
    return refuses !== undefined && refusedOffers(catalogue, refuses).isUnread ? sum + profiles : sum;
  }, 0);
  return count === 0 ? ok(tell('ALLERGIES_READ')) : warning(tell('ALLERGIES_UNREAD', { count }), tell('ASK_FOR_ALLERGIES'));
}
