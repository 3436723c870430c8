import { CONCURRENCY } from './work.mjs';

/** Jobs a statement, where a queue takes more than one. */
const BATCH = 1_000;
/** Jobs that a worker fetches at once, where a queue can. */
const FETCHED = 240;

/**
 * Peers by name. Each is given the work and its users, and settles when every user is done; it is set up, with its tables, before the clock starts, and
 * then enqueues a job a user and works them off with the settings that its own pages recommend for many short jobs.
 */
export const PEERS = {
  'plain loop': () => ({
    async run(work, users) {
      const left = users.values();
      const lane = async () => {
        for (const user of left) await work.advise(user);
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, lane));
    },
    close: () => Promise.resolve(),
  }),

  'graphile-worker': async (url) => {
    const { makeWorkerUtils, run } = await import('graphile-worker');
    const utils = await makeWorkerUtils({ connectionString: url });
    await utils.migrate();
    let runner;
    return {
      async run(work, users) {
        const ended = work.ended(users.length);
        for (const batch of batches(users)) await utils.addJobs(batch.map((user) => ({ identifier: 'advise', payload: { user } })));
        runner = await run({
          connectionString: url,
          noHandleSignals: true,
          taskList: { advise: ({ user }) => work.advise(user) },
          preset: {
            worker: {
              concurrentJobs: CONCURRENCY,
              maxPoolSize: CONCURRENCY + 2,
              localQueue: { size: FETCHED },
              completeJobBatchDelay: 10,
              logger: await silence(),
            },
          },
        });
        await ended;
      },
      async close() {
        await runner.stop();
        await utils.release();
      },
    };
  },

  'pg-boss': async (url) => {
    const { PgBoss } = await import('pg-boss');
    const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
    boss.on('error', () => undefined);
    await boss.start();
    await boss.createQueue('advise');
    return {
      async run(work, users) {
        const ended = work.ended(users.length);
        for (const batch of batches(users)) await boss.insert('advise', batch.map((user) => ({ data: { user } }))); // prettier-ignore
        const options = { batchSize: FETCHED / 4, localConcurrency: 4, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true };
        await boss.work('advise', options, (jobs) => Promise.all(jobs.map(({ data }) => work.advise(data.user))));
        await ended;
      },
      close: () => boss.stop({ graceful: false }),
    };
  },

  Agenda: async (url) => {
    const [{ Agenda }, { PostgresBackend }] = await Promise.all([import('agenda'), import('@agendajs/postgres-backend')]);
    const backend = new PostgresBackend({
      connectionString: url,
      tableName: 'peer_jobs',
      logTableName: 'peer_logs',
      channelName: 'peer_jobs',
    });
    const agenda = new Agenda({
      backend,
      processEvery: 100,
      maxConcurrency: CONCURRENCY,
      defaultConcurrency: CONCURRENCY,
      defaultLockLimit: FETCHED,
      removeOnComplete: true,
    });
    await agenda.ready;
    return {
      async run(work, users) {
        const ended = work.ended(users.length);
        agenda.define('advise', (job) => work.advise(job.attrs.data.user));
        await agenda.start();
        const left = users.values();
        const lane = async () => {
          for (const user of left) await agenda.now('advise', { user });
        };
        await Promise.all(Array.from({ length: CONCURRENCY }, lane));
        await ended;
      },
      close: () => agenda.stop(),
    };
  },
};

async function silence() {
  const { Logger } = await import('graphile-worker');
  return new Logger(() => () => undefined);
}

function* batches(users) {
  for (let at = 0; at < users.length; at += BATCH) yield users.slice(at, at + BATCH);
}
