import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { runToEnd } from '../support/batch-client.js';
import { ask } from '../support/graphql-client.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { healthyUsers } from '../support/poisoned-records.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const DEEP = `(repeat('[', 5000) || '"a"' || repeat(']', 5000))::jsonb`;
/** A few kilobytes that are hundreds of megabytes as a text. */
const BOMB = `('[' || repeat('1e100000,', 5000) || '1]')::jsonb`;

/** What a column can hold, and how the row is shown: null in the field, or not at all. */
const ODD = [
  { set: `created_at = 'infinity'`, shown: { createdAt: null } },
  { set: `updated_at = '-infinity'`, shown: { updatedAt: null } },
  { set: `created_at = '20000-01-01'`, shown: { createdAt: null } },
  { set: `target_date = 'infinity'`, shown: { targetDate: null } },
  { set: `target_date = '0044-03-15 BC'`, shown: { targetDate: null } },
  { set: `sleep_target = 'NaN'`, shown: { sleepTarget: null } },
  { set: `sleep_target = '-Infinity'`, shown: { sleepTarget: null } },
  { set: `sleep_target = 1e308`, shown: { sleepTarget: null } },
  { set: `diet_target = ${DEEP}`, shown: { dietTarget: null } },
  { set: `diet_target = ${BOMB}`, shown: { dietTarget: null } },
  { set: `input_fodmap_count = ${BOMB}`, shown: { inputFodmapCount: null } },
  { set: `outputs = ${DEEP}`, shown: { why: null } },
  { set: `outputs = jsonb_build_object('vocabulary', 'a', 'said', ${BOMB})`, shown: { why: null } },
  { set: `diet_evaluation = repeat('가', 30000)`, shown: { dietEvaluation: '가'.repeat(20_000) } },
  { set: `id = 9007199254740993`, shown: { id: '9007199254740993' } },
  { set: `id = -7`, shown: { id: '-7' } },
  { set: `record_date = 'infinity'`, shown: null },
  { set: `record_date = '20000-01-01'`, shown: null },
  { set: `record_date = '0044-03-15 BC'`, shown: null },
] as const;

const FIELDS =
  'id userId recordDate targetDate dietEvaluation dietTarget inputFodmapCount sleepTarget createdAt updatedAt why { point } diff(other: "9007199254740993") { fields }';
const LIST = `query ($ids: [Int!], $after: String) { interventions(first: 7, after: $after, filter: { userIds: $ids }) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;

interface Listed {
  readonly interventions: {
    readonly nodes: readonly { readonly userId: number }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let users: number[];

async function listed(ids: readonly number[]): Promise<Map<number, object>> {
  const found = new Map<number, object>();
  for (let [after, isMore]: [string | null, boolean] = [null, true]; isMore;) {
    const answer: Partial<Record<'errors', unknown>> & { readonly data?: Listed | null } = await ask<Listed>(service.url, LIST, {
      ids,
      after,
    });
    expect(answer.errors).toBeUndefined();
    const page: Listed['interventions'] | undefined = answer.data?.interventions;
    for (const node of page?.nodes ?? []) found.set(node.userId, node);
    [isMore, after] = [page?.pageInfo.hasNextPage ?? false, page?.pageInfo.endCursor ?? null];
  }
  return found;
}

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  service = resources.use(await startTestService(database));
  const all = await healthyUsers(database);
  await runToEnd(service.url);
  users = all.slice(0, ODD.length);
  for (const [at, { set }] of ODD.entries())
    await database.rows(`update ibsafe_interventionrecord set ${set} where user_id = $1`, [users[at]]);
});

afterAll(async () => {
  await resources.end();
});

describe('rows of interventions that hold what nothing can read', () => {
  it('cost their field or themselves, and no row beside them', async () => {
    const found = await listed(users);
    for (const [at, { shown }] of ODD.entries()) {
      if (shown === null) expect(found.has(users[at] ?? 0)).toBe(false);
      else expect(found.get(users[at] ?? 0)).toMatchObject(shown);
    }
    expect(found.size).toBe(ODD.filter(({ shown }) => shown !== null).length);
  });

  it.each(ODD.map(({ set }, at) => [set.slice(0, 60), at] as const))(
    'leave the patient and the days of one with %s readable',
    async (_, at) => {
      const answer = await ask(
        service.url,
        `query ($id: Int!, $date: Date!) {
        patient(id: $id) { id programs { program lastRecordDate } }
        userTimeline(userId: $id, from: $date, to: $date) { days { recordDate verdict interventions { id dietTarget why { point } } } }
      }`,
        { id: users[at], date: RECORD_DATE },
      );
      expect(answer).toMatchObject({ data: { patient: { id: users[at] } } });
      expect((answer as { errors?: unknown }).errors).toBeUndefined();
    },
  );

  it('are counted by the doctor, which names no person', async () => {
    const findings = await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: database.url }), { invariants: false });
    const found = findings.find(({ check }) => check === 'rows of interventions');
    expect(found).toMatchObject({ status: 'warning', found: expect.stringMatching(/3 are left out.* 13 are shown/) });
  });

  it('are written over by a run, but for those whose id is none', async () => {
    const { runId, end } = await runToEnd(service.url, { onExisting: 'REGENERATE' });
    expect(end).toMatchObject({ failed: 2 });
    const outcomes = await outcomesOf(service.url, runId);
    const failed = outcomes.filter(({ outcome }) => outcome === 'FAILED').map(({ userId }) => userId);
    // An id that no event can name: it costs the user whose row has it.
    expect(new Set(failed)).toEqual(new Set(users.filter((_, at) => ODD[at]?.set.startsWith('id = '))));
  });
});

describe('a run over records and errors of earlier batches that hold what nothing can read', () => {
  it('ends for each user, and fails at none beside them', async () => {
    const [deep, negative, endless, minus, food] = (await healthyUsersWithout()) as [number, number, number, number, number];
    await database.rows('alter table ibsafe_userfoodrecord alter column amount type numeric');
    await database.rows('alter table ibsafe_food alter column dietary_fiber_g type numeric');
    await database.rows(`update ibsafe_interventionrecord set error_message = 'x', diet_evaluation = '', exercise_evaluation = '', exercise_target = 0, diet_target = ${DEEP} where user_id = $1`, [deep]); // prettier-ignore
    await database.rows('update ibsafe_userfoodrecord set amount = -99999999999 where user_id = $1', [negative]);
    await database.rows(`update ibsafe_userfoodrecord set amount = 'Infinity' where user_id = $1`, [endless]);
    await database.rows(`update ibsafe_userfoodrecord set amount = '-Infinity' where user_id = $1`, [minus]);
    await database.rows(
      `with odd as (insert into ibsafe_food (id, food_code, food_name, dietary_fiber_g, created_at, updated_at, category_id)
         values (9223372036854775807, 'odd', 'odd', '1e400', now(), now(), (select min(id) from ibsafe_foodcategory)),
           (-9223372036854775808, 'odder', '', '-Infinity', now(), now(), (select min(id) from ibsafe_foodcategory)) returning id)
       insert into ibsafe_userfoodrecord (user_id, food_id, meal_type, amount, record_date, created_at, updated_at)
         select $1::int, id, 'lunch', 100, d, now(), now() from odd, unnest(array[$2::date, $2::date - 1]) d`,
      [food, RECORD_DATE],
    );
    const fresh = resources.use(await startTestService(database)); // its book of foods is read anew
    const { runId, end } = await runToEnd(fresh.url, { onExisting: 'REGENERATE' });
    expect(end).toMatchObject({ failed: 2 }); // those of the odd ids
    const outcomes = await outcomesOf(fresh.url, runId);
    for (const userId of [deep, negative, endless, minus, food])
      expect(outcomes.find((each) => each.userId === userId)).toMatchObject({ outcome: 'GENERATED' });
  });
});

/** Some users with advice, whose rows are as they were written. */
async function healthyUsersWithout(): Promise<number[]> {
  return database.column<number>(
    'select user_id from ibsafe_interventionrecord where record_date = $1 and not user_id = any($2) order by 1 limit 5',
    [RECORD_DATE, users],
  );
}
