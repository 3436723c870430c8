import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawSample, type DrawnRow } from '../../src/application/reviews/draw-sample.js';
import { markAdvice, type MarkAccepted } from '../../src/application/reviews/mark-advice.js';
import { turnPointOff, turnPointOn } from '../../src/application/reviews/turn-point.js';
import { addDays } from '../../src/domain/local-date.js';
import type { MarkOrder } from '../../src/domain/review/decide-mark.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runToEnd } from '../support/batch-client.js';
import { RECORD_DATE } from '../support/patients-database.js';
import { pointsOf, RecallWorld, TODAY } from '../support/recall-world.js';
import { loadAdviceWords } from '../../src/generators/advice-words.js';
import { POINT_CODES } from '../../src/domain/advice/points/said-text.js';

const { explainer } = loadAdviceWords({ ADVICE_LANGUAGE: 'ko', ADVICE_ONLY_REVIEWED: 'false' });
const world = new RecallWorld();
beforeAll(() => world.open(150));
afterAll(() => world.resources.end());

const draw = async (most = 20): Promise<readonly DrawnRow[]> => (await drawSample(world.deps, explainer, most)).rows;
const order = ({ row }: DrawnRow, rest: Partial<MarkOrder>): MarkOrder => {
  return { row: row.key, verdict: 'FINE', points: [], dishes: [], turnOff: false, recall: false, allergen: false, ...rest };
};
async function mark(asked: MarkOrder, key?: string): Promise<MarkAccepted> {
  const caller = { actor: 'key:anna', ...(key !== undefined && { idempotencyKey: key }) };
  const answer = await markAdvice(world.deps, { order: asked, explainer }, caller);
  if (answer.status !== 'accepted') throw new Error(`${answer.code}: ${answer.message}`);
  return answer;
}
const saidIn = async (recordDate: string, point: string): Promise<number> => {
  const rows = (await world.rows()).filter((row) => row.record_date === recordDate);
  expect(rows.length).toBeGreaterThan(50);
  return rows.filter((row) => pointsOf(row).includes(POINT_CODES.of(point) ?? point)).length;
};
/** A point of the rows that is no warning, is not the only one of its text, and is said often. */
async function usualPoint(): Promise<string> {
  const counts = Map.groupBy((await draw(100)).flatMap(({ why }) => why.map(({ id }) => id)), (id) => id); // prettier-ignore
  const usual = [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([id]) => id);
  return usual.find((id) => !world.deps.words.warns(id) && world.deps.words.lackingWithout([{ kind: 'POINT', point: id }], []).length === 0) ?? ''; // prettier-ignore
}

describe('a reviewer’s sample', () => {
  it('is the same each time, of rows that stand, with what each shows and why it is there', async () => {
    const rows = await draw();
    expect(rows).toHaveLength(20);
    expect(await draw()).toEqual(rows);
    const saved = new Map((await world.rows()).map((row) => [row.id, row]));
    for (const { row, why, risks, dishes } of rows) {
      const stands = saved.get(row.interventionId);
      expect([stands?.user_id, stands?.record_date]).toEqual([row.userId, row.recordDate]);
      expect(why.length).toBeGreaterThan(3);
      expect(dishes.length).toBeGreaterThan(3);
      expect(risks.length).toBeGreaterThan(0);
    }
    expect(rows[0]?.risks.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['NEW_POINT', 'NEW_DISH', 'NEW_VERSION']));
    expect(rows.map(({ score }) => score)).toEqual(rows.map(({ score }) => score).toSorted((a, b) => b - a));
  });

  it('shows a row no more once it is marked, and nothing of it is new then', async () => {
    const [first] = await draw();
    if (first === undefined) throw new Error('there are rows');
    await mark(order(first, {}));
    const after = await draw(100);
    expect(after.some(({ row }) => row.interventionId === first.row.interventionId)).toBe(false);
    const seen = new Set(first.why.map(({ id }) => id));
    const isNew = after.flatMap(({ risks }) => risks.filter(({ reason }) => reason === 'NEW_POINT').flatMap(({ items }) => items));
    expect(isNew.length).toBeGreaterThan(0);
    expect(isNew.filter((point) => seen.has(point))).toEqual([]);
  });

  it('reads a bounded part of a run, and only the last words of a date', async () => {
    const before = await draw(100);
    const [some] = before;
    if (some === undefined) throw new Error('there are rows');
    await runToEnd(world.service.url, { recordDate: RECORD_DATE, onExisting: 'REGENERATE', userIds: [some.row.userId] });
    const after = await draw(100);
    expect(after.filter(({ row }) => row.userId === some.row.userId && row.recordDate === RECORD_DATE).length).toBeLessThan(2);
    expect(after.map(({ row }) => row.key)).not.toContainEqual(some.row.recordDate === RECORD_DATE ? some.row.key : { runId: '' });
    expect(new Set(after.map(({ row }) => row.interventionId)).size).toBe(after.length);
  });
});

describe('a mark', () => {
  it('is an event that names no person, and its note is an operator’s text', async () => {
    const [first] = await draw();
    if (first === undefined) throw new Error('there are rows');
    const { mark: made } = await mark(order(first, { verdict: 'UNCLEAR', note: '문장이 길다', points: [first.why[0]?.id ?? ''] }), 'k1');
    const stream = `mark-${made.markId}`;
    const [kept] = await world.database.rows<{ data: Record<string, unknown>; subject: number | null; actor: string }>(
      'select data, subject, actor from batch.event_log where stream = $1',
      [stream],
    );
    expect(kept).toMatchObject({ subject: null, actor: 'key:anna', data: { verdict: 'UNCLEAR', texts: { reason: expect.any(String) } } });
    expect(JSON.stringify(kept)).not.toContain('문장이 길다');
    expect(await world.database.column(`select data->>'reason' from batch.event where stream = $1`, [stream])).toEqual(['문장이 길다']);
    expect(await mark(order(first, { verdict: 'UNCLEAR', note: '문장이 길다', points: [first.why[0]?.id ?? ''] }), 'k1')).toMatchObject({ repeated: true, mark: { markId: made.markId } }); // prettier-ignore
  });

  it('of a row that is gone is refused', async () => {
    const [first] = await draw();
    if (first === undefined) throw new Error('there are rows');
    const gone = { ...first, row: { ...first.row, key: { ...first.row.key, version: 9_999 } } };
    await expect(mark(order(gone, {}))).rejects.toThrow('MARK_ROW_NOT_FOUND');
  });

  it('turns its points off: from then on no advice says them, and once they are on again it does', async () => {
    const point = await usualPoint();
    expect(await saidIn(RECORD_DATE, point)).toBeGreaterThan(5);
    const row = (await draw(100)).find(({ why }) => why.some(({ id }) => id === point));
    if (row === undefined) throw new Error('there is a row of it');
    const { mark: made } = await mark(order(row, { verdict: 'WRONG', points: [point], turnOff: true }));
    const older = addDays(RECORD_DATE, -2);
    await runToEnd(world.service.url, { recordDate: older });
    expect(await saidIn(older, point)).toBe(0);
    const [some] = (await world.rows()).filter((each) => each.record_date === older);
    expect(some?.outputs.vocabulary).toMatch(/^points-[0-9a-f]+\+recalls-1$/u);
    expect(await saidIn(RECORD_DATE, point)).toBeGreaterThan(5); // saved advice stays
    expect(await world.database.rows('select is_off, mark_id from batch.point_view where point = $1', [point])).toEqual([{ is_off: true, mark_id: made.markId }]); // prettier-ignore
    expect(await turnPointOff(world.deps, { point }, 'key:anna')).toMatchObject({ code: 'POINT_IS_OFF' });
    expect(await turnPointOn(world.deps, { point }, 'key:anna')).toMatchObject({ isOff: false, version: 2 });
    expect(await turnPointOn(world.deps, { point }, 'key:anna')).toMatchObject({ code: 'POINT_NOT_OFF' });
    await runToEnd(world.service.url, { recordDate: older, onExisting: 'REGENERATE' });
    expect(await saidIn(older, point)).toBeGreaterThan(5);
  });

  it('stands with all that it asks for, or not at all', async () => {
    const warning = explainer.vocabulary.points.find(({ warns }) => warns === true)?.id ?? '';
    expect(await turnPointOff(world.deps, { point: warning }, 'key:anna')).toMatchObject({ code: 'POINT_IS_WARNING' });
    expect(await turnPointOff(world.deps, { point: 'NO_SUCH' }, 'key:anna')).toMatchObject({ code: 'POINT_UNKNOWN' });
    const noWarning = explainer.vocabulary.points.find(({ id, warns }, place) => id === 'GOAL_PLAIN' && warns !== true && explainer.vocabulary.isAlwaysSaid(place))?.id ?? ''; // prettier-ignore
    expect(await turnPointOff(world.deps, { point: noWarning }, 'key:anna')).toMatchObject({ isOff: true }); // of what is always said and warns of nothing others take the place
    expect(await turnPointOn(world.deps, { point: noWarning }, 'key:anna')).toMatchObject({ isOff: false });
    const row = (await draw(100)).find(({ why }) => why.some(({ id }) => world.deps.words.warns(id)));
    const always = row?.why.find(({ id }) => world.deps.words.warns(id))?.id ?? '';
    if (row === undefined) throw new Error('some row warns');
    const counted = 'select count(*)::int from batch.event_log where stream like $1 or stream like $2';
    const before = await world.database.column(counted, ['mark-%', 'point-%']);
    const usual = row.why.find(({ id }) => !world.deps.words.warns(id))?.id ?? '';
    await expect(mark(order(row, { verdict: 'WRONG', points: [usual, always], turnOff: true }), 'k2')).rejects.toThrow('POINT_');
    expect(await world.database.column(counted, ['mark-%', 'point-%'])).toEqual(before);
    expect(await mark(order(row, { verdict: 'FINE' }), 'k2')).toMatchObject({ repeated: false }); // the key was given back
  });

  it('starts a recall that names it, and its runs write the advice anew', async () => {
    const point = await usualPoint();
    const row = (await draw(100)).find((each) => each.row.recordDate === RECORD_DATE && each.why.some(({ id }) => id === point));
    if (row === undefined) throw new Error('there is a row of it');
    const asked = order(row, { verdict: 'HARMFUL', points: [point], recall: true, turnOff: true, note: '해롭다' });
    const { mark: made, recall } = await mark(asked, 'k3');
    if (recall === undefined) throw new Error('it recalls');
    expect(recall).toMatchObject({ status: 'LISTED', request: { cause: { kind: 'POINT', point }, markId: made.markId, reason: '해롭다' } });
    await world.ended(recall);
    expect((await world.rows()).filter((each) => each.target_date === TODAY && pointsOf(each).includes(POINT_CODES.of(point) ?? ''))).toEqual([]); // prettier-ignore
    expect(await mark(asked, 'k3')).toMatchObject({ repeated: true, recall: { recallId: recall.recallId } }); // though its row was written anew
  });

  it('doubts a point until a later mark that names it finds it fine', async () => {
    const rows = await draw(100);
    const [one, other] = rows.filter(({ why }) => why.some(({ id }) => id === rows[0]?.why[0]?.id));
    const point = rows[0]?.why[0]?.id ?? '';
    if (one === undefined || other === undefined) throw new Error('two rows say it');
    await mark(order(one, { verdict: 'WRONG', points: [point] }));
    expect((await world.deps.reviews.reviewed()).doubted).toContain(point);
    await mark(order(other, { verdict: 'FINE' }));
    expect((await world.deps.reviews.reviewed()).doubted).toContain(point);
    const third = (await draw(100)).find(({ why }) => why.some(({ id }) => id === point));
    if (third === undefined) throw new Error('a third says it');
    expect(third.risks[0]).toEqual({ reason: 'DOUBTED_POINT', items: expect.arrayContaining([point]) });
    await mark(order(third, { verdict: 'FINE', points: [point] }));
    expect((await world.deps.reviews.reviewed()).doubted).not.toContain(point);
  });

  it('is the same made anew from the log', async () => {
    expect(await compareViews(world.database.pool)).toMatchObject({ differences: [] });
    await world.database.rows("update batch.mark_view set verdict = 'FINE' where verdict = 'HARMFUL'");
    await world.database.rows('update batch.point_view set is_off = not is_off where point = (select min(point) from batch.point_view)');
    const { differences } = await rebuildViews(world.database.pool, { verify: true });
    expect(differences.map(({ view, column }) => `${view} ${column}`).toSorted()).toEqual(['mark_view verdict', 'point_view is_off']);
  });
});

describe('an erasure', () => {
  it('leaves marks, and takes the person’s rows out of the sample and out of reach of marks', async () => {
    const [first] = await draw();
    if (first === undefined) throw new Error('there are rows');
    await world.database.rows('delete from batch.subject where user_id = $1', [first.row.userId]);
    expect((await draw(100)).some(({ row }) => row.userId === first.row.userId)).toBe(false);
    await expect(mark(order(first, {}))).rejects.toThrow('MARK_ROW_NOT_FOUND');
    expect((await world.database.column('select count(*)::int from batch.mark_view'))[0]).toBeGreaterThan(3);
  });
});
