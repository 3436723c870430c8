import { ALLERGENS, allergenBit } from '../domain/advice/restrictions.js';
import { ALLERGY_COLUMN_LIST } from '../records/allergy-columns.js';
import type { DemoProfile } from './demo-profile.js';
import type { DemoUser } from './demo-user.js';
import { addDays, type LocalDate } from '../domain/local-date.js';

/** The columns of `interventionRow`, in its order. */
const INTERVENTION_COLUMNS = `id, user_id, record_date, target_date, gubun, diet_evaluation, diet_target, exercise_evaluation,
  exercise_target, processing_time, input_week_step, input_use_rag, input_ollama_model, created_at, updated_at`;

const EXERCISE_TARGET = 6_000;

/**
 * The intervention of a patient who has one before the run comes: what the original would have left at nine the next morning. Its texts say
 * that it was there before, so that a reader of the demo can tell it from what the run wrote.
 */
function interventionRow(user: DemoUser, recordDate: LocalDate, id: number): string {
  const targetDate = addDays(recordDate, 1);
  const writtenAt = `${targetDate} 09:00:00+09`;
  const dietTarget = { Breakfast: ['흰죽'], Lunch: ['쌀밥'], Dinner: ['쌀밥'], Summary: '배치 실행 전에 이미 있던 식단 권고입니다.' };
  const weekSteps = user.exercise.slice(-7).map(({ currentSteps }) => currentSteps);
  return copyRow([
    id,
    user.id,
    recordDate,
    targetDate,
    'all',
    '배치 실행 전에 이미 있던 식단 평가입니다.',
    JSON.stringify(dietTarget),
    '배치 실행 전에 이미 있던 운동 평가입니다.',
    EXERCISE_TARGET,
    0.05,
    JSON.stringify(weekSteps),
    false,
    'RULE',
    writtenAt,
    writtenAt,
  ]);
}

/** A value of a row for PostgreSQL's COPY; null becomes SQL's NULL. */
type CopyValue = string | number | boolean | null;

const SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A row in COPY's text format, with its line break. */
export function copyRow(values: readonly CopyValue[]): string {
  return `${values.map(copyField).join('\t')}\n`;
}

function copyField(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return value.replace(SPECIAL, (found) => ESCAPES[found] ?? found);
  return String(value);
}

/** How the demo fills one of IBSafe's tables. */
export interface DemoTable {
  readonly name: string;
  /** As COPY names them, in the order of a row's text. */
  readonly columns: string;
  /** A patient's rows in COPY's text format. `nextId` gives the id of the next row of this table. */
  readonly rows: (user: DemoUser, nextId: () => number) => string;
}

/** Times are written with Seoul's offset, which has no summer time: rows do not depend on the session's time zone. */
const SEOUL = '+09';
const ALLERGY_COLUMNS = ALLERGY_COLUMN_LIST.join(', ');
const MEAL_HOURS = { breakfast: '08:20:00', lunch: '12:40:00', dinner: '19:10:00' } as const;

const ACCOUNTS: DemoTable = {
  name: 'auth_user',
  columns: 'id, password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined',
  rows: ({ account: { username, firstName, lastName, email, isStaff, isActive, joinedOn, lastSeenOn } }, nextId) => {
    const lastLogin = lastSeenOn === null ? null : at(lastSeenOn, '21:05:00');
    // A password of '!' is Django's mark of an account without signing in.
    return copyRow([nextId(), '!', lastLogin, false, username, firstName, lastName, email, isStaff, isActive, at(joinedOn, '10:00:00')]);
  },
};

const PROFILES: DemoTable = {
  name: 'ibsafe_userprofile',
  columns: `id, user_id, phone_number, gender, birth_date, height, weight, step_count, sleep_time, water_intake, has_breakfast, has_lunch,
    has_dinner, has_lactose_intolerance, food_preference, is_password_changed, created_at, updated_at, ${ALLERGY_COLUMNS}`,
  rows: (user, nextId) => (user.profile === null ? '' : profileRow(user, user.profile, nextId())),
};

const FOOD_RECORDS: DemoTable = {
  name: 'ibsafe_userfoodrecord',
  columns: 'id, user_id, food_id, amount, meal_type, record_date, created_at, updated_at',
  // Nearly all rows of a demo are made here, from figures and fixed words: nothing to escape, and a template is the cheapest way.
  rows: ({ id, food }, nextId) => {
    let text = '';
    for (const { date, meal, foodId, amount } of food) {
      const stamp = at(date, MEAL_HOURS[meal]);
      text += `${nextId()}\t${id}\t${foodId}\t${amount}\t${meal}\t${date}\t${stamp}\t${stamp}\n`;
    }
    return text;
  },
};

const EXERCISE_RECORDS: DemoTable = {
  name: 'ibsafe_userexerciserecord',
  columns: 'id, user_id, target_steps, current_steps, record_date, created_at, updated_at',
  rows: ({ id, exercise }, nextId) => {
    let text = '';
    for (const { date, targetSteps, currentSteps } of exercise) {
      text += `${nextId()}\t${id}\t${targetSteps}\t${currentSteps}\t${date}\t${at(date, '07:00:00')}\t${at(date, '22:30:00')}\n`;
    }
    return text;
  },
};

const SLEEP_RECORDS: DemoTable = {
  name: 'ibsafe_usersleeprecord',
  columns: 'id, user_id, sleep_minutes, record_date, created_at, updated_at',
  rows: ({ id, sleep }, nextId) => {
    let text = '';
    for (const { date, sleepMinutes } of sleep) {
      const stamp = at(date, '07:30:00');
      text += `${nextId()}\t${id}\t${sleepMinutes}\t${date}\t${stamp}\t${stamp}\n`;
    }
    return text;
  },
};

const INTERVENTIONS: DemoTable = {
  name: 'ibsafe_interventionrecord',
  columns: INTERVENTION_COLUMNS,
  rows: (user, nextId) => (user.interventionOn === null ? '' : interventionRow(user, user.interventionOn, nextId())),
};

/** The tables that hold something of each patient, a table after those it refers to. */
export const DEMO_TABLES: readonly DemoTable[] = [ACCOUNTS, PROFILES, FOOD_RECORDS, EXERCISE_RECORDS, SLEEP_RECORDS, INTERVENTIONS];

function profileRow(user: DemoUser, profile: DemoProfile, id: number): string {
  const joinedAt = at(user.account.joinedOn, '10:05:00');
  const { phoneNumber, gender, birthDate, height, weight, stepGoal, sleepGoalMinutes, waterGoalMl } = profile;
  return copyRow([
    id,
    user.id,
    phoneNumber,
    gender,
    birthDate,
    height,
    weight,
    stepGoal,
    sleepGoalMinutes,
    waterGoalMl,
    profile.hasBreakfast,
    profile.hasLunch,
    profile.hasDinner,
    profile.lactoseIntolerance,
    profile.foodPreference,
    false,
    joinedAt,
    joinedAt,
    ...ALLERGENS.map((allergen) => (profile.allergies & allergenBit(allergen)) !== 0),
  ]);
}

function at(date: string, time: string): string {
  return `${date} ${time}${SEOUL}`;
}
