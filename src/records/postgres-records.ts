import type pg from 'pg';
import type { Patient, Records } from '../application/ports.js';
import { LEAST_USER_ID, type UserId } from '../domain/ids.js';
import type { LocalDate } from '../domain/local-date.js';
import type { Program } from '../domain/program.js';
import type { ComparableIntervention } from '../domain/programs/intervention-difference.js';
import { isAdvice } from './advice-sql.js';
import { believedFigure, believedJson, believedText } from './believed.js';
import type { FoodBookCache } from './food-book-cache.js';
import { comparable, type ComparedColumns } from './compared-advice.js';
import { heldIds, requireGone } from './held-accounts.js';
import { IBSAFE, isOpen } from './ibsafe-names.js';
import { rowsById } from './rows-by-id.js';
import { patientsQuery, type PatientRow } from './patients-query.js';
import {
  NO_PROFILE,
  allergensOfText,
  preferenceOf,
  profileOf,
  profileOfBirthday,
  upsetsOfText,
  type ProfileColumns,
} from './profile-columns.js';
import { orUnfit } from './unfit-columns.js';
import { eatenFoods, goalsOf, historyOf } from './record-lists.js';

const SAVED = `select user_id::int4 as "userId", ${believedJson('diet_target')} as "dietTarget", coalesce(${believedText('diet_evaluation')}, '') as "dietEvaluation",
    coalesce(${believedText('exercise_evaluation')}, '') as "exerciseEvaluation", exercise_target::int4 as "exerciseTarget",
    ${believedText('sleep_evaluation')} as "sleepEvaluation", ${believedFigure('sleep_target')} as "sleepTarget"
  from ${IBSAFE.interventions} i where user_id = any($1::int[]) and record_date = $2 and gubun = $3 and ${isAdvice('i')}`;

/** The two statements of a program, made once. */
interface Statements {
  readonly sparse: string;
  readonly dense: string;
}

/** What stands for ids where their range is read: a list of them would be written and parsed for nothing. */
const NO_IDS: readonly number[] = [];

/** Ids that are read at once: a million rows as objects would stay in a worker's memory after its first run. */
const ROSTER_PAGE = 20_000;

/** Ids per user of the roster above which the range between them is mostly other people. */
const SPARSE_ABOVE = 4;

/** IBSafe's records on PostgreSQL: read only. A roster's users are made known to the log as it is read. */
export class PostgresRecords implements Records {
  constructor(
    private readonly pool: pg.Pool,
    private readonly foods: FoodBookCache,
  ) {}

  private readonly statements = new Map<Program, Statements>();

  async roster(among?: readonly number[]): Promise<number[]> {
    const only = among === undefined ? '' : 'and id = any($3::int[])';
    const text = `select distinct id::int4 as id from ${IBSAFE.users} u where ${isOpen('u')} and id > $1::bigint ${only} order by id limit $2`;
    const ids: number[] = [];
    for (let isMore = true; isMore;) {
      const values = [ids.at(-1) ?? LEAST_USER_ID - 1, ROSTER_PAGE, ...(among === undefined ? [] : [among])];
      const found = await heldIds(this.pool, text, values);
      // In a statement of its own, so that no slow transaction is the first to know a person, and keeps others from writing outcomes meanwhile.
      if (found.length > 0) await this.pool.query('select batch.know_subjects($1::int[], null)', [found]);
      for (const id of found) ids.push(id);
      isMore = found.length === ROSTER_PAGE;
    }
    return ids;
  }

  async onRoster(userIds: readonly number[]): Promise<number[]> {
    const text = `select distinct id::int4 as id from ${IBSAFE.users} u where ${isOpen('u')} and id > ${LEAST_USER_ID - 1} and id = any($1::int[]) order by id`;
    return heldIds(this.pool, text, [userIds]);
  }

  async patients(userIds: readonly number[], recordDate: LocalDate, program: Program): Promise<readonly Patient[]> {
    if (program.reads.includes('FOOD')) await this.foods.keepFresh();
    const first = userIds[0] ?? 0;
    const last = userIds.at(-1) ?? 0;
    const sparse = last - first > SPARSE_ABOVE * userIds.length;
    const values = sparse ? [userIds, recordDate, program.gubun] : [NO_IDS, recordDate, program.gubun, first, last];
    const text = this.statementsOf(program)[sparse ? 'sparse' : 'dense'];
    // Without a name, so that PostgreSQL plans for these ids each time: its plan for any ids reads a hundred times the rows once statistics age.
    const rows = await this.rowsOf({ text, values });
    const byId = rowsById(rows);
    await requireGone(this.pool, userIds.filter((id) => !byId.has(id))); // prettier-ignore
    const patient = patientMaker(program);
    return userIds.map((id) => patient(id as UserId, recordDate, byId.get(id)));
  }

  async saved(userIds: readonly number[], recordDate: LocalDate, program: Program): Promise<ReadonlyMap<number, ComparableIntervention>> {
    const { rows } = await this.pool.query<ComparedColumns & { userId: number }>(SAVED, [userIds, recordDate, program.gubun]);
    return new Map(rows.map((row) => [row.userId, comparable(row)]));
  }

  private async rowsOf(query: { text: string; values: unknown[] }): Promise<PatientRow[]> {
    try {
      return (await this.pool.query<PatientRow>({ ...query, rowMode: 'array' })).rows;
    } catch (error) {
      throw await orUnfit(this.pool, error);
    }
  }

  private statementsOf(program: Program): Statements {
    let statements = this.statements.get(program);
    if (statements === undefined) {
      statements = { sparse: patientsQuery(program.reads, true), dense: patientsQuery(program.reads, false) };
      this.statements.set(program, statements);
    }
    return statements;
  }
}

type MakePatient = (userId: UserId, recordDate: LocalDate, row: PatientRow | undefined) => Patient;

function patientMaker({ reads }: Program): MakePatient {
  if (!reads.includes('SLEEP')) return patientOf;
  return !reads.some((each) => each !== 'SLEEP' && each !== 'BIRTHDAY') ? sleeperOf : (...of) => joined(patientOf(...of), sleeperOf(...of));
}

/** What a program reads of both. */
function joined(patient: Patient, { standing, inputs }: Patient): Patient {
  return {
    standing: { ...patient.standing, hasSleepRecord: standing.hasSleepRecord },
    inputs: { ...patient.inputs, ...(inputs.sleep !== undefined && { sleep: inputs.sleep }) },
  };
}

/** A patient of a program that reads sleep alone, and the birthday: apart, so that those of the others carry no field for it, nor these for theirs. */
function sleeperOf(userId: UserId, recordDate: LocalDate, row: PatientRow | undefined): Patient {
  if (row === undefined) return nobody(userId, recordDate);
  const { hasToday, values } = historyOf(row[MINUTES]);
  const { inputs } = nobody(userId, recordDate);
  const profile = profileOfBirthday(row[BORN], recordDate);
  return { standing: { ...standingOf(row), hasSleepRecord: hasToday }, inputs: { ...inputs, sleep: values, ...(profile && { profile }) } };
}

function patientOf(userId: UserId, recordDate: LocalDate, row: PatientRow | undefined): Patient {
  if (row === undefined) return nobody(userId, recordDate);
  const { today, amounts, mealsEaten, recent } = eatenFoods(row[FOODS]);
  const { hasToday, values, daysAgo } = historyOf(row[STEPS]);
  const hasProfile = row[HAS_PROFILE];
  const columns: ProfileColumns = [row[SKIPS], row[WATER], row[BORN], row[PREFERENCE], row[BODY]];
  const preference = preferenceOf(columns, recordDate);
  return {
    standing: { ...standingOf(row), hasFoodRecord: today.length > 0, hasExerciseRecord: hasToday },
    inputs: {
      userId,
      recordDate,
      // A profile with an allergy left blank: it must not be guessed, so the generator refuses the user as INVALID_INPUT.
      allergens: row[ALLERGIES] === null && hasProfile ? Number.NaN : (row[ALLERGIES] ?? 0) | allergensOfText(preference),
      upsets: upsetsOfText(preference) & ~(row[ALLERGIES] ?? 0),
      today,
      amounts,
      mealsEaten,
      recent,
      steps: values,
      stepDays: daysAgo,
      profile: hasProfile ? profileOf(columns, recordDate, row[ALLERGIES] ?? 0) : NO_PROFILE,
      lowDays: row[LOW_DAYS] ?? 0,
      earlierGoals: goalsOf(row[GOALS]),
    },
  };
}

/** Places in `PatientRow`. */
const [HAS_PROFILE, ALLERGIES, SKIPS, WATER, BORN, PREFERENCE, BODY, FOODS, LOW_DAYS, STEPS, MINUTES, GOALS] = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
] as const;

function standingOf([, accountOpen, hasIntervention, hasProfile]: PatientRow): Patient['standing'] {
  return { accountOpen, hasProfile, hasFoodRecord: false, hasExerciseRecord: false, hasSleepRecord: false, hasIntervention };
}

function nobody(userId: UserId, recordDate: LocalDate): Patient {
  return { standing: NOBODY, inputs: { userId, recordDate, allergens: 0, today: [], recent: [], steps: [] } };
}

const NOBODY = {
  accountOpen: false,
  hasProfile: false,
  hasFoodRecord: false,
  hasExerciseRecord: false,
  hasSleepRecord: false,
  hasIntervention: false,
};
