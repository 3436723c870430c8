import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { adviceHash } from '../support/advice-hash.js';
import { begin, runToEnd, watch, type SeenProgress } from '../support/batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { followEvents, followWithBreaks, type SeenEvent } from '../support/run-events-client.js';
import { faultsOf } from '../support/run-faults.js';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let workers: ServiceProcess[];
let api: ServiceProcess;
let runId: string;
let seen: SeenProgress[];
let events: SeenEvent[];
let withOutcomes: SeenEvent[];

/** Two hundred users, two to a chunk: a hundred chunks of one percent each. */
beforeAll(async () => {
  database = resources.use(await createPatients());
  const start = async (role: 'api' | 'worker'): Promise<ServiceProcess> => resources.use(await startServiceProcess(database, role));
  [api, ...workers] = await Promise.all([start('api'), start('worker'), start('worker')]);
  const userIds = await database.column<number>('select id from auth_user where is_active and not is_staff order by id limit 200');
  const hold = await holdWorkers(database, 'READING');
  runId = await begin(api.url, { userIds, chunkSize: 2 });
  const followers = Promise.all([
    watch(api.url, runId),
    followWithBreaks(api.url, runId, { most: 9, withOutcomes: false }),
    followWithBreaks(api.url, runId, { most: 37, withOutcomes: true }),
  ]);
  await hold.keeps(4); // two lanes of each worker hold a chunk: nobody is late for the work
  await hold.release();
  [seen, events, withOutcomes] = await followers;
});

afterAll(async () => {
  await resources.end();
});

describe('two workers on one run', () => {
  it('share its chunks', async () => {
    const done = await database.rows<{ actor: string; chunks: number }>(
      `select actor, count(*)::int as chunks from batch.event where run_id = $1 and type = 'ChunkCompleted' group by actor`,
      [runId],
    );
    expect(done.map(({ actor }) => actor).toSorted()).toEqual(workers.map(({ workerId }) => workerId).toSorted());
    expect(done.reduce((sum, { chunks }) => sum + chunks, 0)).toBe(100);
  });

  it('leave nothing undone and nothing done twice', async () => {
    expect(seen.at(-1)).toMatchObject({ status: 'COMPLETED', done: 200, roster: 200, chunksDone: 100 });
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});

describe('a subscriber on a third process', () => {
  it('sees every percent in order, and the end', () => {
    const percents = seen.map(({ percent }) => percent).filter((percent, at, all) => percent !== all[at - 1]);
    expect(percents).toEqual(Array.from({ length: 101 }, (_, percent) => percent));
    expect(seen.map(({ status }) => status).filter((status, at, all) => status !== all[at - 1]).slice(-2)).toEqual(['RUNNING', 'COMPLETED']); // prettier-ignore
  });

  it('that comes after the end is told the end at once', async () => {
    expect(await watch(api.url, runId)).toEqual([seen.at(-1)]);
  });

  it.each([
    ['events', () => events, false],
    ['events with outcomes', () => withOutcomes, true],
  ])('that loses its connection again and again misses and repeats none of the %s', async (_, received, outcomes) => {
    const all = await database.column<string>(
      `select type || ' ' || stream || ' ' || version from batch.event where run_id = $1 and (user_id is null or $2) order by xid, position`,
      [runId, outcomes],
    );
    expect(all.length).toBeGreaterThan(outcomes ? 300 : 100);
    expect(received().map(({ type, stream, version }) => `${type} ${stream} ${version}`)).toEqual(all);
  });

  it('that comes back with the cursor of its progress sees the events since, and with the last one ends at once', async () => {
    const half = seen.find(({ percent }) => percent === 50);
    const rest: SeenEvent[] = [];
    for await (const event of followEvents(api.url, runId, { after: half?.cursor ?? null })) rest.push(event);
    expect(rest.filter(({ type }) => type === 'ChunkCompleted')).toHaveLength(50);
    expect(rest.at(-1)?.type).toBe('RunCompleted');
    for await (const event of followEvents(api.url, runId, { after: rest.at(-1)?.cursor ?? null }))
      throw new Error(`repeated ${event.type}`);
  });
});

describe('the same patients in another database', () => {
  it('get the same advice byte for byte, from one process, chunks of another size and rows stored in another order', async () => {
    await using other = await createPatients();
    // The same rows, stored in another order: what PostgreSQL comes upon first must not decide what is said first.
    await other.rows(
      `with gone as (delete from ibsafe_userfoodrecord returning *) insert into ibsafe_userfoodrecord select * from gone order by id desc`,
    );
    await using alone = await startTestService(other);
    const { end } = await runToEnd(alone.url, { chunkSize: 31 });
    const rest = await runToEnd(api.url, { chunkSize: 7 });
    expect(end.generated).toBe((seen.at(-1)?.generated ?? 0) + rest.end.generated);
    const hash = await adviceHash(other, RECORD_DATE);
    expect(hash.rows).toBeGreaterThan(200);
    expect(await adviceHash(database, RECORD_DATE)).toEqual(hash);
  });
});
