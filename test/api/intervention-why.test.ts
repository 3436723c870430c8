import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../support/batch-client.js';
import { ask, dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const WHY = `query ($ids: [Int!], $gubun: String) {
  interventions(first: 20, filter: { userIds: $ids, gubun: $gubun }) {
    nodes {
      id userId recordDate dietEvaluation dietTarget exerciseEvaluation exerciseTarget sleepEvaluation inputFodmapCount model
      why {
        point field family eatenFoodId dishCode dishName vocabulary isCurrent wording reviewedBy reviewedOn
        facts { name value meaning meaningKo } source { title publisher year address section citationKo }
      }
    }
  }
}`;

interface Point {
  readonly point: string;
  readonly field: string | null;
  readonly eatenFoodId: string | null;
  readonly dishCode: string | null;
  readonly dishName: string | null;
  readonly wording: number | null;
  readonly isCurrent: boolean;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly meaning: string | null;
    readonly meaningKo: string | null;
  }[];
  readonly source: { readonly title: string } | null;
  readonly [more: string]: unknown;
}
interface Node {
  readonly id: string;
  readonly userId: number;
  readonly recordDate: string;
  readonly dietEvaluation: string;
  readonly dietTarget: { readonly Summary: string; readonly [meal: string]: unknown } | null;
  readonly exerciseEvaluation: string;
  readonly exerciseTarget: number | null;
  readonly sleepEvaluation: string | null;
  readonly inputFodmapCount: Readonly<Record<string, number>>;
  readonly model: string | null;
  readonly why: Point[] | null;
}
interface WrittenPoint {
  readonly id: string;
  readonly ko: readonly string[];
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let advised: number[];
/** Wordings by point, as the project's files have them. */
const wordings = new Map(
  readdirSync('data/points').flatMap((file) => {
    const points = JSON.parse(readFileSync(join('data/points', file), 'utf8')) as WrittenPoint[];
    return points.map(({ id, ko }) => [id, ko] as const);
  }),
);

const nodesOf = async (variables: object): Promise<Node[]> =>
  (await dataOf<{ interventions: { nodes: Node[] } }>(service.url, WHY, variables)).interventions.nodes;
const ours = async (gubun: string): Promise<Node[]> => (await nodesOf({ ids: advised, gubun })).filter(({ recordDate, model }) => recordDate === RECORD_DATE && model === 'RULE'); // prettier-ignore

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  service = resources.use(await startTestService(database));
  await runToEnd(service.url);
  await runToEnd(service.url, { program: 'SLEEP' });
  advised = await database.column<number>(
    `select user_id from ibsafe_interventionrecord where outputs is not null group by 1 having count(*) = 2 order by 1 limit 9`,
  );
});
afterAll(() => resources.end());

/** A pattern of a text that consists of its points' wordings and of nothing else, in their order. */
function explained(points: readonly Point[]): RegExp {
  const sentences = points.map(({ point, wording }) => {
    const said = wordings.get(point)?.[wording ?? -1];
    if (said === undefined) throw new Error(`${point} has no wording ${wording}`);
    const pieces = said.split(/\{[^}]+\}/u).map((piece) => piece.replace(/[.?*+()[\]|^$\\]/gu, String.raw`\$&`));
    return pieces.join('.+?');
  });
  return new RegExp(`^${sentences.join(' ')}$`, 'u');
}

describe('why an intervention says what it says', () => {
  it.each(['all', 'sleep'])('names a point for every sentence of its texts (%s)', async (gubun) => {
    const nodes = await ours(gubun);
    expect(nodes.length).toBeGreaterThan(5);
    for (const { why, dietEvaluation, dietTarget, exerciseEvaluation, sleepEvaluation } of nodes) {
      const texts = { DIET_EVALUATION: dietEvaluation, SUMMARY: dietTarget?.Summary ?? '', EXERCISE_EVALUATION: exerciseEvaluation, SLEEP_EVALUATION: sleepEvaluation ?? '' }; // prettier-ignore
      for (const [field, text] of Object.entries(texts)) {
        expect(text).toMatch(explained((why ?? []).filter((each) => each.field === field)));
      }
      expect(why?.every(({ field }) => field !== null)).toBe(true);
    }
  });

  it('has a source that can be looked up, and says that nobody signed it', async () => {
    for (const point of (await ours('all')).flatMap(({ why }) => why ?? [])) {
      expect(point).toMatchObject({
        isCurrent: true,
        reviewedBy: null,
        reviewedOn: null,
        source: {
          title: expect.stringMatching(/./u),
          publisher: expect.stringMatching(/./u),
          address: expect.stringMatching(/./u),
          citationKo: expect.stringMatching(/[가-힣]/u),
        },
      });
    }
  });

  it('has the facts as they were: those of the row and the records', async () => {
    const nodes = await ours('all');
    const facts = nodes.flatMap((node) => (node.why ?? []).flatMap((point) => point.facts.map((fact) => ({ node, point, ...fact }))));
    expect(facts.filter(({ meaning, meaningKo }) => !/[a-z]/.test(meaning ?? '') || !/[가-힣]/.test(meaningKo ?? ''))).toEqual([]);
    const valuesOf = (wanted: string): (typeof facts)[number][] => facts.filter(({ name }) => name === wanted);
    for (const count of ['low', 'high'] as const)
      for (const { value, node } of valuesOf(`day.${count}`)) expect(Number(value)).toBe(node.inputFodmapCount[count]);
    for (const { value, node } of valuesOf('steps.goal')) expect(Number(value)).toBe(node.exerciseTarget);
    const eaten = valuesOf('eaten.class');
    expect(eaten.length + valuesOf('dish.isComposed').length).toBeGreaterThan(0);
    for (const { value, point, node } of eaten) {
      expect(['LOW', 'MODERATE', 'HIGH', 'UNKNOWN']).toContain(value);
      const [grams] = await database.column<string>(
        'select sum(amount) from ibsafe_userfoodrecord where user_id = $1 and food_id = $2 and record_date = $3',
        [node.userId, point.eatenFoodId, RECORD_DATE],
      );
      const told = point.facts.find(({ name }) => name === 'eaten.grams');
      if (told !== undefined) expect(Number(told.value)).toBe(Number(grams));
    }
    for (const { point, node } of valuesOf('dish.isComposed')) {
      const dishes = Object.values(node.dietTarget ?? {}).flat() as string[];
      expect(dishes.some((dish) => dish.startsWith(point.dishName ?? 'none'))).toBe(true);
    }
  });

  it('is null for what another wrote: the app, the batch before this one, and a release that wrote prose', async () => {
    const [userId = 0, ...others] = advised;
    const before = (await ours('all')).find((node) => node.userId === userId);
    const setOutputs = (json: string): Promise<unknown[]> => database.rows('update ibsafe_interventionrecord set outputs = $2 where id = $1', [before?.id, json]); // prettier-ignore
    const whyNow = async (): Promise<Point[] | null | undefined> => (await nodesOf({ ids: [userId], gubun: 'all' })).find(({ id }) => id === before?.id)?.why; // prettier-ignore
    const older = ['{"ruleVersion":"rules-1"}', '{"generator":"LLM","promptVersion":"daily-1","model":"a","tokensIn":5}'];
    const foreign = [
      '[]',
      '"text"',
      'null',
      '7',
      '{"points":[["SWAP",1,"IBS-0001"]]}',
      '{"vocabulary":{},"points":[]}',
      '{"vocabulary":"v","points":"x"}',
    ];
    for (const json of [...older, ...foreign]) {
      await setOutputs(json);
      expect({ json, why: await whyNow() }).toEqual({ json, why: null });
    }
    expect((await nodesOf({ ids: others, gubun: 'all' })).some(({ why }) => why !== null)).toBe(true);
  });

  it('tells what a row recorded with a vocabulary of another day, as far as it is known', async () => {
    const [, userId = 0] = advised;
    const outputs = {
      ruleVersion: 'rules-3',
      vocabulary: 'points-of-old',
      points: [
        ['NO_SUCH_POINT', 12, 'IBS-0001', 1, { 'eaten.grams': 62.5 }],
        ['x'.repeat(1_000)],
        'SWAP',
        ['DRINK_WATER', 'a', { b: 1 }, 1.5],
      ],
      facts: { 'day.high': 2, 'long.word': 'y'.repeat(1_000), 'turn.of7': 2 },
    };
    await database.rows(`update ibsafe_interventionrecord set outputs = $2 where user_id = $1 and gubun = 'all' and record_date = $3`, [userId, JSON.stringify(outputs), RECORD_DATE]); // prettier-ignore
    const [node] = (await nodesOf({ ids: [userId], gubun: 'all' })).filter(({ recordDate }) => recordDate === RECORD_DATE);
    expect(node?.why).toMatchObject([
      { point: 'DRINK_WATER', field: 'SUMMARY', eatenFoodId: null, dishCode: null, wording: null, facts: [{ name: 'turn.of7', value: '2', meaningKo: expect.stringMatching(/[가-힣]/) }] },
      {
        point: 'NO_SUCH_POINT', field: null, source: null, eatenFoodId: '12', dishCode: 'IBS-0001', wording: 1, isCurrent: false, vocabulary: 'points-of-old',
        facts: [{ name: 'eaten.grams', value: '62.5', meaning: null, meaningKo: null }, { name: 'day.high', value: '2' }, { name: 'turn.of7', value: '2' }],
      },
    ]); // prettier-ignore
    expect(node?.why).toHaveLength(2);
  });

  it('costs a page what its lists may hold: a wide one of everything is refused before anything is read', async () => {
    const { errors } = await ask(service.url, WHY.replace('first: 20', 'first: 100'));
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'OPERATION_TOO_COSTLY', dearest: 'interventions.nodes.why.facts' } });
  });
});
