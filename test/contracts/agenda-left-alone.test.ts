import { expect, it } from '@jest/globals';
import type { JobParameters } from 'agenda';
import { openPool } from '../../src/database/pool.js';
import type { OpenedAgenda } from '../../src/jobs/leave-agenda.js';
import { type AgendaOptions, openMongoAgenda, openPostgresAgenda } from '../../src/jobs/open-agenda.js';
import { createTestBatch } from '../support/batch-fixture.js';
import { describeOnJobStores, type JobStorePlace } from '../support/job-store-places.js';

const LOCKED = { _id: '0123456789abcdef01234567', name: 'slot' } as unknown as JobParameters;

async function openAgenda({ urls }: JobStorePlace, options: AgendaOptions): Promise<OpenedAgenda> {
  if (urls.mongoUrl !== undefined) return openMongoAgenda(urls.mongoUrl, options);
  const pool = openPool({ url: urls.jobsUrl ?? '', max: 2, name: 'jobs', searchPath: 'batch', onError: options.onError });
  const { agenda, close } = await openPostgresAgenda(pool, options);
  return { agenda, close: () => close().then(() => pool.end()) };
}

describeOnJobStores('a lock that Agenda gives back without waiting for it', (openPlace) => {
  it('is told of like its other errors where the store is away, and ends no process as a rejection', async () => {
    const batch = await createTestBatch({ users: 0 });
    try {
      await using place = await openPlace(batch.url);
      const told: Error[] = [];
      const { agenda, close } = await openAgenda(place, { name: 'left', onError: (error) => void told.push(error) });
      await place.cut();
      const before = told.length;
      await expect(agenda.db.unlockJob(LOCKED)).resolves.toBeUndefined();
      expect(told.length).toBeGreaterThan(before);
      await place.mend();
      await close();
    } finally {
      await batch.close();
    }
  });
});
