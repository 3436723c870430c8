import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { liftRecall } from '../../src/application/recalls/lift-recall.js';
import { previewRecall, recalledRows } from '../../src/application/recalls/preview-recall.js';
import { addDays } from '../../src/domain/local-date.js';
import type { RequestRecall } from '../../src/domain/recall/decide-recall.js';
import type { Recall } from '../../src/domain/recall/recall.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runToEnd } from '../support/batch-client.js';
import { RECORD_DATE } from '../support/patients-database.js';
import { catalogue, dishesOf, RecallWorld, TODAY, YESTERDAY, type Row } from '../support/recall-world.js';
import { faultsOf } from '../support/run-faults.js';
import { until } from '../support/until.js';

describe('a recall of a dish', () => {
  const world = new RecallWorld();
  let before: Row[];
  let dish: string;
  let recall: Recall;
  const holds = (row: Row): boolean => dishesOf(row).includes(dish);

  beforeAll(async () => {
    await world.open(150);
    before = await world.rows();
    dish = await world.usualDish();
  });
  afterAll(() => world.resources.end());

  it('is seen before it is made: rows that it would replace, and rows whose day is over, with nothing changed', async () => {
    const order: RequestRecall = { cause: { kind: 'DISH', dish } };
    const preview = await previewRecall(world.deps, order);
    const held = before.filter(holds);
    const [replace, past] = [held.filter((row) => row.target_date === TODAY), held.filter((row) => row.target_date === YESTERDAY)];
    expect(replace.length).toBeGreaterThan(5);
    expect(past.length).toBeGreaterThan(5);
    expect(preview).toMatchObject({ counts: { replace: replace.length, past: past.length, closed: 0 } });
    const first = await recalledRows(world.deps, order, { first: 10 });
    expect(first.map(({ interventionId, mark }) => ({ id: Number(interventionId), mark }))).toEqual(
      held.slice(0, 10).map((row) => ({ id: row.id, mark: row.target_date === TODAY ? 'REPLACE' : 'PAST' })),
    );
    const last = first.at(-1);
    if (last === undefined) throw new Error('there are rows');
    const after = { userId: last.userId, recordDate: last.recordDate, gubun: last.program.gubun };
    const next = await recalledRows(world.deps, order, { first: 1_000, after });
    expect([...first, ...next].map(({ interventionId }) => Number(interventionId))).toEqual(held.map(({ id }) => id));
    expect(await world.rows()).toEqual(before);
  });

  it('replaces what holds it for today, with an outcome each, and leaves yesterday and all others as they are', async () => {
    recall = await world.recall({ cause: { kind: 'DISH', dish }, allergen: true, reason: '우유 표기 누락' });
    await world.ended(recall);
    const after = await world.rows();
    const affected = before.filter((row) => holds(row) && row.target_date === TODAY);
    expect(recall).toMatchObject({
      status: 'LISTED',
      counts: { replace: affected.length },
      runs: [{ recordDate: RECORD_DATE, rows: affected.length }],
    });
    expect(after.filter((row) => row.target_date === TODAY && holds(row))).toEqual([]);
    const byId = new Map(after.map((row) => [row.id, row]));
    for (const row of before) {
      const isAffected = affected.includes(row);
      expect([row.id, byId.get(row.id)?.digest === row.digest]).toEqual([row.id, !isAffected]);
    }
    const runId = recall.runs[0]?.runId ?? '';
    expect(await faultsOf(world.database, runId)).toEqual([]);
    const outcomes = await world.database.rows<{ id: number; replaced: object }>(
      `select (data->>'interventionId')::int as id, data->'replaced' as replaced from batch.event where run_id = $1 and type = 'InterventionGenerated' order by 1`,
      [runId],
    );
    const told = affected.map(({ id, texts, outputs: { vocabulary } }) => {
      return { id, replaced: { textHash: createHash('sha256').update(texts).digest('hex'), vocabulary } };
    });
    expect(outcomes).toEqual(told.toSorted((a, b) => a.id - b.id));
    for (const { id } of affected) expect(byId.get(id)?.outputs.vocabulary).toMatch(/^points-[0-9a-f]+\+recalls-1$/u);
  });

  it('keeps no text of what it replaced', async () => {
    const log = (await world.database.column<string>("select string_agg(data::text, ' ') from batch.event"))[0] ?? '';
    const label = catalogue.dishes[catalogue.indexOfCode(dish)]?.nameKo ?? '-';
    expect(log).toContain('textHash');
    expect(log).not.toContain(label);
  });

  it('offers it to nobody from then on, and again once it is lifted', async () => {
    const older = addDays(RECORD_DATE, -2);
    await runToEnd(world.service.url, { recordDate: older });
    const without = (await world.rows()).filter((row) => row.record_date === older);
    expect(without.length).toBeGreaterThan(50);
    expect(without.filter(holds)).toEqual([]);
    expect(await liftRecall(world.deps, { recallId: recall.recallId }, 'test')).toMatchObject({ liftedBy: 'test' });
    expect(await liftRecall(world.deps, { recallId: recall.recallId }, 'test')).toMatchObject({ code: 'RECALL_LIFTED' });
    await runToEnd(world.service.url, { recordDate: older, onExisting: 'REGENERATE' });
    const again = (await world.rows()).filter((row) => row.record_date === older);
    expect(again.filter(holds).length).toBeGreaterThan(5);
    expect(again[0]?.outputs.vocabulary).toMatch(/\+recalls-2$/u);
  });

  it('is the same made anew from the log', async () => {
    expect(await compareViews(world.database.pool)).toMatchObject({ differences: [] });
    await world.database.rows('update batch.recall_view set lifted_at = null, version = 9');
    expect(
      (await rebuildViews(world.database.pool, { verify: true })).differences.map(({ view, column }) => `${view} ${column}`).toSorted(),
    ).toEqual(['recall_view lifted_at', 'recall_view version']);
  });

  it('alerts where it is for an allergen, until its rows are replaced', async () => {
    const state = 'select kind, state, over_at is not null as over from batch.alert where subject = $1';
    const alert = { kind: 'RECALLED_ALLERGEN', over: true };
    await until(async () => (await world.database.rows<{ over: boolean }>(state, [recall.recallId]))[0]?.over === true);
    expect(await world.database.rows(state, [recall.recallId])).toMatchObject([alert]);
  });
});
