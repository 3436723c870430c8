import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd, type SeenProgress } from '../support/batch-client.js';
import { outcomesOf, type SeenOutcome } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** Whom nothing but the poison keeps from advice. */
const HEALTHY = `select p.user_id from ibsafe_userprofile p join auth_user a on a.id = p.user_id
  where a.is_active and not a.is_staff and exists (select from ibsafe_userfoodrecord r where r.user_id = a.id and r.record_date = $1)
    and exists (select from ibsafe_userexerciserecord r where r.user_id = a.id and r.record_date = $1)
    and not exists (select from ibsafe_interventionrecord i where i.user_id = a.id) order by p.user_id`;

/** What a form, an import or a hostile client can put into a name. */
const NAMES = [
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

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let healthy: number[];
let poisoned: Record<string, number>;
let outcomes: Map<number, SeenOutcome>;
let run: { runId: string; end: SeenProgress };

const adviceOf = async (userId: number | undefined): Promise<Record<string, unknown> | undefined> =>
  (await database.rows<Record<string, unknown>>('select * from ibsafe_interventionrecord where user_id = $1', [userId]))[0];

async function poison(): Promise<Record<string, number>> {
  const [noProfile, noAllergy, negative, absurd, longName, strangeNames, everything] = healthy as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  await database.rows('alter table ibsafe_userprofile alter column has_nut_allergy drop not null');
  await database.rows('alter table ibsafe_food alter column food_name type text, alter column food_code type text');
  await database.rows('delete from ibsafe_userprofile where user_id = $1', [noProfile]);
  await database.rows('update ibsafe_userprofile set has_nut_allergy = null where user_id = $1', [noAllergy]);
  await database.rows('update ibsafe_userexerciserecord set current_steps = -1 where user_id = $1', [negative]);
  await database.rows('update ibsafe_userexerciserecord set current_steps = 2147483647 where user_id = $1 and record_date = $2', [
    absurd,
    RECORD_DATE,
  ]);
  await eat(longName, ['가'.repeat(MEGABYTE / 3)]);
  await eat(strangeNames, NAMES);
  await database.rows(`update ibsafe_userprofile set has_lactose_intolerance = true, ${ALLERGIES.map((each) => `has_${each}_allergy = true`).join(', ')} where user_id = $1`, [everything]); // prettier-ignore
  return { noProfile, noAllergy, negative, absurd, longName, strangeNames, everything };
}

/** Gives a user foods of these names, and no others, on the record date. */
async function eat(userId: number, names: readonly string[]): Promise<void> {
  await database.rows('delete from ibsafe_userfoodrecord where user_id = $1', [userId]);
  await database.rows(
    `with food as (insert into ibsafe_food (food_code, food_name, created_at, updated_at, category_id)
       select 'P-' || $1 || '-' || n, name, now(), now(), (select min(id) from ibsafe_foodcategory) from unnest($2::text[]) with ordinality as t (name, n) returning id)
     insert into ibsafe_userfoodrecord (user_id, food_id, meal_type, amount, record_date, created_at, updated_at)
       select $1::int, id, 'lunch', 100, $3, now(), now() from food`,
    [userId, names, RECORD_DATE],
  );
}

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  healthy = await database.column<number>(HEALTHY, [RECORD_DATE]);
  poisoned = await poison();
  service = resources.use(await startTestService(database));
  run = await runToEnd(service.url, { chunkSize: 40 });
  outcomes = new Map((await outcomesOf(service.url, run.runId)).map((each) => [each.userId, each]));
});

afterAll(async () => {
  await resources.end();
});

describe('a run over broken records', () => {
  it('completes with failures, and everybody is accounted for', async () => {
    expect(run.end).toMatchObject({ status: 'COMPLETED_WITH_FAILURES', percent: 100, failed: 3 });
    expect(await faultsOf(database, run.runId)).toEqual([]);
  });

  it('gives every healthy user advice: what is broken is one user’s', () => {
    const broken = new Set(Object.values(poisoned));
    const others = healthy.filter((id) => !broken.has(id)).map((id) => outcomes.get(id)?.outcome);
    expect(others.length).toBeGreaterThan(60);
    expect(new Set(others)).toEqual(new Set(['GENERATED']));
  });

  it.each([
    ['no profile', 'noProfile', { outcome: 'SKIPPED', skipReasons: ['NO_PROFILE'] }],
    ['an allergy left blank', 'noAllergy', { outcome: 'FAILED', failureCode: 'INVALID_INPUT' }],
    ['negative steps', 'negative', { outcome: 'FAILED', failureCode: 'INVALID_INPUT' }],
    ['more steps than anyone walks', 'absurd', { outcome: 'FAILED', failureCode: 'INVALID_INPUT' }],
    ['a food whose name is a megabyte long', 'longName', { outcome: 'GENERATED' }],
    ['foods with strange names', 'strangeNames', { outcome: 'GENERATED' }],
    ['every allergy there is', 'everything', { outcome: 'GENERATED' }],
  ])('says of a user with %s what happened to them', (_, name, expected) => {
    expect(outcomes.get(poisoned[name] ?? 0)).toMatchObject(expected);
  });

  it('keeps strange names as they are, and of a long one as much as IBSafe’s column holds', async () => {
    const strange = await adviceOf(poisoned['strangeNames']);
    expect(strange?.['input_today_diet']).toEqual(NAMES);
    const long = await adviceOf(poisoned['longName']);
    expect(long?.['input_today_diet']).toEqual(['가'.repeat(100)]);
  });
});
