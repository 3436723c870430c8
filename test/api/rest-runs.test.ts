import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { append as appendTo } from '../../src/application/decide-and-append.js';
import { streamOfRun } from '../../src/application/written-streams.js';
import { isUuid } from '../../src/domain/ids.js';
import type { RunEvent } from '../../src/domain/run/run-events.js';
import { SHAPES, taken, type RestClient } from './rest-client.js';
import { ACCOUNTS, startRestService, type RestService } from './rest-fixture.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { until } from '../support/until.js';

/** Statements that wait for the lock on the table of jobs. */
const WAITING = `select 1 from pg_locks where relation = 'batch.agenda_jobs'::regclass and not granted`;

let service: RestService;
let admin: RestClient;

beforeAll(async () => {
  service = await startRestService();
  admin = await service.as('superuser');
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
});

const append = (taskId: string, events: readonly [RunEvent, ...RunEvent[]]): Promise<void> =>
  service.deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(taskId);
    if (stored === undefined) throw new Error('a task id leads to its run');
    await appendTo(tx, streamOfRun(stored, 'test'), events);
  });

describe('POST run/ and GET status/', () => {
  const tally = { generated: 0, skipped: 0, failed: 0, cancelled: 0, reasons: {} };
  const planned: RunEvent = { type: 'RunPlanned', data: { roster: 0, chunks: [] } };
  const started: RunEvent = { type: 'RunStarted', data: {} };
  const ends: readonly (readonly [string, readonly [RunEvent, ...RunEvent[]], object])[] = [
    ['STARTED', [planned, started], { ready: false, successful: false, failed: false, result: null }],
    [
      'RETRY',
      [planned, started, { type: 'RunPaused', data: { cause: 'OPERATOR', reason: 'a test' } }],
      { ready: false, successful: false, failed: false },
    ],
    ['SUCCESS', [planned, started, { type: 'RunCompleted', data: tally }], { ready: true, successful: true, failed: false, result: null }],
    [
      'SUCCESS',
      [planned, started, { type: 'RunCompleted', data: { ...tally, failed: 1 } }],
      { ready: true, successful: true, failed: false, result: null },
    ],
    ['FAILURE', [{ type: 'RunFailed', data: { code: 'A_CODE' } }], { ready: true, successful: false, failed: true, result: 'A_CODE' }],
    ['REVOKED', [{ type: 'RunCancelled', data: tally }], { ready: true, successful: false, failed: false, result: null }],
  ];

  it.each(ends)('leads from a task to its run, and says %s of it', async (word, events, flags) => {
    const { task_id } = await admin.run();
    expect(isUuid(task_id)).toBe(true);
    expect(await admin.task(task_id)).toEqual({ task_id, status: 'PENDING', result: null, ready: false, successful: false, failed: false });
    await append(task_id, events);
    expect(await admin.task(task_id)).toMatchObject({ task_id, status: word, ...flags });
    const { ready } = await admin.task(task_id);
    if (!ready) await append(task_id, [{ type: 'RunCancelled', data: tally }]);
  });

  it('asks for last night’s run, in the caller’s name', async () => {
    const { task_id } = await admin.run();
    const { rows } = await service.pool.query(
      'select actor, trigger, program, record_date::text, dry_run from batch.run_view where run_id = $1',
      [task_id],
    );
    const yesterday = new Date(Date.now() + 9 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
    expect(rows).toEqual([{ actor: 'ibsafe:1', trigger: 'MANUAL', program: 'daily', record_date: yesterday, dry_run: false }]);
    await append(task_id, [{ type: 'RunCancelled', data: tally }]);
  });

  it('refuses a second one while the first is under way, and any where no schedule is active', async () => {
    const { task_id } = await admin.run();
    const again = taken(await admin.send('POST', 'run/'), 409, SHAPES.error);
    await append(task_id, [{ type: 'RunCancelled', data: tally }]);
    const active = (await admin.list()).schedules.filter(({ is_active }) => is_active);
    for (const { id } of active) await admin.update({ id, is_active: false });
    const idle = taken(await admin.send('POST', 'run/'), 409, SHAPES.error);
    expect(idle.error).not.toBe(again.error);
    for (const { id } of active) await admin.update({ id, is_active: true });
  });

  it.each(['0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10', 'unknown', '없는 작업', "' or 1=1 --", '7', 'a'.repeat(2_000), '\u0000'])(
    'knows nothing of the task %j, which is PENDING',
    async (taskId) => {
      expect(await admin.task(taskId)).toEqual({
        task_id: taskId,
        status: 'PENDING',
        result: null,
        ready: false,
        successful: false,
        failed: false,
      });
    },
  );

  it('needs a task id', async () => {
    for (const path of ['status/', 'status/?task_id=', 'status/?taskid=1']) taken(await admin.send('GET', path), 400, SHAPES.error);
  });
});

describe('POST sync/', () => {
  it('makes jobs that were lost anew', async () => {
    await service.pool.query('delete from batch.agenda_jobs');
    const { sync_success, status } = await admin.sync();
    expect(sync_success).toBe(true);
    expect(status.periodic_tasks).toBe(status.total_schedules);
    expect(status.enabled_tasks).toBe(status.active_schedules);
  });

  it('goes on to its end where the caller went away before it', async () => {
    await service.pool.query('delete from batch.agenda_jobs');
    const lock = await service.pool.connect();
    try {
      await lock.query(`${BEGIN_HELD}; lock table batch.agenda_jobs in access exclusive mode`);
      const leaving = new AbortController();
      const headers = { authorization: `Bearer ${await service.tokenOf(ACCOUNTS.superuser)}` };
      const asked = fetch(`${service.url}/api/batch/sync/`, { method: 'POST', headers, signal: leaving.signal });
      await until(async () => (await lock.query(WAITING)).rows.length > 0);
      leaving.abort();
      await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    } finally {
      await lock.query('rollback');
      lock.release();
    }
    const JOBS = 'select count(*)::int as jobs from batch.agenda_jobs';
    const { total_schedules } = (await admin.list()).status;
    await until(async () => (await service.pool.query<{ jobs: number }>(JOBS)).rows[0]?.jobs === total_schedules);
  });
});
