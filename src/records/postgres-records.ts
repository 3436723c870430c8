import type pg from 'pg';
import type { Patient, Records } from '../application/ports.js';
import type { UserId } from '../domain/ids.js';
import type { LocalDate } from '../domain/local-date.js';
import type { Program } from '../domain/program.js';
import type { FoodBookCache } from './food-book-cache.js';
import { patientsQuery, type PatientRow } from './patients-query.js';

const SPARSE = patientsQuery(true);
const DENSE = patientsQuery(false);
/** Ids per user of the roster above which the range between them is mostly other people. */
const SPARSE_ABOVE = 4;

/** IBSafe's records on PostgreSQL: read only. */
export class PostgresRecords implements Records {
  constructor(
    private readonly pool: pg.Pool,
    private readonly foods: FoodBookCache,
  ) {}

  async roster(among?: readonly number[]): Promise<number[]> {
    const only = among === undefined ? '' : 'and id = any($1::int[])';
    const text = `select id from auth_user where is_active and not is_staff ${only} order by id`;
    const values = among === undefined ? [] : [among];
    const { rows } = await this.pool.query<[number]>({ text, values, rowMode: 'array' });
    return rows.map(([id]) => id);
  }

  async patients(userIds: readonly number[], recordDate: LocalDate, program: Program): Promise<readonly Patient[]> {
    await this.foods.keepFresh();
    const first = userIds[0] ?? 0;
    const last = userIds.at(-1) ?? 0;
    const sparse = last - first > SPARSE_ABOVE * userIds.length;
    const values = sparse ? [userIds, recordDate, program.gubun] : [userIds, recordDate, program.gubun, first, last];
    const text = sparse ? SPARSE : DENSE;
    const { rows } = await this.pool.query<PatientRow>({ name: `patients-${sparse ? 'sparse' : 'dense'}`, text, values, rowMode: 'array' });
    const byId = new Map(rows.map((row) => [row[0], row]));
    return userIds.map((id) => patientOf(id as UserId, recordDate, byId.get(id)));
  }
}

function patientOf(userId: UserId, recordDate: LocalDate, row: PatientRow | undefined): Patient {
  if (row === undefined) return { standing: NOBODY, inputs: { userId, recordDate, allergens: 0, today: [], recent: [], steps: [] } };
  const [, accountOpen, hasProfile, foodToday, foodEarlier, hasExerciseRecord, steps, hasIntervention, allergens] = row;
  const today = ascending(foodToday);
  const earlier = ascending(foodEarlier);
  return {
    standing: { accountOpen, hasProfile, hasFoodRecord: foodToday !== null, hasExerciseRecord, hasSleepRecord: false, hasIntervention },
    inputs: {
      userId,
      recordDate,
      // A profile with an allergy left blank: nobody may guess it, so the generator refuses the user as INVALID_INPUT.
      allergens: allergens ?? (hasProfile ? Number.NaN : 0),
      today,
      recent: earlier.length === 0 ? today : today.concat(earlier),
      steps: numbers(steps),
    },
  };
}

const NOBODY = {
  accountOpen: false,
  hasProfile: false,
  hasFoodRecord: false,
  hasExerciseRecord: false,
  hasSleepRecord: false,
  hasIntervention: false,
};

function numbers(text: string | null): number[] {
  return text === null ? [] : text.split(',').map(Number);
}

// The order in which PostgreSQL comes upon rows depends on the plan and on the table's history, and the advice names foods in the order they are given:
// without one order of our own the same records would make other advice.
function ascending(text: string | null): number[] {
  return numbers(text).sort((a, b) => a - b); // oxlint-disable-line unicorn/no-array-sort -- the array is ours alone, and this runs per user
}
