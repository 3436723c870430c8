import { expect, it } from '@jest/globals';
import { describeOnMongo } from '../support/job-store-places.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

interface Ready {
  ready: boolean;
  checks: { jobStore: { ok: boolean; answering: boolean; problem?: string } };
}

// On PostgreSQL the jobs are in the database that the service stands on, which cannot be down alone.
describeOnMongo('a service whose MongoDB is down when it starts', (openPlace) => {
  it('starts, says that the job store does not answer, and connects when it does', async () => {
    const database = await createTestDatabase();
    try {
      await using place = await openPlace(database.url, true);
      await using service = await startTestService(database, { environment: { MONGODB_URL: place.urls.mongoUrl ?? '' } });
      const readiness = async (): Promise<Ready> => (await (await fetch(`${service.url}/readyz`)).json()) as Ready;
      expect(await readiness()).toMatchObject({ ready: true, checks: { jobStore: { answering: false, problem: expect.any(String) } } });
      await place.mend();
      await until(async () => (await readiness()).checks.jobStore.answering);
      await until(async () => (await place.jobs()).length === 1);
    } finally {
      await database.drop();
    }
  });
});
