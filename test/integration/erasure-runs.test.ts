import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import { codeOf } from '../../src/error-code.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { until } from '../support/until.js';

const PERSON = 13;
const CLERK = { name: `user${PERSON}`, actor: 'test' };
const signal = new AbortController().signal;

describe('An erasure beside runs', () => {
  let batch: TestBatch;
  let desk: ErasureDesk;
  beforeEach(async () => {
    batch = await createTestBatch({ users: 40 });
    desk = new ErasureDesk(batch.pool);
  });
  afterEach(() => batch.close());

  const broken = async (): Promise<string[]> => (await checkInvariants(batch.pool)).filter(({ ok }) => !ok).map(({ found }) => found);

  it('waits for a run that covers the person: what it has not written yet would know the person again', async () => {
    await batch.run();
    const runId = await batch.request();
    expect(await desk.preview(PERSON)).toMatchObject({ activeRunId: runId, outcomes: 1 });
    expect(await desk.erase(PERSON, CLERK)).toMatchObject({ refused: 'RUN_UNFINISHED', preview: { activeRunId: runId } });
    expect(await batch.rows(`select from batch.subject where user_id = ${PERSON}`)).toHaveLength(1);
    await runLane(batch.deps, runId, signal);
    expect(await desk.erase(PERSON, CLERK)).toMatchObject({ erased: { known: 1 } });
    expect(await broken()).toEqual([]);
  });

  it('goes on beside a run of other persons', async () => {
    await batch.run();
    const runId = await batch.request({ userIds: [1, 2, 3] });
    expect(await desk.erase(PERSON, CLERK)).toMatchObject({ erased: { known: 1 } });
    await runLane(batch.deps, runId, signal);
    expect(await broken()).toEqual([]);
  });

  it('is refused by the database itself where a run has come between the look and the deed', async () => {
    await batch.run();
    const runId = await batch.request();
    const { activeRunId: _, ...known } = await desk.preview(PERSON);
    desk.preview = () => Promise.resolve({ ...known, activeRunId: null });
    expect(await desk.erase(PERSON, CLERK)).toMatchObject({ refused: 'RUN_UNFINISHED' });
    await runLane(batch.deps, runId, signal);
    expect(await broken()).toEqual([]);
  });

  it('and lanes that work at the same time leave each promise kept, whoever is first', async () => {
    await batch.run();
    for (let night = 0; night < 3; night += 1) {
      const runId = await batch.request();
      const erasing = async (): Promise<void> => {
        for (const id of [13, 14, 15, 23, 24, 25, 33, 34, 35]) await desk.erase(id, { name: `user${id}`, actor: 'test' });
      };
      await Promise.all([
        runLane(batch.deps, runId, signal),
        runLane(batch.deps, runId, signal),
        erasing(),
        erasing().catch(() => undefined),
      ]);
      expect(await broken()).toEqual([]);
    }
  });

  it('waits for a run that was asked for the person by name, and is not planned yet', async () => {
    await batch.run();
    const asked = await requestRun(batch.deps, { trigger: 'MANUAL', userIds: [PERSON] }, { actor: 'test' });
    expect(asked).toMatchObject({ status: 'accepted' });
    expect(await desk.erase(PERSON, CLERK)).toMatchObject({ refused: 'RUN_UNFINISHED' });
  });

  it('that comes into the middle of an append leaves no outcome without a subject', async () => {
    await batch.run();
    // The append waits where it has seen to the subjects and not written yet.
    await batch.rows(`alter function batch.know_subjects(int[], uuid) rename to know_subjects_only`);
    await batch.rows(`create function batch.know_subjects(users int[], run uuid) returns void language plpgsql as $$
      begin perform batch.know_subjects_only(users, run); if users @> array[${PERSON}] then perform pg_advisory_xact_lock(4711); end if; end $$`);
    const holder = await batch.pool.connect();
    await holder.query('select pg_advisory_lock(4711)');
    const append = `select from batch.append('run-' || $1::uuid || '/chunk-0', 0, date_trunc('month', now() at time zone 'UTC')::date, $1::uuid, 'test', $1::uuid, null, '{UserSkipped}', array[${PERSON}], array['{"reasons": ["NO_PROFILE"]}'::jsonb])`;
    const appending = batch.rows(append, [randomUUID()]).catch((error: unknown) => codeOf(error));
    await lockWaiters(batch.pool, 1, 'advisory');
    let isOver = false;
    const erasing = desk.erase(PERSON, CLERK).finally(() => (isOver = true));
    await until(
      async () =>
        isOver ||
        (await batch.rows(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 1,
    );
    await holder.query('select pg_advisory_unlock(4711)');
    holder.release();
    expect([await appending, await erasing]).toEqual([expect.anything(), { erased: expect.objectContaining({ known: 1 }) }]);
    expect(await batch.rows(`select data from batch.event_log where type = 'UserSkipped' and subject is null`)).toEqual([]);
  });
});
