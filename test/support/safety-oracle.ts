import { openPantry } from '../../eval/oracle/pantry.js';
import { Oracle } from '../../eval/oracle/oracle.js';
import type { Tongue } from '../../eval/oracle/words.js';

const pantry = openPantry();
const oracles = { ko: new Oracle(pantry, 'ko'), en: new Oracle(pantry, 'en') };

/** The oracle of a language over the project's own data files: it shares them with the service, and no code. */
export function oracleOf(tongue: Tongue): Oracle {
  return oracles[tongue];
}
