import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { begin, runToEnd } from '../support/batch-client.js';
import { cancelRun, endOf } from '../support/control-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startServiceProcess } from '../support/service-process.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

const SHORT_LEASE = { BATCH_LEASE_MS: '1000' };

const resources = new Resources();
let database: PatientsDatabase;
let api: TestService;
/** Users who have advice before each test. */
let advised: number[];

beforeAll(async () => {
  database = resources.use(await createPatients(120));
  api = resources.use(await startTestService(database, { role: 'api' }));
  await using _ = await startTestService(database, { role: 'worker' });
  await runToEnd(api.url);
  advised = await withAdvice();
  await database.rows(`update public.ibsafe_interventionrecord set diet_evaluation = 'outdated' where gubun = 'all' and record_date = $1`, [
    RECORD_DATE,
  ]);
});

afterAll(async () => {
  await resources.end();
});

const withAdvice = (): Promise<number[]> =>
  database.column<number>(
    `select user_id from public.ibsafe_interventionrecord where gubun = 'all' and record_date = $1 order by user_id`,
    [RECORD_DATE],
  );
const outdated = (): Promise<number[]> =>
  database.column<number>(
    `select user_id from public.ibsafe_interventionrecord where gubun = 'all' and record_date = $1 and diet_evaluation = 'outdated' order by user_id`,
    [RECORD_DATE],
  );

describe('a run that regenerates', () => {
  it('leaves a user whose generation fails the advice that was there, to the byte', async () => {
    const [failing = 0] = await database.column<number>(
      `update public.ibsafe_userexerciserecord set current_steps = -abs(current_steps) - 1 where user_id = $1 returning user_id`,
      [await someAdvised()],
    );
    const rowOf = (): Promise<string[]> =>
      database.column<string>(`select i::text from public.ibsafe_interventionrecord i where user_id = $1 and record_date = $2`, [
        failing,
        RECORD_DATE,
      ]);
    const before = await rowOf();
    await using _ = await startTestService(database, { role: 'worker' });
    const { end } = await runToEnd(api.url, { onExisting: 'REGENERATE', userIds: advised.filter((id) => id === failing) });
    expect(end).toMatchObject({ status: 'COMPLETED_WITH_FAILURES', failed: 1, generated: 0 });
    expect(await rowOf()).toEqual(before);
    await database.rows('update public.ibsafe_userexerciserecord set current_steps = 4000 where record_date = $1 and user_id = $2', [
      RECORD_DATE,
      failing,
    ]);
  });

  it('whose worker is killed in the middle of a write leaves nobody without advice, then or later', async () => {
    await using doomed = await startServiceProcess(database, 'worker', SHORT_LEASE);
    // Rows of the last users are held: a lane stands between two rows of its chunk, with some of them written.
    const client = await database.pool.connect();
    await client.query(BEGIN_HELD);
    const [held] = (await client.query<{ user_id: number }>(HELD, [RECORD_DATE])).rows;
    const runId = await begin(api.url, { onExisting: 'REGENERATE' });
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into public.ibsafe_interventionrecord%'`;
    await until(async () => (await database.column(waiting)).length > 0);
    doomed.child.kill('SIGKILL');
    await doomed.ended;
    await client.query('commit');
    client.release();
    expect(held?.user_id).toBeGreaterThan(0);
    expect(await withAdvice()).toEqual(advised);
    expect((await outdated()).length).toBeGreaterThan(0);
    await using heir = await startServiceProcess(database, 'worker', SHORT_LEASE);
    expect(await endOf(api.url, runId)).toBe('COMPLETED');
    expect(heir.child.exitCode).toBeNull();
    expect(await withAdvice()).toEqual(advised);
    expect(await faultsOf(database, runId)).toEqual([]);
  });

  it('that is cancelled in the middle leaves everybody the old advice or the new', async () => {
    await using worker = await startTestService(database, { role: 'worker' });
    const hold = await holdWorkers(database, 'WRITING');
    const runId = await begin(api.url, { onExisting: 'REGENERATE' });
    await hold.keeps(1);
    const cancelling = cancelRun(api.url, runId);
    await hold.release();
    await cancelling;
    await endOf(api.url, runId);
    expect(await withAdvice()).toEqual(advised);
    expect(await faultsOf(database, runId)).toEqual([]);
    expect(worker.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

const HELD = `select user_id from public.ibsafe_interventionrecord i where gubun = 'all' and record_date = $1 and exists (
    select from public.ibsafe_userfoodrecord f where f.user_id = i.user_id and f.record_date = $1) and exists (
    select from public.ibsafe_userexerciserecord e where e.user_id = i.user_id and e.record_date = $1)
  order by user_id offset 3 limit 1 for update`;

async function someAdvised(): Promise<number> {
  const [row] = await database.rows<{ user_id: number }>(HELD.replace(' for update', ''), [RECORD_DATE]);
  return row?.user_id ?? 0;
}
