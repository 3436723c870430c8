import { LACTOSE_INTOLERANCE_BIT } from '../domain/advice/restrictions.js';
import type { InputSource } from '../domain/program.js';
import { isAdvice } from './advice-sql.js';
import { ALLERGY_COLUMN_LIST, INTOLERANCE_COLUMN } from './allergy-columns.js';
import { IBSAFE, isOpen, type IbsafeNames } from './ibsafe-names.js';
import { ABSENT_COLUMNS, BIRTHDAY_COLUMNS, NO_PROFILE_COLUMNS, PROFILE_COLUMNS, type ProfileColumns } from './profile-columns.js';
import { FOOD_DAYS, FOOD_ENTRY, GOAL_DAYS, GOAL_ENTRY, HISTORY_DAYS, historyEntry } from './record-lists.js';

/** The work table of days that were low in FODMAPs, a row for each person: `days` a multirange of record dates, `total` how many they are. */
export const LOW_DAY_TABLE = 'batch.low_fodmap_days';

/** The same without a row: for reads of a database in which nothing of ours is yet. */
export const NO_LOW_DAYS = '(select 0 as user_id, null::datemultirange as days, 0 as total limit 0)';

/**
 * How many days of `l`, a row of the table, lie before the record date (`$2`): advice that is made again for a day counts as it did then. Nearly always all of them do, and the total is
 * there already. 0 for a user without a row.
 */
const LOW_DAYS_BEFORE = `case when l.user_id is null then 0 when upper(l.days) <= $2::date then l.total
    else (select coalesce(sum(upper(d.span) - lower(d.span)), 0)::int from unnest(l.days * datemultirange(daterange(null, $2::date))) d (span)) end`;

// Each flag sets its own bit and no other: an intolerance bars lactose, an allergy milk.
const RESTRICTIONS = [
  ...ALLERGY_COLUMN_LIST.map((column, bit) => `p.${column}::int * ${1 << bit}`),
  `p.${INTOLERANCE_COLUMN}::int * ${LACTOSE_INTOLERANCE_BIT}`,
].join(' + ');

/** The condition that a column holds an id of the chunk. */
type Mine = (column: string) => string;

/** Where tables are read: IBSafe's, and ours of low days. */
interface ReadNames extends IbsafeNames {
  readonly lowDays: string;
}

/** How a source is read: a CTE over the chunk's range, what it gives a user, and what stands there for a program that does not read it. */
interface SourceReading {
  readonly cte?: (mine: Mine, names: ReadNames) => string;
  readonly join: (mine: Mine, names: ReadNames) => string;
  readonly columns: string;
  readonly unread: string;
}

// The range stands on every table: without it the planner scans all profiles for each chunk.
const READINGS: Readonly<Record<Exclude<InputSource, 'BIRTHDAY'>, SourceReading>> = {
  PROFILE: {
    join: (mine, { profiles }) => `left join ${profiles} p on p.user_id = a.id and ${mine('p.user_id')}`,
    columns: `p.user_id is not null, ${RESTRICTIONS}, ${PROFILE_COLUMNS}`,
    unread: `false, 0, ${NO_PROFILE_COLUMNS}`,
  },
  FOOD: withLowDays(listed('food', { table: 'foodRecords', days: FOOD_DAYS, entry: FOOD_ENTRY })),
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

/** The read of what was eaten also tells how many days of it were low before: from our own table, a row for each person. */
function withLowDays({ join, columns, unread, ...reading }: SourceReading): SourceReading {
  return {
    ...reading,
    join: (mine, names) => `${join(mine, names)}
    left join ${names.lowDays} l on l.user_id = a.id and ${mine('l.user_id')}`,
    columns: `${columns}, ${LOW_DAYS_BEFORE}`,
    unread: `${unread}, null`,
  };
}

const SOURCES = Object.keys(READINGS) as (keyof typeof READINGS)[];
/** A profile of which nothing but the birthday is read. */
const BIRTHDAY: SourceReading = { ...READINGS.PROFILE, columns: `false, 0, ${BIRTHDAY_COLUMNS}` };

/**
 * Reads every user of a chunk in one statement, and of IBSafe's records what the program `reads`. `$1` user ids (any array unless `sparse`), `$2` record date, `$3` gubun,
 * `$4`/`$5` first and last id.
 *
 * Only food ids are fetched (names come from memory). What is read of the records comes as lists, see `record-lists.ts`. Rows come in no particular order.
 *
 * @param sparse for a roster with wide holes: looks each id up instead of reading the range between them.
 */
export function patientsQuery(
  reads: readonly InputSource[],
  sparse: boolean,
  ibsafe: IbsafeNames = IBSAFE,
  lowDays: string = LOW_DAY_TABLE,
): string {
  const names = { ...ibsafe, lowDays };
  const mine: Mine = (column) => (sparse ? `${column} = any($1::int[])` : `${column} between $4 and $5`);
  const written = reads.includes('EXERCISE') ? adviceWithGoals(mine, names) : adviceOfTheDay(mine, names);
  const readings = reads.includes('PROFILE') || !reads.includes('BIRTHDAY') ? READINGS : { ...READINGS, PROFILE: BIRTHDAY };
  const isRead = (source: keyof typeof READINGS): boolean => reads.includes(source) || readings[source] === BIRTHDAY;
  const read = SOURCES.filter(isRead).map((source) => readings[source]);
  const columns = SOURCES.map((source) => readings[source][isRead(source) ? 'columns' : 'unread']);
  // Of accounts no other column is within reach: height and weight are those of the profile, or none.
  return `with ${[...read.flatMap(({ cte }) => cte?.(mine, names) ?? []), written].join(',\n  ')}
  select found.* from ${ABSENT_COLUMNS}, lateral (select a.id::int4, ${isOpen('a')}, coalesce(written.is_there, false), ${columns.join(', ')}, written.goals
  from (select id, is_active, is_staff from ${names.users}) a
    ${read.map(({ join }) => join(mine, names)).join('\n    ')}
    left join written on written.user_id = a.id
  where ${mine('a.id')} and $1::int[] is not null) found`;
}

function adviceOfTheDay(mine: Mine, { interventions }: IbsafeNames): string {
  return `written as (
    select i.user_id, true as is_there, null as goals from ${interventions} i
    where ${mine('i.user_id')} and i.record_date = $2::date and i.gubun = $3 and ${isAdvice('i')})`;
}

/** With the step goals of the week's advice: rows that lie beside each other in the index, which is read once. */
function adviceWithGoals(mine: Mine, { interventions }: IbsafeNames): string {
  return `written as (
    select i.user_id, bool_or(case when i.record_date = $2::date then ${isAdvice('i')} else false end) as is_there,
      (array_agg(${GOAL_ENTRY}) filter (where i.record_date < $2::date and i.exercise_target > 0))::text as goals
    from ${interventions} i
    where ${mine('i.user_id')} and i.record_date between $2::date - ${GOAL_DAYS} and $2::date and i.gubun = $3 group by i.user_id)`;
}

/** A row of `patientsQuery`, in `rowMode: 'array'`. */
export type PatientRow = [
  id: number,
  accountOpen: boolean,
  hasIntervention: boolean,
  hasProfile: boolean,
  allergens: number | null,
  ...profile: ProfileColumns,
  foods: string | null,
  lowDays: number | null,
  steps: string | null,
  minutes: string | null,
  goals: string | null,
];
