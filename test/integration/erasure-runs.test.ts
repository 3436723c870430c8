import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';

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

  it('that comes into the middle of an append leaves no outcome without a subject: the append is to be made again', async () => {
    // As where the person is erased after the append has seen to the subjects.
    await batch.rows('create or replace function batch.know_subjects(users int[], run uuid) returns void language sql as $$ $$');
    const text = `select batch.append('run-x/chunk-0', 0, '2026-03-01', gen_random_uuid(), 'test', gen_random_uuid(), null, '{UserCancelled}', array[${PERSON}], array['{}'::jsonb])`;
    await expect(batch.rows(text)).rejects.toMatchObject({ code: '40001' });
    expect(await batch.rows(`select from batch.event_log where stream = 'run-x/chunk-0'`)).toEqual([]);
  });

  it('takes no id of ours, no date and no time for a person’s number', async () => {
    const words = ['run 01a219f5-3f7b-7641-0013-2719f2962b13 of 2026-11-13 at 13:13', 'build 13b of v13', 'patient 13 asked', '13번 환자'];
    await batch.rows('insert into batch.operator_text (text) select unnest($1::text[])', [words]);
    expect((await desk.preview(PERSON)).texts.map(({ text }) => text).toSorted()).toEqual(['13번 환자', 'patient 13 asked']);
  });

  it('takes the person out of a batch at a model’s provider that is not cleaned up yet', async () => {
    await batch.run();
    const lines = [PERSON, 14].map((userId) => ({
      customId: `line-${userId}`,
      userId,
      inputsHash: 'ab'.repeat(32),
      sentBytes: 9,
      reservedMicros: 7,
    }));
    const text = `insert into batch.model_batch (key, run_id, chunks, state, requests, lines, reserved_micros, wait_until) values (gen_random_uuid(), gen_random_uuid(), '{0}', 'CLOSING', 2, $1, 14, now())`;
    await batch.rows(text, [JSON.stringify(lines)]);
    expect(await desk.erase(PERSON, CLERK)).toMatchObject({ erased: { known: 1 } });
    const [left] = await batch.rows<{ lines: object[] }>('select lines from batch.model_batch');
    expect(left?.lines).toEqual([{ ...lines[0], userId: null, inputsHash: null }, lines[1]]);
  });
});
