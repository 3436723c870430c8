import { expect, it } from '@jest/globals';
import { createTestBatch } from '../support/batch-fixture.js';
import { describeOnJobStores } from '../support/job-store-places.js';

const NAME = 'slot';
/** Short: a job that has run leaves a timer of half of it. */
const LIFETIME_MS = 1_000;

describeOnJobStores('a job whose lock grew too old before its turn came', (openPlace) => {
  it('is begun once it is found again, also by a process that may lock one of its name alone', async () => {
    const batch = await createTestBatch({ users: 0 });
    try {
      await using place = await openPlace(batch.url);
      const store = place.open('slow', undefined, 50);
      const begun = new Promise<string>((resolve) => {
        void store.whenOpen(async (agenda) => {
          const look = agenda.db.getNextJobToRun.bind(agenda.db);
          let isFirst = true;
          agenda.db.getNextJobToRun = async (...asked) => {
            const job = await look(...asked);
            if (job === undefined || !isFirst) return job;
            isFirst = false;
            // As the process had it, had it stood still for a minute.
            await agenda.db.unlockJob(job);
            return { ...job, lockedAt: new Date(Date.now() - 2 * LIFETIME_MS) };
          };
          agenda.define(NAME, (job) => resolve(job.attrs.name), { concurrency: 1, lockLimit: 1, lockLifetime: LIFETIME_MS });
          await agenda.now(NAME, {});
        });
      });
      await store.start();
      await expect(begun).resolves.toBe(NAME);
      await store.stop(1_000);
    } finally {
      await batch.close();
    }
  });
});
