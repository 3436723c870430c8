import { ALLERGENS, allergenBit } from '../domain/advice/restrictions.js';
import { ALLERGY_COLUMN_LIST } from '../records/allergy-columns.js';
import { copyRow } from './copy-text.js';
import type { DemoProfile } from './demo-profile.js';
import type { DemoUser } from './demo-user.js';
import { interventionRow, INTERVENTION_COLUMNS } from './demo-intervention.js';

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
