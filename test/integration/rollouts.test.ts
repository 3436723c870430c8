import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { orderRollout, recordJudged } from '../../src/application/rollouts/order-rollout.js';
import { startRollout } from '../../src/application/rollouts/start-rollout.js';
import { watchRollout } from '../../src/application/rollouts/watch-rollouts.js';
import { addDays } from '../../src/domain/local-date.js';
import { armOf } from '../../src/domain/rollout/arm.js';
import type { Rollout } from '../../src/domain/rollout/rollout.js';
import { BEHAVIOURS } from '../../src/local-model/behaviour.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runToEnd } from '../support/batch-client.js';
import { RECORD_DATE } from '../support/patients-database.js';
import { RolloutWorld } from '../support/rollout-world.js';
import { faultsOf } from '../support/run-faults.js';
import { until } from '../support/until.js';

const day = (before: number) => ({ recordDate: addDays(RECORD_DATE, -before) });
const STOPPED = "select data from batch.event where stream = 'rollout-' || $1 and type = 'RolloutStopped'";

describe('a rollout of a model', () => {
  const world = new RolloutWorld();
  let rollout: Rollout;

  beforeAll(async () => {
    await world.open(200, { LLM_CANDIDATE_PRICE_INPUT: '1', LLM_CANDIDATE_PRICE_OUTPUT: '2' });
    await world.database.rows('delete from ibsafe_interventionrecord');
    rollout = await world.start({ thresholds: { priceMicros: 100_000_000, gateDropsPercent: 100, fallbacksPercent: 100 } });
  });
  afterAll(() => world.resources.end());

  it('knows what is tried against what', () => {
    expect(rollout.request).toMatchObject({
      candidate: { generator: 'LLM', model: 'tried', promptVersion: 'daily-3' },
      inForce: { generator: 'RULES' },
      sharePercent: 30,
    });
    expect(rollout.request.candidate.vocabulary).toBe(rollout.request.inForce.vocabulary);
  });

  it('is the only one of its program', async () => {
    expect(await startRollout(world.deps, { program: 'daily', sharePercent: 1 }, { actor: 'test' })).toMatchObject({
      code: 'ROLLOUT_GOING',
    });
  });

  it('gives the candidate to those whom seed and share give it, the version in force to all others, and says so in each outcome', async () => {
    const { runId } = await runToEnd(world.service.url, { chunkSize: 20, ...day(1) });
    const outcomes = await world.outcomes(runId);
    expect(await faultsOf(world.database, runId)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(100);
    for (const { userId, arm, rolloutId, model } of outcomes) {
      const wanted = armOf({ seed: 'spring-1', sharePercent: 30 }, userId);
      const asked = wanted === 'CANDIDATE' ? 'tried' : null;
      expect({ userId, arm, rolloutId, model }).toEqual({ userId, arm: wanted, rolloutId: rollout.rolloutId, model: asked });
    }
    const candidates = outcomes.filter(({ arm }) => arm === 'CANDIDATE').length;
    expect(candidates).toBeGreaterThan(outcomes.length * 0.15);
    expect(candidates).toBeLessThan(outcomes.length * 0.45);
    // The night is one of a run by rules, and the candidate was paid all the same.
    const paid = `select coalesce(sum((data->>'tokensIn')::int), 0)::int as tokens, coalesce(sum((data->>'costMicros')::int), 0)::int as micros from batch.event_log where run_id = $1 and subject is not null`;
    const [told] = await world.database.rows<{ tokens: number; micros: number }>(paid, [runId]);
    expect(told?.tokens).toBeGreaterThan(0);
    const shown = 'select tokens_in::int as tokens, cost_micros::int as micros from batch.night_view where record_date = $1';
    expect(await world.database.rows(shown, [addDays(RECORD_DATE, -1)])).toEqual([told]);
    expect(await compareViews(world.database.pool)).toMatchObject({ differences: [] });
    const [night] = await world.deps.rollouts.nights(rollout.rolloutId);
    expect(night).toMatchObject({
      recordDate: addDays(RECORD_DATE, -1),
      figures: {
        CANDIDATE: { users: candidates, advised: candidates, failed: 0 },
        IN_FORCE: { users: outcomes.length - candidates, costMicros: 0 },
      },
    });
    expect(night?.figures.CANDIDATE.costMicros).toBeGreaterThan(0);
  });

  it('leaves dry runs, shadow runs and runs that ask for another generator alone', async () => {
    for (const apart of [{ dryRun: true }, { shadow: true }]) {
      const { runId } = await runToEnd(world.service.url, { ...day(1), ...apart });
      expect((await world.outcomes(runId)).filter(({ arm }) => arm !== null)).toEqual([]);
    }
  });

  it('takes the candidate from no user when the share rises', async () => {
    await orderRollout(world.deps, { rolloutId: rollout.rolloutId, asked: { order: 'SHARE', sharePercent: 60 }, actor: 'test' });
    const { runId } = await runToEnd(world.service.url, day(2));
    const outcomes = await world.outcomes(runId);
    const of = (arm: string): number[] => outcomes.filter((each) => each.arm === arm).map(({ userId }) => userId);
    const before = outcomes
      .map(({ userId }) => userId)
      .filter((userId) => armOf({ seed: 'spring-1', sharePercent: 30 }, userId) === 'CANDIDATE');
    expect(of('CANDIDATE')).toEqual(expect.arrayContaining(before));
    expect(of('CANDIDATE').length).toBeGreaterThan(before.length);
  });

  it('is the same made anew from the log, with its sums', async () => {
    expect(await compareViews(world.database.pool)).toMatchObject({ differences: [] });
    await world.database.rows("update batch.rollout_figures set users = users + 1 where arm = 'CANDIDATE' and chunk = 0");
    await world.database.rows('update batch.rollout_view set share_percent = 99');
    const { differences } = await rebuildViews(world.database.pool, { verify: true });
    expect(new Set(differences.map(({ view, column }) => `${view} ${column}`))).toEqual(
      new Set(['rollout_view share_percent', 'rollout_figures users']),
    );
  });

  it('stops, and alerts, when an independent look finds more that is untrue; a second worker that sees the same stops nothing', async () => {
    const judged = { CANDIDATE: { rows: 500, falsehoods: 3 }, IN_FORCE: { rows: 500, falsehoods: 0 } };
    const stopped = await recordJudged(world.deps, { rolloutId: rollout.rolloutId, judged, actor: 'oracle' });
    expect(stopped).toMatchObject({
      status: 'STOPPED',
      judged,
      stop: { cause: 'FALSEHOODS', figure: { candidate: 60, limit: 0, users: 500 } },
    });
    await Promise.all(Array.from({ length: 8 }, () => watchRollout(world.deps, rollout.rolloutId, true)));
    expect(await world.database.rows(STOPPED, [rollout.rolloutId])).toHaveLength(1);
    const alerts = (): Promise<object[]> => world.database.rows("select subject, facts from batch.alert where kind = 'ROLLOUT_STOPPED'");
    await until(async () => (await alerts()).length > 0);
    expect(await alerts()).toEqual([
      { subject: rollout.rolloutId, facts: { program: 'daily', code: 'FALSEHOODS', recordDate: addDays(RECORD_DATE, -1) } },
    ]);
  });

  it('gives all users the version in force from then on', async () => {
    const asked = world.asked;
    const { runId } = await runToEnd(world.service.url, day(3));
    expect(new Set((await world.outcomes(runId)).map(({ arm, generator }) => `${arm} ${generator}`))).toEqual(new Set(['null RULES']));
    expect(world.asked).toBe(asked);
  });
});

describe('a candidate that is not fit', () => {
  const world = new RolloutWorld();

  beforeAll(async () => {
    await world.open(200);
    await world.database.rows('delete from ibsafe_interventionrecord');
  });
  afterAll(() => world.resources.end());

  it('stops the rollout where its endpoint refuses everything, and no night is paused for it', async () => {
    const { rolloutId } = await world.start();
    world.behaviour = BEHAVIOURS['401'] ?? world.behaviour;
    const { runId, end } = await runToEnd(world.service.url, { chunkSize: 20, ...day(1) });
    expect(end.status).toBe('COMPLETED');
    expect(await faultsOf(world.database, runId)).toEqual([]);
    expect(await world.found(rolloutId)).toMatchObject({ status: 'STOPPED', stop: { cause: 'CANDIDATE_AWAY' }, actor: 'test' });
    expect(await world.database.rows(STOPPED, [rolloutId])).toHaveLength(1);
    const outcomes = await world.outcomes(runId);
    expect(new Set(outcomes.map(({ generator }) => generator))).toEqual(new Set(['RULES']));
    expect(outcomes.filter(({ arm }) => arm === 'CANDIDATE')).toEqual([]);
    const paused = "select from batch.event where run_id = $1 and type = 'RunPaused'";
    expect(await world.database.rows(paused, [runId])).toEqual([]);
  });

  it('stops the rollout in the middle of a night once enough of its points were not true', async () => {
    world.behaviour = BEHAVIOURS.untrue ?? world.behaviour;
    const { rolloutId } = await world.start({ sharePercent: 50, thresholds: { leastUsers: 20 } });
    const { runId, end } = await runToEnd(world.service.url, { chunkSize: 10, ...day(2) });
    expect(end.status).toBe('COMPLETED');
    const stopped = await world.found(rolloutId);
    expect(stopped).toMatchObject({ status: 'STOPPED', stop: { cause: 'GATE_DROPS', recordDate: addDays(RECORD_DATE, -2) } });
    expect(stopped.stop?.figure?.candidate).toBeGreaterThan(stopped.stop?.figure?.limit ?? Infinity);
    const outcomes = await world.outcomes(runId);
    const [tried, spared] = [outcomes.filter(({ arm }) => arm === 'CANDIDATE'), outcomes.filter(({ arm }) => arm !== 'CANDIDATE')];
    expect(tried.length).toBeGreaterThanOrEqual(20);
    const wanted = outcomes.filter(({ userId }) => armOf({ seed: 'spring-1', sharePercent: 50 }, userId) === 'CANDIDATE');
    expect(tried.length).toBeLessThan(wanted.length);
    expect(new Set(spared.map(({ generator }) => generator))).toEqual(new Set(['RULES']));
  });

  it('is found by the sweep where the worker that wrote its figures did not live to look', async () => {
    world.behaviour = { kind: 'sound' };
    const { rolloutId } = await world.start({ thresholds: { leastUsers: 20 } });
    const insert = `insert into batch.rollout_figures select $1, run_id, 0, arm, 50, 50, 0, case arm when 'CANDIDATE' then 50 else 0 end, 0, 0, 0, 0, 0, 0, 0
      from batch.run_view, unnest(array['CANDIDATE', 'IN_FORCE']) arm where record_date = $2`;
    await world.database.rows(insert, [rolloutId, addDays(RECORD_DATE, -2)]);
    await until(async () => (await world.found(rolloutId)).status === 'STOPPED');
    expect((await world.found(rolloutId)).stop).toMatchObject({ cause: 'FALLBACKS', figure: { candidate: 10_000, inForce: 0, users: 50 } });
  });
});
