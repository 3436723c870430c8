import { describe, expect, test } from '@jest/globals';
import type { BatchBehaviour } from '../../src/local-model/batch-faults.js';
import type { LocalModelOptions } from '../../src/local-model/local-model.js';
import { loadPrompt } from '../../src/generators/llm/prompt-file.js';
import { noteSent } from '../../src/application/batches/begin-batch.js';
import { runBatch } from '../support/batch-client.js';
import { openBatchedWorld } from '../support/batched-world.js';
import { dataOf } from '../support/graphql-client.js';
import { RECORD_DATE } from '../support/patients-database.js';

const USERS = 12;

describe('a run by batch', () => {
  test('its chunks go as batches, are written like any other advice, and leave nothing at the provider', async () => {
    await using world = await openBatchedWorld(USERS);
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = await world.outcomes(runId);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.map(({ batch }) => batch)).toEqual(outcomes.map(() => 'ANSWERED'));
    expect(outcomes.every(({ generator }) => generator === 'LLM')).toBe(true);
    expect(world.model.account).toMatchObject({ calls: { requests: 0 }, batches: { requests: outcomes.length } });
    expect(await world.costOf(runId)).toBe(await world.charged(runId));
    expect(await world.costOf(runId)).toBe(world.priceAt(0.5));
    await world.nothingLeft();
  });

  test('the key is in the log before the batch is at the provider, and the batch bears it', async () => {
    await using world = await openBatchedWorld(USERS, { model: { behaveBatch: () => ({ delayMs: 3_600_000 }) } });
    const runId = await world.begin();
    await world.sent(runId);
    const prepared = await world.events(runId, 'ModelBatchPrepared');
    const keys = new Set(prepared.map(({ key }) => key));
    expect(keys.size).toBeGreaterThan(0);
    expect(new Set((await world.atProvider()).map(({ metadata }) => metadata['ibsafe_batch_key']))).toEqual(keys);
    await world.cancel(runId);
    await world.nothingLeft();
  });

  test('while it waits, nobody holds a lane, a lease or a transaction, and it says so', async () => {
    await using world = await openBatchedWorld(USERS, {
      model: { behaveBatch: () => ({ delayMs: 3_600_000 }) },
      environment: { LLM_BATCH_POLL_MS: '3600000' },
    });
    const runId = await world.begin();
    await world.sent(runId);
    await world.idle(runId);
    // Nobody took it up again before it was to be looked at.
    expect(await world.database.column('select distinct fence from batch.chunk_work where run_id = $1 and not done', [runId])).toEqual([1]);
    await world.cancel(runId);
    const outcomes = await world.outcomes(runId);
    expect(outcomes.map(({ type }) => type)).toEqual(outcomes.map(() => 'UserCancelled'));
    await world.nothingLeft();
    expect(await world.charged(runId)).toBe(0);
  });

  test.each<[string, BatchBehaviour, Partial<LocalModelOptions>]>([
    ['expires half done', { fault: 'expires' }, {}],
    ['is cancelled by the provider', { fault: 'cancels' }, {}],
    ['fails as a whole', { fault: 'fails' }, {}],
    ['answers each second line with an error', { fault: 'half' }, {}],
    ['answers lines twice', { fault: 'twice' }, {}],
    ['leaves lines out', { fault: 'never' }, {}],
    ['adds lines of others', { fault: 'strange' }, {}],
    ['is taken, and its answer is lost', { fault: 'lost' }, {}],
    ['is not taken by the endpoint', { fault: 'refused' }, {}],
    ['breaks off in its output', { fault: 'cut' }, {}],
    ['nests what it adds beyond measure', { fault: 'deep' }, {}],
    ['is lost at an endpoint that cannot list', { fault: 'lost' }, { lists: false }],
  ])('a batch that %s costs nobody their advice', async (_, behaviour, options) => {
    await using world = await openBatchedWorld(USERS, { model: { ...options, behaveBatch: () => behaviour } });
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = await world.outcomes(runId);
    expect(outcomes.every(({ generator, batch }) => generator === 'LLM' && batch !== null)).toBe(true);
    // What the run was charged is never less than what the endpoint would charge.
    expect(await world.charged(runId)).toBeGreaterThanOrEqual(world.priceAt(0.5));
    if (options.lists !== false) await world.nothingLeft();
    else expect(await world.events(runId, 'ModelBatchEnded')).toContainEqual(expect.objectContaining({ end: 'UNLISTED' }));
  });

  test('a batch that does not come back in time is cancelled, and its users are asked by calls', async () => {
    await using world = await openBatchedWorld(USERS, {
      model: { behaveBatch: () => ({ fault: 'stuck' }) },
      environment: { LLM_BATCH_WINDOW_MS: '1000' },
    });
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect((await world.outcomes(runId)).every(({ generator, batch }) => generator === 'LLM' && batch === 'UNANSWERED')).toBe(true);
    const ends = await world.events(runId, 'ModelBatchEnded');
    expect(ends.map((each) => each['end'])).toEqual(ends.map(() => 'LATE'));
    await world.nothingLeft();
    expect(await world.costOf(runId)).toBe(await world.charged(runId));
  });

  test('where calls are not answered either, the rules stand in and the run is not paused', async () => {
    await using world = await openBatchedWorld(USERS, {
      model: { behaveBatch: () => ({ fault: 'fails' }), behave: () => ({ kind: 'error', status: 500 }) },
      environment: { LLM_TIMEOUT_MS: '500' },
    });
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(
      (await world.outcomes(runId)).every(
        ({ generator, fallbackOf, batch }) => generator === 'RULES' && fallbackOf === 'LLM' && batch === 'UNANSWERED',
      ),
    ).toBe(true);
  });

  test('an answer that the gate turns back is repaired by a call', async () => {
    let lines = 0;
    await using world = await openBatchedWorld(USERS, {
      model: {
        behave: (_received, { messages }) => (messages.length === 2 && (lines += 1) > 0 ? { kind: 'text', text: 'no' } : { kind: 'sound' }),
      },
    });
    const { runId } = await world.runToEnd();
    const outcomes = await world.outcomes(runId);
    expect(outcomes.every(({ generator, batch, attempts }) => generator === 'LLM' && batch === 'ANSWERED' && attempts === 2)).toBe(true);
    expect(world.model.account.calls.requests).toBe(lines);
  });

  test('a process that comes back after its key was given up ends what it had sent', async () => {
    await using world = await openBatchedWorld(USERS, {
      model: { behaveBatch: () => ({ fault: 'stuck' }) },
      environment: { LLM_BATCH_POLL_MS: '3600000' },
    });
    const runId = await world.begin();
    await world.sent(runId);
    await world.idle(runId);
    const [batch] = await world.atProvider();
    if (batch === undefined) throw new Error('there is no batch');
    const key = batch.metadata['ibsafe_batch_key'] ?? '';
    await world.database.rows(
      `update batch.model_batch set state = 'CLOSED', ended = 'NOT_SENT', spent_micros = 0, provider_id = null where key = $1`,
      [key],
    );
    const { deps } = world.service.core;
    const batches = deps.generators.get('LLM')?.batches;
    if (batches === undefined) throw new Error('the model is not asked by batches');
    expect(await noteSent(deps, { batches }, key, batch.id)).toBe(false);
    expect((await world.atProvider()).find(({ id }) => id === batch.id)?.status).toBe('cancelled');
    expect(await world.database.column('select state from batch.model_batch where key = $1', [key])).toEqual(['CLOSING']);
    await world.cancel(runId);
    await world.nothingLeft();
  });

  test('records that change while the batch is out make a new question, and what was paid is told', async () => {
    await using world = await openBatchedWorld(USERS, { model: { behaveBatch: () => ({ delayMs: 1_500 }) } });
    const runId = await world.begin();
    await world.sent(runId);
    await world.database.rows('update ibsafe_userexerciserecord set current_steps = current_steps + 1000');
    await world.ended(runId);
    const outcomes = await world.outcomes(runId);
    expect(outcomes.every(({ generator, batch, attempts }) => generator === 'LLM' && batch === 'UNANSWERED' && attempts === 2)).toBe(true);
    expect(await world.costOf(runId)).toBe(world.priceAt(0.5));
  });

  test('says in GraphQL and by its forecast what it waits for and what both ways cost', async () => {
    await using world = await openBatchedWorld(USERS, { model: { behaveBatch: () => ({ fault: 'stuck' }) } });
    const runId = await world.begin();
    await world.sent(runId);
    const { run } = await dataOf<{ run: object }>(
      world.service.url,
      'query ($id: UUID!) { run(id: $id) { mode awaitedBatches { batches requests until } } }',
      { id: runId },
    );
    expect(run).toMatchObject({ mode: 'BATCH', awaitedBatches: { requests: expect.any(Number), until: expect.any(String) } });
    const { forecast } = await dataOf<{ forecast: { costUsd: number; byBatch: { costUsd: number; seconds: number } } }>(
      world.service.url,
      `{ forecast(input: { recordDate: "${RECORD_DATE}" }) { ... on Forecast { costUsd finishByBatchAt byBatch { costUsd seconds } } } }`,
    );
    expect(forecast).toMatchObject({ byBatch: { seconds: 86_400 }, finishByBatchAt: expect.any(String) });
    expect(forecast.byBatch.costUsd).toBeCloseTo(forecast.costUsd / 2, 5);
    await world.cancel(runId);
    await world.nothingLeft();
  });

  test.each([
    ['a dish', { dish: 'IBS-0001' }, { generator: 'LLM', batch: 'UNANSWERED' }],
    ['the prompt', { promptVersion: loadPrompt('ko').version }, { generator: 'RULES', fallbackOf: 'LLM', batch: null }],
  ])('%s that is recalled while the batch is out is in no advice', async (_, subject, expected) => {
    await using world = await openBatchedWorld(USERS, { model: { behaveBatch: () => ({ delayMs: 2_000 }) } });
    const runId = await world.begin();
    await world.sent(runId);
    const { recall } = await dataOf<{ recall: { kind: string } }>(world.service.url, 'mutation ($input: RecallInput!) { recall(input: $input) { kind: __typename } }', { input: { ...subject, reason: 'a test' } }); // prettier-ignore
    expect(recall.kind).toBe('RecallAccepted');
    await world.ended(runId);
    const outcomes = await world.outcomes(runId);
    expect(outcomes.length).toBeGreaterThan(0);
    for (const outcome of outcomes) expect(outcome).toMatchObject(expected);
    await world.nothingLeft();
  });

  test('only a model is asked by batches: any other order is refused', async () => {
    await using world = await openBatchedWorld(USERS, { environment: { LLM_MODE: 'CALLS' } });
    expect(await runBatch(world.service.url, { generator: 'RULES', mode: 'BATCH' })).toMatchObject({
      kind: 'Refused',
      code: 'MODE_NOT_AVAILABLE',
    });
    const { runId } = await world.runToEnd({ mode: 'BATCH' });
    expect((await world.outcomes(runId)).every(({ batch }) => batch === 'ANSWERED')).toBe(true);
  });

  test('a budget holds: what does not fit is asked afterwards, and the rules stand in for the rest', async () => {
    await using world = await openBatchedWorld(USERS, { environment: { LLM_RUN_BUDGET: '0.02' } });
    const { runId, end } = await world.runToEnd();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(await world.charged(runId)).toBeLessThanOrEqual(20_000);
    expect(await world.costOf(runId)).toBe(await world.charged(runId));
  });
});
