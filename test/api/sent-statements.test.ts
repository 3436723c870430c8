import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const RUNS = '{ runs(first: 5) { nodes { id } } }';
const WITH_PROGRESS = '{ runs(first: 5) { nodes { id progress { percent } } } }';

const resources = new Resources();
let database: PatientsDatabase;
/** Works, beats and rings beside: none of that is anybody's request. */
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(10));
  service = resources.use(await startTestService(database));
  await dataOf(service.url, RUNS); // the first connection looks once whether the database is there
});
afterAll(() => resources.end());

/** Ask without an end, until they are given up. */
function crowd(): AsyncDisposable & { readonly asked: number } {
  const over = new AbortController();
  let asked = 0;
  const askers = Array.from({ length: 8 }, async () => {
    while (!over.signal.aborted) {
      await dataOf(service.url, WITH_PROGRESS);
      asked += 1;
    }
  });
  return {
    get asked() {
      return asked;
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await Promise.all(askers);
    },
  };
}

describe('the count of what a request asked of the database', () => {
  it('is the same alone and while others ask, wait for connections and the service works', async () => {
    const alone = await statementsOf(() => dataOf(service.url, RUNS));
    expect(alone).toHaveLength(1);
    await using others = crowd();
    for (let time = 0; time < 20; time += 1) expect(await statementsOf(() => dataOf(service.url, RUNS))).toEqual(alone);
    expect(others.asked).toBeGreaterThan(0);
  });

  it('has what each of several requests asked, and nothing of the test’s own', async () => {
    const sent = await statementsOf(async () => {
      await Promise.all([dataOf(service.url, RUNS), database.rows('select 1 as own'), dataOf(service.url, RUNS)]);
    });
    expect(sent).toHaveLength(2);
    expect(sent.filter((text) => text.includes('own'))).toEqual([]);
  });

  it('has nothing where nobody asked, however long the service beats and sweeps', async () => {
    const beats = async (): Promise<number> => (await database.column<number>('select count(*)::int from batch.worker where seen_at > $1', [since]))[0] ?? 0; // prettier-ignore
    const [since] = await database.column<Date>('select clock_timestamp()');
    expect(await statementsOf(() => until(async () => (await beats()) > 0))).toEqual([]);
  });
});
