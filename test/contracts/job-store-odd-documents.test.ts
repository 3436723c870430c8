import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { MongoClient, type Collection } from 'mongodb';
import { syncSchedules } from '../../src/application/schedules/sync-schedules.js';
import { runToEnd } from '../support/batch-client.js';
import { describeOnMongo, type JobStorePlace } from '../support/job-store-places.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { errorsOf } from '../support/errors-of.js';

interface Odd {
  _id?: unknown;
  name: unknown;
  [field: string]: unknown;
}

describeOnMongo('a collection of jobs that hands have edited', (openPlace) => {
  let resources: Resources;
  let database: PatientsDatabase;
  let place: JobStorePlace;
  let service: TestService;
  let jobs: Collection<Odd>;

  beforeEach(async () => {
    resources = new Resources();
    database = resources.use(await createPatients(20));
    place = resources.use(await openPlace(database.url));
    const client = await new MongoClient(place.urls.mongoUrl ?? '').connect();
    resources.use({ [Symbol.asyncDispose]: () => client.close() });
    jobs = client.db().collection<Odd>('agendaJobs');
    service = resources.use(await startTestService(database, { environment: { MONGODB_URL: place.urls.mongoUrl ?? '' } }));
    await until(async () => (await ofSchedule()) !== undefined);
  });
  afterEach(() => resources.end());

  const ofSchedule = async (): Promise<Odd | undefined> => (await jobs.findOne({ name: /^schedule: / })) ?? undefined;

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['is a text', { nextRunAt: 'tomorrow' }],
    ['is null', { nextRunAt: null }],
    ['is a number', { nextRunAt: 12 }],
    ['is a time that is none', { nextRunAt: new Date(8.64e15) }],
  ])('has the time of a schedule’s job mended that %s', async (_, fields) => {
    await jobs.updateOne({ name: /^schedule: / }, { $set: fields });
    await syncSchedules(service.core.deps);
    const mended = (await ofSchedule())?.['nextRunAt'];
    expect(mended).toBeInstanceOf(Date);
    expect(Number(mended)).toBeLessThan(Date.now() + 7 * 86_400_000);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['an interval that is none', { repeatInterval: { every: 'day' }, nextRunAt: new Date(0) }],
    ['a time zone that is none', { repeatTimezone: 5 }],
    ['an end in the past', { endDate: new Date(0) }],
    ['days that are left out', { skipDays: [0, 1, 2, 3, 4, 5, 6] }],
  ])('has a schedule’s job mended that has %s', async (_, fields) => {
    const before = await ofSchedule();
    await jobs.updateOne({ name: /^schedule: / }, { $set: fields });
    await syncSchedules(service.core.deps);
    const { repeatInterval, repeatTimezone, endDate, skipDays } = (await ofSchedule()) ?? { name: 'none' };
    expect({ repeatInterval, repeatTimezone }).toEqual({
      repeatInterval: before?.['repeatInterval'],
      repeatTimezone: before?.['repeatTimezone'],
    });
    expect([endDate ?? null, skipDays ?? null]).toEqual([null, null]);
  });

  it('is synced and worked from beside documents of other forms, which are left alone', async () => {
    const odd: Odd[] = [
      { _id: 'a hand', name: 'a job of a hand', nextRunAt: 'now' },
      { _id: 7, name: null, data: null, type: 'single' },
      { _id: { two: 'parts' }, name: 'run: lane', data: { runId: 'x' }, nextRunAt: new Date() },
    ];
    await jobs.insertMany(odd as never);
    await jobs.deleteOne({ name: /^schedule: / });
    const { added } = await syncSchedules(service.core.deps);
    expect(added).toHaveLength(1);
    const { end } = await runToEnd(service.url, {});
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(await jobs.find({ _id: { $not: { $type: 'objectId' } } } as never).toArray()).toEqual(odd);
    const told = service.logged.filter((line) => /^(warn|error)/.test(line)).map((line) => line.slice(0, 22));
    expect(told).toEqual(['warn No authentication']); // nothing of the job store
  });

  it('loses jobs that name no run, and a run is worked off beside them', async () => {
    const due = { nextRunAt: new Date(), priority: 0, type: 'normal' };
    for (const data of [null, 'text', {}, { runId: 5 }, { runId: 'no run' }, { runId: null }])
      for (const name of ['run: lane', 'run: plan']) await jobs.insertOne({ name, data, ...due });
    const { end } = await runToEnd(service.url, {});
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    await until(async () => (await jobs.countDocuments({ name: /^run: / })) === 0);
    expect(errorsOf(service)).toEqual([]);
  });
});
