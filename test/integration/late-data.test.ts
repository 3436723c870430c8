import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { offerLateData } from '../../src/application/patients/offer-late-data.js';
import type { Deps } from '../../src/application/ports.js';
import { addDays, dateInZone } from '../../src/domain/local-date.js';
import { begin, runToEnd } from '../support/batch-client.js';
import { cancelRun, endOf, runOf } from '../support/control-client.js';
import { dataOf } from '../support/graphql-client.js';
import { outcomesOf, type SeenOutcome } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let parentId: string;

/** The morning after the patients' last day, by the database's clock: 06:00 in Seoul. */
const MORNING = new Date(`${RECORD_DATE}T21:00:00Z`);

beforeAll(async () => {
  database = resources.use(await createPatients(80));
  service = resources.use(await startTestService(database));
  parentId = (await runToEnd(service.url)).runId;
});

afterAll(async () => {
  await resources.end();
});

/** The service's use cases with a clock that stands. */
function at(now: Date): Deps {
  const { deps } = service.core;
  return {
    ...deps,
    clock: () => now,
    transaction: (work) => deps.transaction((tx, attempt) => work({ ...tx, now: () => Promise.resolve(now) }, attempt)),
  };
}

/** Users whom the run skipped for a missing food record and for nothing else. */
async function hungry(): Promise<number[]> {
  const outcomes = await outcomesOf(service.url, parentId);
  return outcomes.filter(({ skipReasons }) => skipReasons.join() === 'MISSING_FOOD_RECORD').map(({ userId }) => userId);
}

const eat = (userIds: readonly number[]): Promise<object[]> =>
  database.rows(
    `insert into ibsafe_userfoodrecord (user_id, food_id, meal_type, amount, record_date, created_at, updated_at)
     select u, (select min(id) from ibsafe_food), 'lunch', 100, $2, now(), now() from unnest($1::int[]) u`,
    [userIds, RECORD_DATE],
  );

describe('late data', () => {
  it('is nothing while no record has come', async () => {
    expect(await offerLateData(at(MORNING), 12)).toEqual([]);
  });

  it('has no user of a program that requires nothing: none was skipped for a missing record', async () => {
    const [program] = service.core.deps.programs.values();
    if (program === undefined) throw new Error('there is no program');
    expect(await service.core.deps.outcomes.lateComers({ ...program, requires: [] }, RECORD_DATE, 10)).toBeUndefined();
  });

  it('is offered for the programs that can be looked at, where one cannot', async () => {
    const deps = at(MORNING);
    const looked: string[] = [];
    const lateComers: Deps['outcomes']['lateComers'] = async ({ name }) => {
      looked.push(name);
      if (looked.length === 1) throw new Error('this program cannot be looked at');
      return undefined;
    };
    const broken = { ...deps, outcomes: { ...deps.outcomes, lateComers } };
    await expect(offerLateData(broken, 12)).rejects.toThrow('this program cannot be looked at');
    expect(looked).toEqual([...deps.programs.keys()]);
  });

  it('offers users again once their record has come, in a linked run that two schedulers make once', async () => {
    const [first, second] = (await hungry()) as [number, number];
    await eat([first, second]);
    const made = await Promise.all([offerLateData(at(MORNING), 12), offerLateData(at(MORNING), 12), offerLateData(at(MORNING), 12)]);
    const [runId = '', ...more] = made.flat();
    expect(more).toEqual([]);
    expect(await endOf(service.url, runId)).toBe('COMPLETED');
    expect(await runOf(service.url, runId)).toMatchObject({
      trigger: 'RETRY',
      actor: 'late data',
      parent: { id: parentId },
      recordDate: RECORD_DATE,
    });
    expect((await outcomesOf(service.url, runId)).map(({ userId, outcome }) => [userId, outcome])).toEqual([
      [first, 'GENERATED'],
      [second, 'GENERATED'],
    ]);
    expect((await runOf(service.url, parentId)).retries).toEqual([{ id: runId }]);
    expect(await faultsOf(database, runId)).toEqual([]);
    const timeline = `query ($id: Int!, $day: Date!) { userTimeline(userId: $id, from: $day, to: $day) { days { verdict entries { run { id } } } } }`;
    const { userTimeline } = await dataOf<{ userTimeline: { days: object[] } }>(service.url, timeline, { id: first, day: RECORD_DATE });
    expect(userTimeline.days).toEqual([{ verdict: 'GENERATED', entries: [{ run: { id: runId } }, { run: { id: parentId } }] }]);
  });

  it('offers nobody twice for nothing: not who has advice, failed since, or was cancelled', async () => {
    expect(await offerLateData(at(MORNING), 12)).toEqual([]);
    const [, , third = 0] = await hungry();
    await database.rows('update ibsafe_userexerciserecord set current_steps = -7 where user_id = $1', [third]);
    await eat([third]);
    const [failing = ''] = await offerLateData(at(MORNING), 12);
    expect(await endOf(service.url, failing)).toBe('COMPLETED_WITH_FAILURES');
    await database.rows('update ibsafe_userexerciserecord set current_steps = 7 where user_id = $1 and record_date = $2', [
      third,
      RECORD_DATE,
    ]);
    expect(await offerLateData(at(MORNING), 12)).toEqual([]);
    expect((await runOf(service.url, parentId)).retries).toHaveLength(2);
  });

  it('ends at its hour, looks at the day before only, and does not offer again what an operator cancelled', async () => {
    const [, , , fourth = 0] = await hungry();
    await eat([fourth]);
    expect(await offerLateData(at(MORNING), 6)).toEqual([]);
    expect(await offerLateData(at(new Date(MORNING.getTime() + 86_400_000)), 12)).toEqual([]);
    // Nobody hears of the run, so that it is cancelled before it is planned: then it has an outcome for nobody.
    const silent = { enqueuePlan: () => Promise.resolve(), enqueueLanes: () => Promise.resolve() };
    const [runId = ''] = await offerLateData({ ...at(MORNING), queue: silent }, 7);
    expect(await cancelRun(service.url, runId)).toMatchObject({ run: { status: 'CANCELLED' } });
    expect(await outcomesOf(service.url, runId)).toEqual([]);
    expect(await offerLateData(at(MORNING), 12)).toEqual([]);
  });

  it('waits while a run for the date is active', async () => {
    const [, , , , fifth = 0] = await hungry();
    await eat([fifth]);
    const hold = await holdWorkers(database, 'WRITING');
    const other = await begin(service.url, { onExisting: 'REGENERATE', userIds: await outcomesOf(service.url, parentId).then(generated) });
    await hold.keeps(1);
    expect(await offerLateData(at(MORNING), 12)).toEqual([]);
    await hold.release();
    await endOf(service.url, other);
    const [runId = ''] = await offerLateData(at(MORNING), 12);
    expect(await endOf(service.url, runId)).toBe('COMPLETED');
    expect((await outcomesOf(service.url, runId)).map(({ userId }) => userId)).toEqual([fifth]);
  });

  it('is looked for by the scheduler where it is configured', async () => {
    await using patients = await createPatients(40);
    // The hour must be to come wherever the clock stands: some zone's day is young.
    const zone = zoneAtNight();
    const environment = { BATCH_TIME_ZONE: zone, BATCH_LATE_DATA_UNTIL: '23', BATCH_LATE_DATA_EVERY_MS: '1000' };
    await using node = await startTestService(patients, { environment });
    const day = addDays(dateInZone(new Date(), zone), -1);
    const { runId } = await runToEnd(node.url, { recordDate: day });
    const [userId = 0] = await patients.column<number>(
      `select e.user_id from batch.event e join ibsafe_userprofile using (user_id)
       where e.run_id = $1 and not e.data->'reasons' ?| '{INTERVENTION_EXISTS,NO_PROFILE}' order by 1 limit 1`,
      [runId],
    );
    await patients.rows(
      `insert into ibsafe_userfoodrecord (user_id, food_id, meal_type, amount, record_date, created_at, updated_at)
       values ($1, (select min(id) from ibsafe_food), 'lunch', 100, $2, now(), now())`,
      [userId, day],
    );
    await patients.rows(
      `insert into ibsafe_userexerciserecord (user_id, target_steps, current_steps, record_date, created_at, updated_at) values ($1, 6000, 5000, $2, now(), now())`,
      [userId, day],
    );
    await until(
      async () =>
        (
          await patients.column(`select 1 from batch.event where user_id = $1 and type = 'InterventionGenerated' and run_id <> $2`, [
            userId,
            runId,
          ])
        ).length > 0,
    );
    expect((await runOf(node.url, runId)).retries).toHaveLength(1);
  });
});

function generated(outcomes: readonly SeenOutcome[]): number[] {
  return outcomes.filter(({ outcome }) => outcome === 'GENERATED').map(({ userId }) => userId);
}

/** A zone in which it is between midnight and 22 o'clock now. */
function zoneAtNight(): string {
  return ['Asia/Seoul', 'UTC', 'America/Los_Angeles'].find((zone) => hourIn(zone) < 22) ?? 'UTC';
}

function hourIn(zone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(new Date()));
}
