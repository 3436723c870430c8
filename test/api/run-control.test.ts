import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { begin, runToEnd } from '../support/batch-client.js';
import { cancelRun, endOf, pauseRun, resumeRun, runOf } from '../support/control-client.js';
import { lockWaiters } from '../support/lock-waiters.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startServiceProcess } from '../support/service-process.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const UNKNOWN = '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10';

const resources = new Resources();
let database: PatientsDatabase;
/** Answers and works. Others join where a test needs several. */
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  service = resources.use(await startTestService(database));
});

afterEach(async () => {
  await until(async () => (await database.column('select 1 from batch.run_view where ended_at is null')).length === 0);
});

afterAll(async () => {
  await resources.end();
});

/** Types of a run's events without its plan, in the order of the log. */
const typesOf = (runId: string): Promise<string[]> =>
  database.column<string>(`select type from batch.event where run_id = $1 order by xid, position`, [runId]);

/** Asks for a dry run whose lanes stand before their first chunk's records. */
async function heldRun(lanes = 2): Promise<{ runId: string; release: () => Promise<void> }> {
  const hold = await holdWorkers(database, 'READING');
  const runId = await begin(service.url, { dryRun: true, chunkSize: 5 });
  await hold.keeps(lanes);
  return { runId, release: () => hold.release() };
}

describe('cancelRun', () => {
  it('lets nobody have an outcome but cancelled from then on, in the order of the log, and the sums hold', async () => {
    await using other = await startServiceProcess(database, 'worker');
    const hold = await holdWorkers(database, 'WRITING');
    const runId = await begin(service.url, { chunkSize: 5 });
    await hold.keeps(4); // two lanes of each process stand in the middle of a chunk's transaction
    const cancelling = cancelRun(service.url, runId, 'the records are wrong');
    await lockWaiters(database.pool, 1, 'advisory'); // and the order waits for them: what they write stands before it
    await hold.release();
    expect(await cancelling).toMatchObject({ run: { id: runId, cancelRequestedAt: expect.any(String) } });
    expect(await endOf(service.url, runId)).toBe('CANCELLED');
    const types = await typesOf(runId);
    const after = types.slice(types.indexOf('RunCancelRequested') + 1);
    expect(new Set(after)).toEqual(new Set(['UserCancelled', 'ChunkCompleted', 'RunCancelled']));
    expect(types.filter((type) => type === 'InterventionGenerated').length).toBeGreaterThan(0);
    expect(types.filter((type) => type === 'UserCancelled').length).toBeGreaterThan(0);
    expect(await faultsOf(database, runId)).toEqual([]);
    expect(other.child.exitCode).toBeNull();
    await database.rows('delete from ibsafe_interventionrecord where updated_at > now() - interval $$1 hour$$');
  });

  it('takes chunks from lanes that are at work, whose writes are then refused', async () => {
    const { runId, release } = await heldRun();
    await cancelRun(service.url, runId);
    await using other = await startServiceProcess(database, 'worker');
    // While both lanes of this process still read; asked of the view, because followers of the log wait for the transaction that holds the lanes.
    await until(async () => (await runOf(service.url, runId)).status === 'CANCELLED');
    await release();
    const types = new Set(await typesOf(runId));
    expect(types).toContain('RunCancelled');
    expect(types).not.toContain('InterventionGenerated');
    expect(await runOf(service.url, runId)).toMatchObject({ status: 'CANCELLED', report: { interventions: 0 } });
    expect(other.child.exitCode).toBeNull();
  });

  it('asked twice cancels once, and is refused for a run that has ended', async () => {
    const { runId, release } = await heldRun();
    const first = await cancelRun(service.url, runId, 'first');
    const second = await cancelRun(service.url, runId, 'second');
    expect(second.run?.cancelRequestedAt).toBe(first.run?.cancelRequestedAt);
    await release();
    await endOf(service.url, runId);
    expect((await typesOf(runId)).filter((type) => type === 'RunCancelRequested')).toHaveLength(1);
    expect(await cancelRun(service.url, runId)).toMatchObject({ code: 'RUN_ALREADY_ENDED', message: expect.stringContaining('CANCELLED') });
  });

  it('ends a paused run', async () => {
    const { runId, release } = await heldRun();
    await pauseRun(service.url, runId, 'a look at the model');
    await release();
    await cancelRun(service.url, runId);
    expect(await endOf(service.url, runId)).toBe('CANCELLED');
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('is refused for an unknown run, and for a reason that cannot be kept', async () => {
    expect(await cancelRun(service.url, UNKNOWN)).toMatchObject({ code: 'RUN_NOT_FOUND' });
    expect(await cancelRun(service.url, UNKNOWN, 'x'.repeat(501))).toMatchObject({ code: 'REASON_TOO_LONG' });
    expect(await cancelRun(service.url, UNKNOWN, 'a\nb')).toMatchObject({ code: 'REASON_UNPRINTABLE' });
  });
});

describe('a run that nobody has planned', () => {
  it('is cancelled at once: it has nobody to record', async () => {
    await using patients = await createPatients(10);
    await using api = await startTestService(patients, { role: 'api' });
    const runId = await begin(api.url);
    expect(await cancelRun(api.url, runId)).toMatchObject({ run: { status: 'CANCELLED' } });
    expect(await patients.column('select type from batch.event where run_id = $1 order by version', [runId])).toEqual([
      'RunRequested',
      'RunCancelRequested',
      'RunCancelled',
    ]);
  });

  it('can be paused, waits, and is planned when it is resumed', async () => {
    await using patients = await createPatients(10);
    await using api = await startTestService(patients, { role: 'api' });
    const runId = await begin(api.url, { dryRun: true });
    await pauseRun(api.url, runId, 'not yet');
    await using worker = await startTestService(patients, { role: 'worker' });
    await runToEnd(api.url, { dryRun: true }); // the worker has had its turn
    expect(await runOf(api.url, runId)).toMatchObject({ status: 'PAUSED', roster: null });
    await resumeRun(api.url, runId);
    expect(await endOf(api.url, runId)).toBe('COMPLETED');
    expect(worker.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

describe('pauseRun and resumeRun', () => {
  it('stop and start a run across processes: nothing is claimed in between, and nobody is lost or done twice', async () => {
    await using other = await startServiceProcess(database, 'worker');
    const hold = await holdWorkers(database, 'READING');
    const runId = await begin(service.url, { dryRun: true, chunkSize: 5 });
    await hold.keeps(4);
    const paused = await pauseRun(service.url, runId, 'a look at the model');
    expect(paused.run).toMatchObject({ status: 'PAUSED', pausedCause: 'OPERATOR', pausedReason: 'a look at the model' });
    await hold.release();
    const held = `select 1 from batch.chunk_work where run_id = $1 and not done and lease_until is not null`;
    await until(async () => (await database.column(held, [runId])).length === 0);
    const done = await database.column('select count(*) from batch.event where run_id = $1', [runId]);
    await runToEnd(service.url, { recordDate: '2026-02-27', dryRun: true }); // another run passes by it
    expect(await database.column('select count(*) from batch.event where run_id = $1', [runId])).toEqual(done);
    const resumed = await resumeRun(service.url, runId);
    expect(resumed.run).toMatchObject({ status: 'RUNNING', pausedCause: null, pausedReason: null, resumedAt: expect.any(String) });
    expect(await endOf(service.url, runId)).toBe('COMPLETED');
    expect(await faultsOf(database, runId)).toEqual([]);
    expect(other.child.exitCode).toBeNull();
  });

  it('are refused where there is nothing to do, with a code and a sentence', async () => {
    const { runId, release } = await heldRun();
    expect(await resumeRun(service.url, runId)).toMatchObject({ code: 'RUN_NOT_PAUSED' });
    await pauseRun(service.url, runId, 'once');
    expect(await pauseRun(service.url, runId, 'twice')).toMatchObject({
      code: 'RUN_ALREADY_PAUSED',
      message: expect.stringContaining('once'),
    });
    expect(await pauseRun(service.url, runId, '  ')).toMatchObject({ code: 'REASON_MISSING' });
    await cancelRun(service.url, runId);
    expect(await resumeRun(service.url, runId)).toMatchObject({ code: expect.stringMatching(/^RUN_(BEING_CANCELLED|ALREADY_ENDED)$/) });
    await release();
    await endOf(service.url, runId);
    expect(await pauseRun(service.url, runId, 'late')).toMatchObject({ code: 'RUN_ALREADY_ENDED' });
    expect(await resumeRun(service.url, UNKNOWN)).toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});
