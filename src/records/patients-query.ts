import { ALLERGENS, LACTOSE_INTOLERANCE_BIT } from '../domain/advice/patient-inputs.js';
import type { InputSource } from '../domain/program.js';
import { isAdvice } from './advice-sql.js';
import { IBSAFE, type IbsafeNames } from './ibsafe-names.js';
import { FOOD_DAYS, FOOD_ENTRY, HISTORY_DAYS, historyEntry } from './record-lists.js';

const ALLERGY_COLUMNS = ALLERGENS.map((allergen) => `has_${allergen.toLowerCase()}_allergy`);

const ALLERGENS_MASK = [
  ...ALLERGY_COLUMNS.map((column, bit) => `p.${column}::int * ${1 << bit}`),
  // An intolerance counts as the allergy (the original dropped it), and says in a bit of its own where it came from.
  `case when p.has_lactose_intolerance then ${LACTOSE_INTOLERANCE_BIT} + (not p.has_lactose_allergy)::int * ${1 << ALLERGENS.indexOf('LACTOSE')} else 0 end`,
].join(' + ');

/** The condition that a column holds an id of the chunk. */
type Mine = (column: string) => string;

/** How a source is read: a CTE over the chunk's range, what it gives a user, and what stands there for a program that does not read it. */
interface SourceReading {
  readonly cte?: (mine: Mine, names: IbsafeNames) => string;
  readonly join: (mine: Mine, names: IbsafeNames) => string;
  readonly columns: string;
  readonly unread: string;
}

// The range stands on every table: without it the planner scans all profiles for each chunk.
const READINGS: Readonly<Record<InputSource, SourceReading>> = {
  PROFILE: {
    join: (mine, { profiles }) => `left join ${profiles} p on p.user_id = a.id and ${mine('p.user_id')}`,
    columns: `p.user_id is not null, ${ALLERGENS_MASK}`,
    unread: 'false, 0',
  },
  FOOD: listed('food', { table: 'foodRecords', days: FOOD_DAYS, entry: FOOD_ENTRY }),
  EXERCISE: listed('exercise', { table: 'exerciseRecords', days: HISTORY_DAYS, entry: historyEntry('r.current_steps') }),
  SLEEP: listed('sleep', { table: 'sleepRecords', days: HISTORY_DAYS, entry: historyEntry('r.sleep_minutes') }),
};

interface Listing {
  readonly table: keyof IbsafeNames;
  /** Days before the record date. */
  readonly days: number;
  /** Of one record, in SQL. */
  readonly entry: string;
}

function listed(name: string, { table, days, entry }: Listing): SourceReading {
  return {
    cte: (mine, names) => `${name} as (
    select r.user_id, array_agg(${entry})::text as entries
    from ${names[table]} r where ${mine('r.user_id')} and r.record_date between $2::date - ${days} and $2::date group by r.user_id)`,
    join: () => `left join ${name} on ${name}.user_id = a.id`,
    columns: `${name}.entries`,
    unread: 'null',
  };
}

const SOURCES = Object.keys(READINGS) as InputSource[];

/**
 * Reads every user of a chunk in one statement, and of IBSafe's records what the program `reads`. `$1` user ids (any array unless `sparse`), `$2` record date, `$3` gubun,
 * `$4`/`$5` first and last id.
 *
 * Only food ids are fetched (names come from memory). What is read of the records comes as lists, see `record-lists.ts`. Rows come in no particular order.
 *
 * @param sparse for a roster with wide holes: looks each id up instead of reading the range between them.
 */
export function patientsQuery(reads: readonly InputSource[], sparse: boolean, names: IbsafeNames = IBSAFE): string {
  const mine: Mine = (column) => (sparse ? `${column} = any($1::int[])` : `${column} between $4 and $5`);
  const written = `written as (
    select i.user_id from ${names.interventions} i where ${mine('i.user_id')} and i.record_date = $2::date and i.gubun = $3 and ${isAdvice('i')})`;
  const read = SOURCES.filter((source) => reads.includes(source)).map((source) => READINGS[source]);
  const columns = SOURCES.map((source) => READINGS[source][reads.includes(source) ? 'columns' : 'unread']);
  return `with ${[...read.flatMap(({ cte }) => cte?.(mine, names) ?? []), written].join(',\n  ')}
  select a.id, a.is_active and not a.is_staff, written.user_id is not null, ${columns.join(', ')}
  from ${names.users} a
    ${read.map(({ join }) => join(mine, names)).join('\n    ')}
    left join written on written.user_id = a.id
  where ${mine('a.id')} and $1::int[] is not null`;
}

/** A row of `patientsQuery`, in `rowMode: 'array'`. */
export type PatientRow = [
  id: number,
  accountOpen: boolean,
  hasIntervention: boolean,
  hasProfile: boolean,
  allergens: number | null,
  foods: string | null,
  steps: string | null,
  minutes: string | null,
];
