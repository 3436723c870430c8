import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cancelRun } from '../../src/application/run/cancel-run.js';
import { pauseRun, resumeRun, resumeServed } from '../../src/application/run/pause-run.js';
import { planRun } from '../../src/application/run/plan-run.js';
import type { Deps } from '../../src/application/ports.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { runLane } from '../../src/application/chunk/run-lane.js';
import { localDate } from '../../src/domain/local-date.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { codedError } from '../support/coded-error.js';
import { gate } from '../support/gate.js';
import { faultsOf } from '../support/run-faults.js';
import { until } from '../support/until.js';

const unending = new AbortController().signal;
const RECORD_DATE = localDate('2026-03-01');
const NO_RIGHT = '42501';
const BROKEN = 'XX000';
const AWAY = '08006';

let batch: TestBatch;
beforeEach(async () => {
  batch = await createTestBatch({ users: 30 });
});
afterEach(() => batch.close());

/** The batch's use cases whose reads of records fail for those users. */
function unreadable(code: string, isMeant: (userIds: readonly number[]) => boolean = () => true): Deps {
  const { records } = batch.deps;
  const patients: Deps['records']['patients'] = async (userIds, ...rest) => {
    if (isMeant(userIds)) throw codedError(code);
    return records.patients(userIds, ...rest);
  };
  const roster = (): Promise<number[]> => Promise.reject(codedError(code));
  return { ...batch.deps, records: { roster, onRoster: roster, patients, saved: () => Promise.resolve(new Map()) } };
}

/** The batch's use cases on a database that refuses every transaction. */
const withoutTransactions = (code: string): Deps => ({ ...batch.deps, transaction: () => Promise.reject(codedError(code)) });

const runIs = async (runId: string): Promise<object> =>
  (
    await batch.rows<object>(
      'select status, paused_cause as cause, paused_reason as reason, failure_code as code from batch.run_view where run_id = $1',
      [runId],
    )
  )[0] ?? {};
const claims = (runId: string): Promise<object[]> =>
  batch.rows('select distinct owner, lease_until, takeovers from batch.chunk_work where run_id = $1 and not done', [runId]);
const FREE = [{ owner: null, lease_until: null, takeovers: 0 }];
const types = async (runId: string): Promise<string[]> =>
  (
    await batch.rows<{ type: string }>(`select type from batch.event where run_id = $1 and stream = 'run-' || run_id order by version`, [
      runId,
    ])
  ).map(({ type }) => type);

describe('a claim', () => {
  it('takes one chunk, also where PostgreSQL thinks that the table of chunks has a single row', async () => {
    await batch.run({ chunkSize: 50 });
    await batch.pool.query('vacuum analyze batch.chunk_work');
    await batch.pool.query('vacuum analyze batch.run_view');
    const runId = await batch.request({ chunkSize: 2 });
    await batch.deps.lanes.claim(runId, batch.deps.settings.workerId, 60_000);
    expect(await batch.rows('select chunk from batch.chunk_work where run_id = $1 and owner is not null', [runId])).toEqual([{ chunk: 0 }]);
  });
});

describe('a run whose work the database refuses', () => {
  it('pauses and says so, costs nobody an outcome, and goes on when it was mended and resumed', async () => {
    const runId = await batch.request();
    await expect(runLane(unreadable(NO_RIGHT), runId, unending)).rejects.toMatchObject({ code: NO_RIGHT });
    expect(await runIs(runId)).toMatchObject({
      status: 'PAUSED',
      cause: 'FAULT',
      reason: expect.stringMatching(/42501.* doctor, .* resume/),
    });
    expect(await claims(runId)).toEqual(FREE);
    await resumeServed(batch.deps, unending); // is for those who wait for a generator
    expect(await runIs(runId)).toMatchObject({ status: 'PAUSED' });
    await resumeRun(batch.deps, runId, 'an operator');
    await runLane(batch.deps, runId, unending);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });

  it('fails when it is not planned yet, and keeps its date from nobody', async () => {
    const order = { trigger: 'MANUAL', recordDate: RECORD_DATE } as const;
    const asked = await requestRun(batch.deps, order, { actor: 'test' });
    const runId = asked.status === 'accepted' ? asked.run.runId : '';
    await expect(planRun(unreadable(NO_RIGHT), runId)).rejects.toMatchObject({ code: NO_RIGHT });
    expect(await runIs(runId)).toMatchObject({ status: 'FAILED', code: NO_RIGHT });
    expect((await requestRun(batch.deps, order, { actor: 'test' })).status).toBe('accepted');
    expect((await checkInvariants(batch.pool)).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('is asked for again while the fault may pass', async () => {
    const asked = await requestRun(batch.deps, { trigger: 'MANUAL', recordDate: RECORD_DATE }, { actor: 'test' });
    const runId = asked.status === 'accepted' ? asked.run.runId : '';
    await expect(planRun(unreadable(AWAY), runId)).rejects.toMatchObject({ code: AWAY });
    expect(await runIs(runId)).toMatchObject({ status: 'REQUESTED' });
  });
});

describe('a chunk on which work fails by itself again and again', () => {
  it('is split until the one user fails whose records do it, and every other user gets what is theirs', async () => {
    const [runId, culprit] = [await batch.request(), 17];
    const deps = unreadable(BROKEN, (userIds) => userIds.includes(culprit));
    for (let failed = 0; failed < 20 && (await claims(runId)).length > 0; failed += 1)
      await runLane(deps, runId, unending).catch(() => undefined);
    const failed = await batch.rows(`select user_id from batch.event where run_id = $1 and type = 'UserFailed' and data->>'code' = 'CRASHED_WORKER'`, [runId]); // prettier-ignore
    expect(failed).toEqual([{ user_id: culprit }]);
    expect(await faultsOf(batch, runId)).toEqual([]);
    expect((await checkInvariants(batch.pool)).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('pauses the run when that is so of everybody, instead of failing them all', async () => {
    const runId = await batch.request({ chunkSize: 5 });
    const deps = { ...unreadable(BROKEN), settings: { ...batch.deps.settings, failurePause: { percent: 50, leastUsers: 3 } } };
    const isPaused = async (): Promise<boolean> => (await batch.rows(`select 1 from batch.run_view where run_id = $1 and status = 'PAUSED'`, [runId])).length > 0; // prettier-ignore
    for (let failed = 0; failed < 60 && !(await isPaused()); failed += 1) await runLane(deps, runId, unending).catch(() => undefined);
    expect(await runIs(runId)).toMatchObject({
      status: 'PAUSED',
      cause: 'FAILURE_RATE',
      reason: expect.stringContaining('CRASHED_WORKER'),
    });
    expect(await batch.rows('select 1 from batch.event where run_id = $1 and user_id is not null', [runId])).toHaveLength(3);
  });

  it('is not blamed for a database that is away, nor kept from others, whatever was to be done with it', async () => {
    const runId = await batch.request();
    await expect(runLane(withoutTransactions(AWAY), runId, unending)).rejects.toMatchObject({ code: AWAY }); // at its start
    expect(await claims(runId)).toEqual(FREE);
    await cancelRun(batch.deps, runId, {}, 'an operator');
    await expect(runLane(withoutTransactions(AWAY), runId, unending)).rejects.toMatchObject({ code: AWAY });
    expect(await claims(runId)).toEqual(FREE);
    await runLane(batch.deps, runId, unending);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });
});

describe('a worker without a run’s generator', () => {
  it('leaves its chunks alone and its pause as it is, and can cancel it all the same', async () => {
    const runId = await batch.request();
    const other = { ...batch.deps, generators: new Map() };
    await expect(runLane(other, runId, unending)).rejects.toMatchObject({ code: 'GENERATOR_NOT_CONFIGURED' });
    await expect(runLane({ ...batch.deps, programs: new Map() }, runId, unending)).rejects.toMatchObject({ code: 'PROGRAM_NOT_KNOWN' });
    expect(await batch.rows('select 1 from batch.chunk_work where run_id = $1 and fence > 0', [runId])).toEqual([]);
    await until(async () => (await other.lanes.due({ generators: ['RULES'], programs: ['daily'] })).some(({ needs }) => needs === 'LANES')); // a ring has a moment to arrive first
    expect(await other.lanes.due({ generators: [], programs: ['daily'] })).toEqual([]);
    expect(await other.lanes.due({ generators: ['RULES'], programs: ['sleep'] })).toEqual([]);
    await pauseRun(other, runId, { cause: 'GENERATOR_UNAVAILABLE', reason: 'the endpoint is away' }, 'a worker');
    await resumeServed(other, unending);
    expect(await runIs(runId)).toMatchObject({ status: 'PAUSED' });
    await cancelRun(other, runId, {}, 'an operator');
    expect(await other.lanes.due({ generators: [], programs: [] })).toEqual([{ runId, needs: 'CANCELLING' }]);
    await runLane(other, runId, unending);
    expect(await runIs(runId)).toMatchObject({ status: 'CANCELLED' });
    expect(await faultsOf(batch, runId)).toEqual([]);
  });
});

describe('a run that others ended', () => {
  it('is not started by a lane that claimed a chunk of it before', async () => {
    const runId = await batch.request({ chunkSize: 50 });
    const [claimed, go] = [gate(), gate()];
    const late: Deps['lanes'] = Object.assign(Object.create(batch.deps.lanes) as Deps['lanes'], {
      async claim(...args: Parameters<Deps['lanes']['claim']>) {
        const claim = await batch.deps.lanes.claim(...args);
        claimed.open();
        await go.opened;
        return claim;
      },
    });
    const slow = runLane({ ...batch.deps, lanes: late }, runId, unending);
    await claimed.opened;
    await batch.rows(`update batch.chunk_work set claimed_at = claimed_at - interval '1 s'`); // before the order, by more than a millisecond
    await cancelRun(batch.deps, runId, {}, 'an operator');
    await runLane({ ...batch.deps }, runId, unending); // of another process
    go.open();
    await slow;
    expect(await types(runId)).toEqual(['RunRequested', 'RunPlanned', 'RunCancelRequested', 'RunCancelled']);
    expect(await faultsOf(batch, runId)).toEqual([]);
  });
});

describe('advice that cannot be written', () => {
  it('counts among the failures that pause a run', async () => {
    const runId = await batch.request({ chunkSize: 10 });
    const transaction: Deps['transaction'] = (work) =>
      batch.deps.transaction((tx, attempt) => {
        tx.interventions.write = (rows) => Promise.resolve(Array.from({ length: rows.size }, () => ({ status: 'unwritable' as const })));
        return work(tx, attempt);
      });
    const settings = { ...batch.deps.settings, failurePause: { percent: 50, leastUsers: 10 } };
    const withoutFailures = { ...batch.deps.records, patients: readableOf(batch.deps) };
    await runLane({ ...batch.deps, transaction, settings, records: withoutFailures }, runId, unending);
    expect(await runIs(runId)).toMatchObject({
      status: 'PAUSED',
      cause: 'FAILURE_RATE',
      reason: expect.stringContaining('UNWRITABLE_ADVICE'),
    });
  });
});

/** Records in which the users whom nothing can be advised (ids that end in 2) have closed their accounts: only what is written can fail. */
function readableOf({ records }: Deps): Deps['records']['patients'] {
  return async (userIds, ...rest) => {
    const patients = await records.patients(userIds, ...rest);
    return patients.map((patient, at) =>
      Number(userIds[at]) % 10 === 2 ? { ...patient, standing: { ...patient.standing, accountOpen: false } } : patient,
    );
  };
}
