import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append } from '../../src/application/decide-and-append.js';
import { beginRun } from '../../src/application/run/request-run.js';
import { streamOfRollout, streamOfRun } from '../../src/application/written-streams.js';
import { localDate } from '../../src/domain/local-date.js';
import { tallyOf, type Outcome } from '../../src/domain/outcome.js';
import type { Rollout } from '../../src/domain/rollout/rollout.js';
import type { RolloutEvent, RolloutRequest } from '../../src/domain/rollout/rollout-events.js';
import { USUAL_THRESHOLDS } from '../../src/domain/rollout/stop-rule.js';
import type { RunRequest } from '../../src/domain/run/run-events.js';
import { chunkStream } from '../../src/domain/run/stream-names.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

const REQUEST: RolloutRequest = {
  program: 'daily',
  candidate: { generator: 'LLM', model: 'tried', promptVersion: 'daily-3', vocabulary: 'v', fingerprint: 'aaaaaaaaaaaaaaaa' },
  inForce: { generator: 'RULES', vocabulary: 'v', fingerprint: 'bbbbbbbbbbbbbbbb' },
  sharePercent: 50,
  seed: 'seed',
  thresholds: USUAL_THRESHOLDS,
};
const OUTCOME: Outcome = {
  type: 'InterventionGenerated',
  data: { interventionId: 1, generator: 'LLM', attempts: 1, durationMs: 1, tokensIn: 100, tokensOut: 20, costMicros: 7 },
};

describe('a night of runs by rules', () => {
  let batch: TestBatch;
  beforeEach(async () => {
    batch = await createTestBatch({ users: 10 });
  });
  afterEach(() => batch.close());

  /** A run with one outcome that took tokens, and what happens before its end. */
  async function record(day: string, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    const request: RunRequest = {
      program: 'daily',
      recordDate: localDate(day),
      trigger: 'MANUAL',
      generator: 'RULES',
      language: 'ko',
      dryRun: false,
      onExisting: 'SKIP',
    };
    const { deps } = batch;
    const stored = await deps.transaction((tx) => beginRun(deps, tx, { runId: deps.newId(), request, actor: 'test' }));
    await meanwhile();
    const { run, month } = stored;
    const { runId } = run;
    await deps.transaction(async (tx) => {
      const target = { stream: chunkStream(runId, 0), expectedVersion: 0, month, runId, actor: 'test', correlationId: runId };
      await tx.log.append(target, [{ ...OUTCOME, userId: 3 }]);
      await append(tx, streamOfRun(stored, 'test'), [{ type: 'RunCompleted', data: tallyOf([OUTCOME]) }]);
    });
  }

  async function happens(rollout: Rollout | undefined, event: RolloutEvent): Promise<Rollout> {
    const { deps } = batch;
    const id = rollout?.rolloutId ?? deps.newId();
    return deps.transaction((tx) => append(tx, streamOfRollout(id, rollout, 'test'), [event]));
  }

  it('is read for what a model took where a rollout went on meanwhile, also one that was promoted, and not before it or after its stop', async () => {
    await record('2026-03-01');
    let rollout: Rollout | undefined;
    await record('2026-03-02', async () => {
      rollout = await happens(undefined, { type: 'RolloutStarted', data: REQUEST });
    });
    rollout = await happens(rollout, { type: 'RolloutPromoted', data: {} });
    await record('2026-03-03');
    await record('2026-03-04', () => happens(rollout, { type: 'RolloutStopped', data: { cause: 'OPERATOR' } }));
    await new Promise((resolve) => setTimeout(resolve, 5)); // times are told by the millisecond
    await record('2026-03-05');
    const tokens = await batch.rows('select tokens_in::int as tokens from batch.night_view order by record_date');
    expect(tokens).toEqual([0, 100, 100, 100, 0].map((each) => ({ tokens: each })));
    expect(await compareViews(batch.pool)).toMatchObject({ differences: [] });
  });
});
