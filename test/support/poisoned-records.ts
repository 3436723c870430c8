import { RECORD_DATE, type PatientsDatabase } from './patients-database.js';

/** Something broken in one user's records, and the outcome that this user must have; nobody else's may change. */
export interface Poison {
  readonly name: string;
  readonly outcome: Readonly<Record<string, unknown>>;
  readonly put: (database: PatientsDatabase, userId: number) => Promise<unknown>;
}

/** What a form, an import or a hostile client can put into a name. */
export const STRANGE_NAMES = [
  `'quoted' "twice" \`thrice\``,
  'back\\slash \\n \\u0000 \\',
  'tab\there, line\nbreak, return\r, feed\f',
  '👩‍👩‍👧‍👦 김치🌶️ e\u0301',
  '{"Breakfast": null}',
  `'); drop table ibsafe_food; --`,
  '\u202eright to left\u202c \u0001\u001f\u007f\u2028',
];

const ALLERGIES = ['gluten', 'lactose', 'nut', 'seafood', 'egg', 'soy'];
const MEGABYTE = 1_048_576;
const INVALID = { outcome: 'FAILED', failureCode: 'INVALID_INPUT' };
const GENERATED = { outcome: 'GENERATED' };

/** Every kind of poison. */
export const POISONS: readonly Poison[] = [
  {
    name: 'no profile',
    outcome: { outcome: 'SKIPPED', skipReasons: ['NO_PROFILE'] },
    put: (database, userId) => database.rows('delete from ibsafe_userprofile where user_id = $1', [userId]),
  },
  {
    name: 'an allergy left blank',
    outcome: INVALID,
    put: (database, userId) => database.rows('update ibsafe_userprofile set has_nut_allergy = null where user_id = $1', [userId]),
  },
  {
    name: 'negative steps',
    outcome: INVALID,
    put: (database, userId) => database.rows('update ibsafe_userexerciserecord set current_steps = -1 where user_id = $1', [userId]),
  },
  {
    name: 'more steps than anyone walks',
    outcome: GENERATED, // that day counts as not measured, and is told as a record to check
    put: (database, userId) =>
      database.rows('update ibsafe_userexerciserecord set current_steps = 2147483647 where user_id = $1 and record_date = $2', [
        userId,
        RECORD_DATE,
      ]),
  },
  {
    name: 'a food whose name is a megabyte long',
    outcome: GENERATED,
    put: (database, userId) => eat(database, userId, ['가'.repeat(MEGABYTE / 3)]),
  },
  { name: 'foods with strange names', outcome: GENERATED, put: (database, userId) => eat(database, userId, STRANGE_NAMES) },
  {
    name: 'figures that are no numbers',
    outcome: GENERATED, // none of them is read: what counts is that nobody trips over them
    put: async (database, userId) => {
      await database.rows(`update ibsafe_userprofile set weight = 'NaN' where user_id = $1`, [userId]);
      await database.rows(`update ibsafe_userfoodrecord set amount = 'NaN' where user_id = $1`, [userId]);
    },
  },
  {
    name: 'every allergy there is',
    outcome: GENERATED,
    put: (database, userId) =>
      database.rows(
        `update ibsafe_userprofile set has_lactose_intolerance = true, ${ALLERGIES.map((each) => `has_${each}_allergy = true`).join(', ')} where user_id = $1`,
        [userId],
      ),
  },
];

/** Takes away what keeps IBSafe's own tables from holding poison. */
export async function letPoisonIn(database: PatientsDatabase): Promise<void> {
  await database.rows('alter table ibsafe_userprofile alter column has_nut_allergy drop not null');
  await database.rows('alter table ibsafe_food alter column food_name type text, alter column food_code type text');
}

/** Users whom nothing but poison keeps from advice, by ascending id. */
export function healthyUsers(database: PatientsDatabase): Promise<number[]> {
  return database.column<number>(HEALTHY, [RECORD_DATE]);
}

const HEALTHY = `select p.user_id from ibsafe_userprofile p join auth_user a on a.id = p.user_id
  where a.is_active and not a.is_staff and exists (select from ibsafe_userfoodrecord r where r.user_id = a.id and r.record_date = $1)
    and exists (select from ibsafe_userexerciserecord r where r.user_id = a.id and r.record_date = $1)
    and not exists (select from ibsafe_interventionrecord i where i.user_id = a.id) order by p.user_id`;

/** Gives a user foods of these names, and no others, on the record date. */
async function eat(database: PatientsDatabase, userId: number, names: readonly string[]): Promise<void> {
  await database.rows('delete from ibsafe_userfoodrecord where user_id = $1', [userId]);
  await database.rows(
    `with food as (insert into ibsafe_food (food_code, food_name, created_at, updated_at, category_id)
       select 'P-' || $1 || '-' || n, name, now(), now(), (select min(id) from ibsafe_foodcategory) from unnest($2::text[]) with ordinality as t (name, n) returning id)
     insert into ibsafe_userfoodrecord (user_id, food_id, meal_type, amount, record_date, created_at, updated_at)
       select $1::int, id, 'lunch', 100, $3, now(), now() from food`,
    [userId, names, RECORD_DATE],
  );
}
