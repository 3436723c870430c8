import { append } from '../../src/application/decide-and-append.js';
import { streamOfBackfill } from '../../src/application/written-streams.js';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { advanceBackfills } from '../../src/application/backfills/advance-backfills.js';
import { addDays } from '../../src/domain/local-date.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { begin } from '../support/batch-client.js';
import { cancelRun, endOf } from '../support/control-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startServiceProcess } from '../support/service-process.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

interface SeenBackfill {
  readonly id: string;
  readonly status: string;
  readonly endedAt: string | null;
  readonly cancelReason: string | null;
  readonly dates: readonly {
    readonly recordDate: string;
    readonly status: string;
    readonly run: { readonly id: string; readonly trigger: string } | null;
  }[];
}
interface Answer {
  readonly backfill?: SeenBackfill;
  readonly repeated?: boolean;
  readonly code?: string;
}

const FIELDS = 'id status endedAt cancelReason dates { recordDate status run { id trigger backfill { id } } }';
const ASK = `mutation ($input: BackfillInput!) { answer: backfill(input: $input) { ... on BackfillAccepted { repeated backfill { ${FIELDS} } } ... on Error { code message } } }`;
const CANCEL = `mutation ($id: UUID!, $reason: String) { answer: cancelBackfill(id: $id, reason: $reason) { ... on BackfillAccepted { backfill { ${FIELDS} } } ... on Error { code message } } }`;

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(30));
  service = resources.use(await startTestService(database));
});

afterAll(async () => {
  await resources.end();
});

const ask = async (input: object): Promise<Answer> => (await dataOf<{ answer: Answer }>(service.url, ASK, { input })).answer;
const cancel = async (id: string, reason?: string): Promise<Answer> =>
  (await dataOf<{ answer: Answer }>(service.url, CANCEL, { id, reason })).answer;
const seen = async (id: string): Promise<SeenBackfill> =>
  (await dataOf<{ backfill: SeenBackfill }>(service.url, `query ($id: UUID!) { backfill(id: $id) { ${FIELDS} } }`, { id })).backfill;
const ended = (id: string): Promise<void> =>
  until(async () => (await seen(id)).dates.every(({ status }) => !['WAITING', 'RUNNING'].includes(status)));
const [from, to] = [addDays(RECORD_DATE, -3), addDays(RECORD_DATE, -1)];
/** Dates in the order in which their runs were requested. */
const order = (id: string): Promise<string[]> =>
  database.column<string>('select record_date::text from batch.run_view where backfill_id = $1 order by requested_at, run_id', [id]);

describe('a backfill', () => {
  it('runs each date once, one after another, and tells where each stands', async () => {
    const { backfill } = await ask({ from, to, reason: 'the app was away' });
    const id = backfill?.id ?? '';
    expect(backfill).toMatchObject({ status: 'RUNNING', endedAt: null });
    await ended(id);
    await until(async () => (await seen(id)).status === 'COMPLETED');
    const { dates } = await seen(id);
    expect(dates.map(({ recordDate, status, run }) => [recordDate, status, run?.trigger])).toEqual(
      [from, addDays(from, 1), to].map((date) => [date, 'COMPLETED', 'BACKFILL']),
    );
    expect(await order(id)).toEqual([from, addDays(from, 1), to]);
    for (const { run } of dates) expect(await faultsOf(database, run?.id ?? '')).toEqual([]);
    // By their places in the log: times are those at which transactions began, and one may have waited for the other.
    const [most] = await database.column<number>(
      `with span as (
        select run_id, min(position) filter (where type = 'RunRequested') as begun, min(position) filter (where type = 'RunCompleted') as ended
        from batch.event where run_id in (select run_id from batch.run_view where backfill_id = $1) group by run_id)
      select max(n)::int from (select count(*) as n from span a join span b on b.begun <= a.begun and b.ended > a.begun group by a.run_id) s`,
      [id],
    );
    expect(most).toBe(1);
  });

  it('takes the newest date first where that was asked for, and the same key stands for the same backfill', async () => {
    const input = { from, to, order: 'NEWEST_FIRST', maxActiveRuns: 2, idempotencyKey: randomUUID() };
    const { backfill } = await ask(input);
    expect(await ask(input)).toMatchObject({ repeated: true, backfill: { id: backfill?.id } });
    expect(await ask({ ...input, maxActiveRuns: 3 })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(backfill?.dates.map(({ recordDate }) => recordDate)).toEqual([to, addDays(from, 1), from]);
    await ended(backfill?.id ?? '');
    expect((await order(backfill?.id ?? '')).slice(0, 2).toSorted()).toEqual([addDays(from, 1), to]);
  });

  it('starts one run a date though two processes and this one move it on at once', async () => {
    await using other = await startServiceProcess(database, 'worker', { BATCH_SWEEP_MS: '100' });
    const { backfill } = await ask({ from: addDays(RECORD_DATE, -30), to, maxActiveRuns: 4 });
    const id = backfill?.id ?? '';
    await until(async () => {
      await Promise.all([advanceBackfills(service.core.deps), advanceBackfills(service.core.deps)]);
      return (await seen(id)).status === 'COMPLETED';
    });
    const runs = await order(id);
    expect(runs).toHaveLength(30);
    expect(new Set(runs).size).toBe(30);
    expect((await seen(id)).dates.every(({ status }) => status === 'COMPLETED')).toBe(true);
    expect(other.child.exitCode).toBeNull();
  });

  it('lets a date wait whose run is refused because another one is active, and goes on with the next', async () => {
    const hold = await holdWorkers(database, 'READING');
    const other = await begin(service.url, { recordDate: from });
    const { backfill } = await ask({ from, to });
    const id = backfill?.id ?? '';
    expect(backfill?.dates.map(({ status }) => status)).toEqual(['WAITING', 'RUNNING', 'WAITING']);
    await hold.release();
    await endOf(service.url, other);
    await until(async () => (await seen(id)).status === 'COMPLETED');
    expect((await seen(id)).dates.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
  });

  it('that is cancelled starts no more runs, cancels those that are active, and stays cancelled', async () => {
    const hold = await holdWorkers(database, 'READING');
    const { backfill } = await ask({ from, to, maxActiveRuns: 2 });
    const id = backfill?.id ?? '';
    const answer = await cancel(id, 'the wrong days');
    expect(answer.backfill).toMatchObject({ status: 'CANCELLED', cancelReason: 'the wrong days', endedAt: expect.any(String) });
    expect(await cancel(id, 'again')).toMatchObject({ backfill: { cancelReason: 'the wrong days' } });
    await hold.release();
    await ended(id);
    const { dates } = await seen(id);
    expect(dates.map(({ status, run }) => [status, run !== null])).toEqual([
      ['CANCELLED', true],
      ['CANCELLED', true],
      ['CANCELLED', false],
    ]);
    expect(await order(id)).toHaveLength(2);
  });

  it('whose canceller died before it told the runs has them told by the next sweep', async () => {
    const hold = await holdWorkers(database, 'READING');
    const { backfill } = await ask({ from, to });
    const id = backfill?.id ?? '';
    const { deps } = service.core;
    await deps.transaction(async (tx) => {
      const found = await tx.backfills.lock(id);
      await append(tx, streamOfBackfill(id, found, 'somebody'), [{ type: 'BackfillCancelled', data: {} }]);
    });
    await until(
      async () =>
        (await database.column('select 1 from batch.run_view where backfill_id = $1 and cancel_requested_at is null', [id])).length === 0,
    );
    await hold.release();
    await ended(id);
  });

  it('goes on when an operator cancels one of its runs', async () => {
    const hold = await holdWorkers(database, 'READING');
    const { backfill } = await ask({ from, to });
    await cancelRun(service.url, backfill?.dates[0]?.run?.id ?? '');
    await hold.release();
    await ended(backfill?.id ?? '');
    expect((await seen(backfill?.id ?? '')).dates.map(({ status }) => status)).toEqual(['CANCELLED', 'COMPLETED', 'COMPLETED']);
  });

  it.each([
    ['DATES_REVERSED', { from: to, to: from }],
    ['DATE_NOT_PAST', { from, to: '2999-01-01' }],
    ['DATE_TOO_OLD', { from: '1999-12-31', to: '2000-01-01' }],
    ['TOO_MANY_DATES', { from: addDays(to, -400), to }],
    ['ACTIVE_RUNS_OUT_OF_RANGE', { from, to, maxActiveRuns: 21 }],
    ['GENERATOR_NOT_AVAILABLE', { from, to, generator: 'LLM' }],
    ['REASON_TOO_LONG', { from, to, reason: 'x'.repeat(501) }],
    ['IDEMPOTENCY_KEY_INVALID', { from, to, idempotencyKey: 'a b' }],
  ])('is refused as %s', async (code, input) => {
    expect(await ask(input)).toMatchObject({ code });
  });

  it('is found in the list, newest first, and an unknown one nowhere', async () => {
    const { backfills } = await dataOf<{ backfills: { nodes: { id: string }[] } }>(service.url, '{ backfills(first: 3) { nodes { id } } }');
    const newest = await database.column<string>('select backfill_id from batch.backfill_view order by requested_at desc limit 3');
    expect(backfills.nodes.map(({ id }) => id)).toEqual(newest);
    expect(await cancel(randomUUID())).toMatchObject({ code: 'BACKFILL_NOT_FOUND' });
    const { backfill } = await ask({ from, to: from, idempotencyKey: 'done' });
    expect(await cancel(backfill?.id ?? '')).toMatchObject({ backfill: { id: backfill?.id } }); // it may have ended first
  });
});

describe('the views of backfills', () => {
  it('are those that the log says, and are made again from it', async () => {
    await until(async () => (await database.column('select 1 from batch.run_view where ended_at is null')).length === 0);
    expect((await compareViews(database.pool)).differences).toEqual([]);
    const content = (): Promise<object[]> =>
      database.rows(`select (select jsonb_agg(b order by backfill_id) from batch.backfill_view b) as backfills,
        (select jsonb_agg(d order by backfill_id, record_date) from batch.backfill_date_view d) as dates`);
    const before = await content();
    await database.rows(`update batch.backfill_view set status = 'RUNNING' where status = 'CANCELLED'`);
    await database.rows(`delete from batch.backfill_date_view where record_date = $1`, [from]);
    const { differences } = await rebuildViews(database.pool, { verify: true });
    expect(new Set(differences.map(({ view, column }) => `${view} ${column}`))).toEqual(
      new Set(['backfill_view status', 'backfill_date_view (row)']),
    );
    expect(await content()).toEqual(before);
  });
});
