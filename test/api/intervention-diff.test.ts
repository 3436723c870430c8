import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const DIFF = `query ($userId: Int!, $date: Date!, $other: ID!) {
  interventions(filter: { userIds: [$userId], recordDateFrom: $date, recordDateTo: $date, gubun: "all" }) {
    nodes {
      dietTarget exerciseTarget
      diff(other: $other) {
        fields meals { meal added removed } exerciseTarget { before after } sleepTarget { before after } texts { field lengthBefore lengthAfter }
      }
    }
  }
}`;

interface Diff {
  readonly fields: string[];
  readonly meals: { meal: string; added: string[]; removed: string[] }[];
  readonly exerciseTarget: { before: number; after: number } | null;
  readonly sleepTarget: object | null;
  readonly texts: { field: string; lengthBefore: number; lengthAfter: number }[];
}
interface Row {
  readonly id: string;
  readonly diet: Record<string, string[]>;
  readonly goal: number;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let userId: number;
let today: Row;
let before: Row;

async function diff(other: unknown): Promise<Diff | null> {
  const variables = { userId, date: RECORD_DATE, other };
  return (await dataOf<{ interventions: { nodes: { diff: Diff }[] } }>(service.url, DIFF, variables)).interventions.nodes[0]?.diff ?? null;
}

async function adviceOf(date: string): Promise<Row> {
  const [row] = await database.rows<Row>(
    `select id, diet_target as diet, exercise_target as goal from ibsafe_interventionrecord where user_id = $1 and record_date = $2 and gubun = 'all'`,
    [userId, date],
  );
  if (row === undefined) throw new Error('no such advice');
  return row;
}

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database));
  const yesterday = addDays(RECORD_DATE, -1);
  for (const recordDate of [RECORD_DATE, yesterday]) await runToEnd(service.url, { recordDate });
  [userId = 0] = await database.column<number>(
    `select user_id from ibsafe_interventionrecord where outputs is not null group by user_id having count(*) = 2 and count(distinct exercise_target) = 2 limit 1`,
  );
  [today, before] = [await adviceOf(RECORD_DATE), await adviceOf(yesterday)];
});

afterAll(async () => {
  await resources.end();
});

describe('intervention.diff', () => {
  it('says which dishes the other has instead, meal by meal, and how the goal moves', async () => {
    const found = await diff(Number(before.id));
    expect(found?.meals.map(({ meal }) => meal)).toEqual(['BREAKFAST', 'LUNCH', 'DINNER']);
    for (const { meal, added, removed } of found?.meals ?? []) {
      const key = meal[0] + meal.slice(1).toLowerCase();
      const [mine, others] = [today.diet[key] ?? [], before.diet[key] ?? []];
      expect(removed).toEqual(mine.filter((dish) => !others.includes(dish)));
      expect(added).toEqual(others.filter((dish) => !mine.includes(dish)));
    }
    expect(found?.exerciseTarget).toEqual({ before: today.goal, after: before.goal });
    expect(found?.sleepTarget).toBeNull();
    expect(found?.fields).toEqual(expect.arrayContaining(['BREAKFAST', 'LUNCH', 'DINNER', 'EXERCISE_TARGET']));
  });

  it('finds an intervention equal to itself', async () => {
    expect(await diff(Number(today.id))).toMatchObject({ fields: [], meals: [], exerciseTarget: null, texts: [] });
  });

  it('reads what an app wrote in other shapes, as far as it is names', async () => {
    await database.rows(`update ibsafe_interventionrecord set diet_target = '{"Breakfast": "죽", "Lunch": ["쌀밥", 7], "Dinner": null}' where id = $1`, [before.id]); // prettier-ignore
    const found = await diff(Number(before.id));
    expect(found?.meals.map(({ meal, added }) => [meal, added])).toEqual([['BREAKFAST', []], ['LUNCH', today.diet['Lunch']?.includes('쌀밥') === true ? [] : ['쌀밥']], ['DINNER', []]]); // prettier-ignore
    expect(found?.texts.find(({ field }) => field === 'SUMMARY')).toMatchObject({ lengthAfter: 0 });
  });

  it('says that there is no such intervention', async () => {
    for (const other of ['999999999', '1.5', '1e300', '-1', '', '9223372036854775808', '\u0000']) {
      const { errors } = await ask(service.url, DIFF, { userId, date: RECORD_DATE, other });
      expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('No intervention has the id'), extensions: { code: 'INTERVENTION_NOT_FOUND' } }); // prettier-ignore
    }
  });
});
