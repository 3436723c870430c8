import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append } from '../../src/application/decide-and-append.js';
import { streamOfRun } from '../../src/application/written-streams.js';
import { beginRun } from '../../src/application/run/request-run.js';
import type { NewEvent } from '../../src/application/ports.js';
import { localDate } from '../../src/domain/local-date.js';
import { tallyOf, type Outcome } from '../../src/domain/outcome.js';
import type { RunRequest } from '../../src/domain/run/run-events.js';
import { chunkStream } from '../../src/domain/run/stream-names.js';
import { migrate } from '../../src/migrations/migrate.js';
import { isLackOfRuns } from '../../src/projections/rebuild/lack-of-runs.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

/** Of ten users 0 has no food, 1 nothing, 2 cannot be advised: see `createTestBatch`. */
const USERS = 20;
const ONE_NIGHT = { runs: 1, generated: 14, existed: 0, skipped: 4, failed: 2, cancelled: 0 };
const DAY = localDate('2026-03-01');

describe('a night', () => {
  let batch: TestBatch;

  beforeEach(async () => {
    batch = await createTestBatch({ users: USERS });
  });
  afterEach(() => batch.close());

  const nights = (): Promise<Record<string, unknown>[]> =>
    batch.rows(`select program, record_date::text as day, runs, generated, existed, skipped, failed, cancelled, reasons, tokens_in::int as tokens,
      cost_micros::int as micros, users_estimated as estimated, fallbacks, ready from batch.night_view order by 1, 2`);

  /** What stands is what the log says, and the same again where nothing was left of it. */
  async function holds(): Promise<void> {
    const before = await nights();
    expect(await compareViews(batch.pool)).toMatchObject({ differences: [] });
    await batch.rows('truncate batch.night_view');
    await rebuildViews(batch.pool, { verify: true });
    expect(await nights()).toEqual(before);
  }

  /** A run with outcomes of the test's own. */
  async function record(request: Partial<RunRequest>, outcomes: ReadonlyMap<number, Outcome>): Promise<void> {
    const usual: RunRequest = {
      program: 'daily',
      recordDate: DAY,
      trigger: 'MANUAL',
      generator: 'RULES',
      language: 'ko',
      dryRun: false,
      onExisting: 'SKIP',
    };
    const { deps } = batch;
    await deps.transaction(async (tx) => {
      const stored = await beginRun(deps, tx, { runId: deps.newId(), request: { ...usual, ...request }, actor: 'test' });
      const { run, month } = stored;
      const events: NewEvent[] = [...outcomes].map(([userId, { type, data }]) => ({ type, data, userId }));
      const target = {
        stream: chunkStream(run.runId, 0),
        expectedVersion: 0,
        month,
        runId: run.runId,
        actor: 'test',
        correlationId: run.runId,
      };
      await tx.log.append(target, events);
      await append(tx, streamOfRun(stored, 'test'), [{ type: 'RunCompleted', data: tallyOf(outcomes.values()) }]);
    });
  }

  it('of one run is what its end tells', async () => {
    await batch.run({ recordDate: DAY });
    expect(await nights()).toMatchObject([
      {
        ...ONE_NIGHT,
        program: 'daily',
        day: DAY,
        tokens: 0,
        fallbacks: {},
        ready: null,
        reasons: { INVALID_INPUT: 2, MISSING_FOOD_RECORD: 4, MISSING_EXERCISE_RECORD: 2 },
      },
    ]);
    await holds();
  });

  it('counts everybody once when some are run again, by their newest outcome', async () => {
    await batch.run({ recordDate: DAY });
    await batch.run({ recordDate: DAY, userIds: [2, 3, 4], onExisting: 'REGENERATE' });
    expect(await nights()).toMatchObject([{ ...ONE_NIGHT, runs: 2 }]);
    await record({ trigger: 'RETRY' }, new Map([[2, generated({})]]));
    expect(await nights()).toMatchObject([
      { ...ONE_NIGHT, runs: 3, generated: 15, failed: 1, reasons: { INVALID_INPUT: 1, MISSING_FOOD_RECORD: 4 } },
    ]);
    await holds();
  });

  it('keeps for advised whom a later run skipped for having advice, and tells apart who had advice from before', async () => {
    const existing: Outcome = { type: 'UserSkipped', data: { reasons: ['INTERVENTION_EXISTS'] } };
    await record({}, new Map([[3, generated({})], [4, existing]])); // prettier-ignore
    await record({}, new Map([[3, existing]]));
    expect(await nights()).toMatchObject([{ runs: 2, generated: 1, existed: 1, skipped: 0 }]);
    await holds();
  });

  it('is not undone by a later run that was cancelled: whom it did not reach stands as before', async () => {
    const existing: Outcome = { type: 'UserSkipped', data: { reasons: ['INTERVENTION_EXISTS'] } };
    const missing: Outcome = { type: 'UserSkipped', data: { reasons: ['MISSING_FOOD_RECORD'] } };
    const cancelled: Outcome = { type: 'UserCancelled', data: {} };
    await record({}, new Map([[3, generated({})], [4, existing], [6, missing]])); // prettier-ignore
    await record({}, new Map([3, 4, 6, 7].map((user) => [user, cancelled])));
    const reasons = { INTERVENTION_EXISTS: 1, MISSING_FOOD_RECORD: 1 };
    expect(await nights()).toMatchObject([{ runs: 2, generated: 1, existed: 1, skipped: 1, failed: 0, cancelled: 1, reasons }]);
    await holds();
  });

  it('is none of a dry run, and a run of another program has a night of its own', async () => {
    await batch.run({ recordDate: DAY, dryRun: true });
    expect(await nights()).toEqual([]);
    await batch.run({ recordDate: DAY });
    await record({ program: 'sleep' }, new Map([[3, generated({})]]));
    expect(await nights()).toMatchObject([{ program: 'daily', runs: 1 }, { program: 'sleep', runs: 1, generated: 1 }]); // prettier-ignore
    await holds();
  });

  it('adds up what a model took, and counts who the rules stood in for', async () => {
    const outcomes = new Map<number, Outcome>([
      [3, generated({ tokensIn: 100, tokensOut: 20, costMicros: 7 })],
      [4, generated({ tokensIn: 50, tokensOut: 5, costMicros: 3, fallbackOf: 'LLM', fallbackReason: 'UNSAFE_ADVICE' })],
      [6, generated({ fallbackOf: 'LLM', fallbackReason: 'GENERATOR_UNAVAILABLE' })],
      [
        7,
        {
          type: 'UserFailed',
          data: { code: 'GENERATOR_TIMEOUT', retryable: true, attempts: 3, tokensIn: 10, tokensOut: 0, costMicros: 1, estimatedCalls: 1 },
        },
      ],
    ]);
    await record({ generator: 'LLM' }, outcomes);
    const fallbacks = { UNSAFE_ADVICE: 1, GENERATOR_UNAVAILABLE: 1 };
    expect(await nights()).toMatchObject([{ tokens: 160, micros: 11, estimated: 1, fallbacks, generated: 3, failed: 1 }]);
    await holds();
  });

  it('of two runs that end at once holds both', async () => {
    await Promise.all([3, 4, 5, 6, 7].map((id) => record({}, new Map([[id, generated({})]]))));
    expect(await nights()).toMatchObject([{ runs: 5, generated: 5 }]);
    await holds();
  });

  it('says who had advice in time: by the outcome of each, however late the rest came', async () => {
    await record({}, new Map([[3, generated({})], [4, { type: 'UserSkipped', data: { reasons: ['INTERVENTION_EXISTS'] } }]])); // prettier-ignore
    const [between] = await batch.rows<{ at: Date }>('select clock_timestamp() as at');
    const failed: Outcome = { type: 'UserFailed', data: { code: 'GENERATOR_TIMEOUT', retryable: true, attempts: 1 } };
    await record({ readyBy: between?.at.toISOString() ?? '' }, new Map([[5, generated({})], [6, failed]])); // prettier-ignore
    expect(await nights()).toMatchObject([{ generated: 2, existed: 1, failed: 1, ready: 2 }]);
    await holds();
  });

  it('is in time as a whole where its run ended before, late as a whole where it began after, and neither without a time', async () => {
    const outcomes = new Map<number, Outcome>([[3, generated({})]]);
    await record({ readyBy: '2099-01-01T00:00:00.000Z' }, outcomes);
    await record({ recordDate: '2026-03-02', readyBy: '2020-01-01T00:00:00.000Z' }, outcomes);
    await record({ recordDate: '2026-03-03' }, outcomes);
    expect((await nights()).map(({ ready }) => ready)).toEqual([1, 0, null]);
    await holds();
  });

  it('is there after the migration of a database that has runs already', async () => {
    await batch.run({ recordDate: DAY });
    await batch.run();
    const before = await nights();
    expect(before).toHaveLength(2);
    for (const change of [
      'drop table batch.night_view',
      'alter table batch.run_view drop column ready_by',
      "delete from batch.migration where name = '040-nights'",
    ])
      await batch.rows(change);
    await migrate(batch.url, { ibsafeTables: false });
    expect(await nights()).toEqual(before);
  });

  it.each([
    ['generated', 'update batch.night_view set generated = generated + 1'],
    ['reasons', `update batch.night_view set reasons = '{}'`],
    ['(row)', 'delete from batch.night_view'],
  ])('that somebody changed is found and repaired: %s', async (column, damage) => {
    await batch.run({ recordDate: DAY });
    await batch.rows(damage);
    const { differences } = await rebuildViews(batch.pool, { verify: true });
    expect(differences).toMatchObject([{ view: 'night_view', key: `${DAY}/daily`, column }]);
    expect(isLackOfRuns(differences)).toBe(column === '(row)');
    await holds();
  });

  it('that an older release left without its runs is told apart from one that was changed', async () => {
    await batch.run({ recordDate: DAY });
    await batch.rows('create table batch.nights_before as table batch.night_view');
    await batch.run({ recordDate: DAY, onExisting: 'REGENERATE' });
    await batch.run({ recordDate: localDate('2026-03-02') });
    await batch.rows('truncate batch.night_view');
    await batch.rows('insert into batch.night_view table batch.nights_before');
    const { differences } = await compareViews(batch.pool);
    expect(differences).toEqual(
      expect.arrayContaining([
        { view: 'night_view', key: `${DAY}/daily`, column: 'runs', live: '1', rebuilt: '2' },
        { view: 'night_view', key: '2026-03-02/daily', column: '(row)', live: 'missing', rebuilt: 'there' },
      ]),
    );
    expect(isLackOfRuns(differences)).toBe(true);

    await batch.rows('update batch.chunk_view set generated = generated + 1 where chunk = 0');
    expect(isLackOfRuns((await compareViews(batch.pool)).differences)).toBe(false);
    await rebuildViews(batch.pool, { verify: true });
    await batch.rows('update batch.night_view set runs = runs + 1');
    expect(isLackOfRuns((await rebuildViews(batch.pool, { verify: true })).differences)).toBe(false);
    await holds();
  });
});

function generated(trace: object): Outcome {
  return { type: 'InterventionGenerated', data: { interventionId: 1, generator: 'RULES', attempts: 1, durationMs: 1, ...trace } };
}
