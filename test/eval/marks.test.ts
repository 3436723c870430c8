import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseLines, judgedCases, judgeMarks } from '../../eval/marks.js';
import { drawSample, type DrawnRow } from '../../src/application/reviews/draw-sample.js';
import { markAdvice } from '../../src/application/reviews/mark-advice.js';
import { turnPointOff, turnPointOn } from '../../src/application/reviews/turn-point.js';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import type { MarkOrder } from '../../src/domain/review/decide-mark.js';
import { RecallWorld } from '../support/recall-world.js';
import { until } from '../support/until.js';

const world = new RecallWorld();
beforeAll(() => world.open(60));
afterAll(() => world.resources.end());

const draw = async (): Promise<readonly DrawnRow[]> => (await drawSample(world.deps, world.service.core.words.explainer, 100)).rows;
const mark = async ({ row }: DrawnRow, said: Partial<MarkOrder>): Promise<void> => {
  const order = {
    row: row.key,
    verdict: 'HARMFUL',
    points: [],
    dishes: [],
    turnOff: false,
    recall: false,
    allergen: false,
    ...said,
  } as const;
  const answer = await markAdvice(world.deps, { order, explainer: world.service.core.words.explainer }, { actor: 'test' });
  expect(answer).toMatchObject({ status: 'accepted' });
};
const cases = async () => {
  const judged = await judgedCases(world.service.core, 'RULES');
  return judged.map(({ status, still }) => [status, ...still]);
};

describe('Marks in an evaluation', () => {
  it('say whether the advice of now still holds what was marked, until it is turned off, is recalled, is marked fine, or its person is erased', async () => {
    expect(await cases()).toEqual([]);
    const can = (point: string): boolean =>
      !world.deps.words.warns(point) && world.deps.words.lackingWithout([{ kind: 'POINT', point }], []).length === 0;
    const rows = (await draw()).filter(({ why }) => why.some(({ id }) => can(id)));
    const [row, other] = rows as [DrawnRow, DrawnRow];
    const point = row.why.find(({ id }) => can(id))?.id ?? '';
    await mark(row, { points: [point] });
    expect(await cases()).toEqual([['STILL', point]]);
    expect(await turnPointOff(world.deps, { point }, 'test')).toMatchObject({ isOff: true });
    expect(await cases()).toEqual([['NO_MORE']]);
    expect(await turnPointOn(world.deps, { point }, 'test')).toMatchObject({ isOff: false });
    expect(await cases()).toEqual([['STILL', point]]);
    const [dish = ''] = other.dishes;
    await mark(other, { dishes: [dish], recall: true });
    expect(await cases()).toEqual([['NO_MORE'], ['STILL', point]]);
    const open = 'select count(*)::int from batch.run_view where ended_at is null';
    await until(async () => (await world.database.column<number>(open))[0] === 0);
    const desk = new ErasureDesk(world.database.pool);
    const { name } = await desk.preview(other.row.userId);
    expect(await desk.erase(other.row.userId, { name, actor: 'test' })).toHaveProperty('erased');
    expect(await cases()).toEqual([['GONE'], ['STILL', point]]);
    const third = (await draw()).find(({ why, row: { key } }) => key !== row.row.key && why.some(({ id }) => id === point));
    if (third === undefined) throw new Error('another row says it, too');
    await mark(third, { verdict: 'FINE', points: [point] });
    expect(await cases()).toEqual([['GONE']]);
  });

  it('writes nothing, and tells codes alone', async () => {
    const before = await world.database.column<string>('select count(*)::text || max(updated_at) from ibsafe_interventionrecord');
    const judged = await judgedCases(world.service.core, 'RULES');
    expect(await world.database.column('select count(*)::text || max(updated_at) from ibsafe_interventionrecord')).toEqual(before);
    expect(Object.keys(judged[0] ?? {}).toSorted()).toEqual(
      ['dishes', 'markId', 'markedAt', 'points', 'row', 'status', 'still', 'verdict'],
    ); // prettier-ignore
    expect(caseLines(judged)).toEqual([
      `is gone      HARMFUL  ${judged[0]?.dishes.join(', ')}  (mark ${judged[0]?.markId})`,
      '',
      'cases: 1. 0 still so, 0 no more, 0 no advice, 1 is gone',
    ]);
    expect(caseLines([])).toHaveLength(1);
  });

  it('needs a database', async () => {
    await expect(judgeMarks({}, 'RULES')).rejects.toThrow('--marks needs DATABASE_URL');
  });
});
