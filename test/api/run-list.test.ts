import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { migrate } from '../../src/migrations/migrate.js';
import { begin, runToEnd } from '../support/batch-client.js';
import { cancelRun, pauseRun, resumeRun } from '../support/control-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';

const ORDERS =
  'query ($id: UUID!) { run(id: $id) { status pausedCause pausedReason pausedBy pausedAt cancelReason cancelledBy actor progress { pausedCause pausedReason } } }';
const NO_PAUSE = {
  pausedCause: null,
  pausedReason: null,
  pausedBy: null,
  pausedAt: null,
  progress: { pausedCause: null, pausedReason: null },
};
const LIST =
  'query ($filter: RunFilterInput, $first: Int! = 100) { runs(filter: $filter, first: $first) { totalCount nodes { id requestedAt } } }';

interface Listed {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string; readonly requestedAt: string }[];
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
/** A service that answers and lets nobody work: what is asked for stays as it is. */
let waiting: TestService;
let patients: PatientsDatabase;

beforeAll(async () => {
  database = resources.use(await createPatients(20));
  service = resources.use(await startTestService(database));
  patients = resources.use(await createPatients(20));
  waiting = resources.use(await startTestService(patients, { role: 'api' }));
});

afterAll(async () => {
  await resources.end();
});

const ordersOf = async (id: string): Promise<Record<string, unknown>> =>
  (await dataOf<{ run: Record<string, unknown> }>(waiting.url, ORDERS, { id })).run;
const list = async (filter: object, first = 100): Promise<Listed> =>
  (await dataOf<{ runs: Listed }>(service.url, LIST, { filter, first })).runs;

const idsOf = async (filter: object): Promise<string[]> => (await list(filter)).nodes.map(({ id }) => id);

describe('a run', () => {
  it('says who paused it and when, until it goes on, and who cancelled it and why', async () => {
    const id = await begin(waiting.url);
    await pauseRun(waiting.url, id, 'the records are late');
    const paused = await ordersOf(id);
    expect(paused).toMatchObject({ status: 'PAUSED', pausedReason: 'the records are late', pausedBy: paused['actor'], cancelledBy: null });
    expect(Date.parse(String(paused['pausedAt']))).not.toBeNaN();
    await resumeRun(waiting.url, id);
    expect(await ordersOf(id)).toMatchObject(NO_PAUSE);
    await pauseRun(waiting.url, id, 'again');
    await cancelRun(waiting.url, id, 'not tonight');
    expect(await ordersOf(id)).toMatchObject({
      status: 'CANCELLED',
      cancelReason: 'not tonight',
      cancelledBy: paused['actor'],
      ...NO_PAUSE,
    });
  });

  it('says the same after the migration of a database that has such runs, and after a rebuild', async () => {
    const columns = ['paused_by', 'paused_at', 'cancel_reason', 'cancelled_by'];
    const { pool } = waiting.core;
    const told = async (): Promise<object[]> =>
      (await pool.query<object>(`select run_id, ${columns.join(', ')} from batch.run_view order by 1`)).rows;
    const id = await begin(waiting.url);
    await pauseRun(waiting.url, id, 'for now');
    await resumeRun(waiting.url, id);
    await pauseRun(waiting.url, await begin(waiting.url, { dryRun: true }), 'for good');
    const before = await told();
    expect(JSON.stringify(before)).toContain('not tonight');
    await pool.query(`alter table batch.run_view ${columns.map((column) => `drop column ${column}`).join(', ')}`);
    await pool.query("delete from batch.migration where name = '042-run-orders'");
    await migrate(patients.url, { ibsafeTables: false });
    expect(await told()).toEqual(before);
    expect((await compareViews(pool)).differences).toEqual([]);
  });
});

describe('the list of runs', () => {
  let daily: string;
  let shadow: string;
  let sleep: string;

  beforeAll(async () => {
    ({ runId: daily } = await runToEnd(service.url));
    ({ runId: shadow } = await runToEnd(service.url, { shadow: true }));
    ({ runId: sleep } = await runToEnd(service.url, { program: 'SLEEP' }));
  });

  it('is narrowed by program, by shadow, by who asked, and by all of them', async () => {
    expect(await idsOf({ programs: ['SLEEP'] })).toEqual([sleep]);
    expect(await idsOf({ programs: ['SLEEP', 'DAILY'] })).toEqual([sleep, shadow, daily]);
    expect(await idsOf({ shadow: true })).toEqual([shadow]);
    expect(await idsOf({ shadow: false })).toEqual([sleep, daily]);
    const [actor] = await database.column<string>('select distinct actor from batch.run_view');
    expect(await idsOf({ actors: [actor] })).toEqual([sleep, shadow, daily]);
    for (const nobody of ['nobody', 'a\u0000b', '\ud800', '']) expect(await idsOf({ actors: [nobody] })).toEqual([]);
    expect(await idsOf({ programs: ['DAILY'], shadow: false, actors: [actor] })).toEqual([daily]);
  });

  it('is narrowed by when they were requested, both ends included, whatever the year', async () => {
    const { nodes } = await list({});
    const at = nodes.find(({ id }) => id === shadow)?.requestedAt;
    expect(await idsOf({ requestedFrom: at })).toEqual([sleep, shadow]);
    expect(await idsOf({ requestedTo: at })).toEqual([shadow, daily]);
    expect(await idsOf({ requestedFrom: at, requestedTo: at })).toEqual([shadow]);
    expect(await idsOf({ requestedFrom: '0000-01-01T00:00:00Z', requestedTo: '9999-12-31T23:59:59Z' })).toHaveLength(3);
    expect(await idsOf({ requestedTo: '0000-01-01T00:00:00Z' })).toEqual([]);
  });

  it('says how many there are whatever the page, and counts only when it is asked', async () => {
    expect(await list({ programs: ['DAILY'] }, 1)).toMatchObject({ totalCount: 2, nodes: [{ id: shadow }] });
    expect((await list({ recordDateFrom: RECORD_DATE })).totalCount).toBe(3);
    expect(await statementsOf(() => list({}))).toHaveLength(2);
    expect(await statementsOf(() => dataOf(service.url, '{ runs { nodes { id } } }'))).toHaveLength(1);
  });
});
