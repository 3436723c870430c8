import type pg from 'pg';
import type { DayRow, EatenRow, FoodRow, Foods, PatientRecords, SavedRow } from './records.js';
import type { Avoided } from './words.js';

/** IBSafe's flags and what each of them bars. The allergy that IBSafe calls lactose is one to milk; the intolerance is one to lactose alone. */
const FLAGS: Readonly<Record<string, Avoided>> = {
  has_gluten_allergy: 'GLUTEN',
  has_lactose_allergy: 'MILK',
  has_nut_allergy: 'NUT',
  has_seafood_allergy: 'SEAFOOD',
  has_egg_allergy: 'EGG',
  has_soy_allergy: 'SOY',
  has_lactose_intolerance: 'LACTOSE',
};

type Query = Pick<pg.Pool, 'query'>;

/** Reads IBSafe's foods. */
export async function readFoods(database: Query): Promise<Foods> {
  const { rows } = await database.query<FoodRow>(
    'select id::int, food_code as code, food_name as name, fodmap, fodmap_basis as basis, dietary_fiber_g::float8 as fibre from ibsafe_food',
  );
  return new Map(rows.map((row) => [row.id, row]));
}

interface ProfileRow extends Readonly<Record<string, unknown>> {
  readonly has_breakfast: boolean;
  readonly has_lunch: boolean;
  readonly has_dinner: boolean;
  readonly water_intake: number | null;
  readonly birth_date: string | null;
  readonly height?: unknown;
  readonly weight?: unknown;
  readonly food_preference: string | null;
}

/** Reads the records of one patient for a record date (yyyy-mm-dd), one plain statement a table. */
export async function readRecords(database: Query, userId: number, recordDate: string): Promise<PatientRecords> {
  const of = async <Row extends object>(text: string): Promise<Row[]> => (await database.query<Row>(text, [userId, recordDate])).rows;
  const days = (table: string, column: string): Promise<DayRow[]> =>
    of<DayRow>(
      `select $2::date - record_date as "daysAgo", ${column} as value from ${table} where user_id = $1 and record_date <= $2::date and record_date > $2::date - 7`,
    );
  const [profile] = await of<ProfileRow>(
    'select p.*, birth_date::text from ibsafe_userprofile p where user_id = $1 and $2::date is not null',
  );
  const eaten = await of<EatenRow>(
    `select food_id::int as "foodId", $2::date - record_date as "daysAgo", meal_type as meal, amount::float8 as amount from ibsafe_userfoodrecord
      where user_id = $1 and record_date <= $2::date and record_date > $2::date - 3 order by record_date desc, food_id, meal_type`,
  );
  const [low] = await of<{ count: number }>(
    `select count(*)::int from ibsafe_interventionrecord where user_id = $1 and gubun = 'all' and record_date < $2::date
      and (input_fodmap_count->>'high')::int = 0 and (input_fodmap_count->>'low')::int > 0 and outputs ? 'vocabulary'`,
  );
  return {
    userId,
    recordDate,
    avoids: new Set(Object.entries(FLAGS).flatMap(([column, word]) => (profile?.[column] === true ? [word] : []))),
    eaten,
    steps: await days('ibsafe_userexerciserecord', 'current_steps'),
    sleep: await days('ibsafe_usersleeprecord', 'sleep_minutes'),
    profile: profile === undefined ? null : profileOf(profile),
    goals: await of<DayRow>(
      `select $2::date - record_date as "daysAgo", exercise_target as value from ibsafe_interventionrecord
        where user_id = $1 and gubun = 'all' and exercise_target > 0 and record_date < $2::date and record_date >= $2::date - 7`,
    ),
    lowDays: low?.count ?? 0,
  };
}

function profileOf(row: ProfileRow): PatientRecords['profile'] {
  return {
    hasBreakfast: row.has_breakfast,
    hasLunch: row.has_lunch,
    hasDinner: row.has_dinner,
    water: row.water_intake,
    birthDate: row.birth_date,
    height: figureOf(row.height),
    weight: figureOf(row.weight),
    preference: row.food_preference,
  };
}

/** A figure of a column that may be missing, or hold words. */
function figureOf(value: unknown): number | null {
  const figure = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof figure === 'number' && Number.isFinite(figure) ? figure : null;
}

/** A row as it was saved, and whose it is. */
export interface FoundRow {
  readonly userId: number;
  readonly recordDate: string;
  readonly row: SavedRow;
}

/** Reads rows of advice; `where` is a condition of ours on `ibsafe_interventionrecord i`. */
export async function readRows(database: Query, where: string, values: readonly unknown[]): Promise<FoundRow[]> {
  const text = `select i.user_id as "userId", i.record_date::text as "recordDate", gubun, diet_evaluation as "dietEvaluation", diet_target as "dietTarget",
      input_fodmap_count as "fodmapCount", exercise_evaluation as "exerciseEvaluation", exercise_target as "exerciseTarget",
      sleep_evaluation as "sleepEvaluation", sleep_target as "sleepTarget", input_ollama_model as model, outputs
    from ibsafe_interventionrecord i where ${where} order by i.user_id, i.record_date`;
  const { rows } = await database.query<SavedRow & Omit<FoundRow, 'row'>>(text, [...values]);
  return rows.map(({ userId, recordDate, ...row }) => ({ userId, recordDate, row }));
}
