import { openPool } from '../../../src/database/pool.js';
import { checkSlots } from '../../../src/doctor/slots-invariant.js';
import { createEmptyDatabase } from '../../support/empty-database.js';
import { Resources } from '../../support/resources.js';
import { startServiceProcess } from '../../support/service-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';

const COUNTS = `select (select count(*)::int from batch.schedule_view where status <> 'DELETED') as schedules,
  (select count(*)::int from batch.event where type = 'ScheduleCreated') as created,
  (select count(*)::int from batch.agenda_jobs where type = 'single') as jobs`;

/** 19: whoever comes first makes the tables, the first schedule and its job, and everybody else finds them. */
export const STARTED_TOGETHER: Fault = {
  id: '19',
  what: 'N schedulers start together on an empty database',
  promise: 'invariant 5; no crash; one schedule, one job',
  open: () =>
    Promise.resolve(
      sceneOf({ end: () => Promise.resolve() }, async (draws) => {
        const resources = new Resources();
        try {
          const database = await createEmptyDatabase();
          resources.use({ [Symbol.asyncDispose]: () => database.drop() });
          const size = draws.between(2, 4);
          const since = performance.now();
          const starting = Array.from({ length: size }, () =>
            startServiceProcess(database, 'scheduler', { TEST_MIGRATE: '1', BATCH_SYNC_MS: '1000' }),
          );
          const started = await Promise.allSettled(starting);
          for (const each of started) if (each.status === 'fulfilled') resources.use(each.value);
          const broken = started.flatMap((each) =>
            each.status === 'rejected' ? [`one did not start: ${String(each.reason).slice(0, 300)}`] : [],
          );
          const pool = openPool({ url: database.url, max: 2, name: 'test', onError: () => undefined });
          resources.use({ [Symbol.asyncDispose]: () => pool.end() });
          const count = async (): Promise<Record<string, number>> => (await pool.query<Record<string, number>>(COUNTS)).rows[0] ?? {};
          await patiently(async () => ((await count())['jobs'] ?? 0) > 0);
          const { schedules = 0, created = 0, jobs = 0 } = await count();
          const slots = (await checkSlots(pool)).map(({ slot, fault }) => `${slot} ${fault}`);
          const lost = Number(schedules < 1) + Number(jobs < 1);
          const doubled = Math.max(0, schedules - 1) + Math.max(0, created - 1) + Math.max(0, jobs - 1);
          return { bites: size, lost, doubled, broken: [...broken, ...slots], recoveryMs: Math.round(performance.now() - since) };
        } finally {
          await resources.end();
        }
      }),
    ),
};
