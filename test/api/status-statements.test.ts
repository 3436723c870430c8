import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';

const CALLERS = 100;
/** A busy machine may take some seconds for them all, and asks again in each. */
const SECONDS = 10;

const resources = new Resources();
let api: TestService;

beforeAll(async () => {
  const database = await createTestDatabase();
  resources.use({ [Symbol.asyncDispose]: () => database.drop() });
  api = resources.use(await startTestService(database, { role: 'api' }));
});

afterAll(() => resources.end());

const get = async (path: string): Promise<string> => (await fetch(`${api.url}${path}`)).text();

it.each(['/readyz', '/metrics'])(
  '%s asks the database once for all who come at once or soon after each other, of whatever callers',
  async (path) => {
    await get(path);
    const byAll = await statementsOf(async () => {
      await Promise.all(Array.from({ length: CALLERS / 2 }, () => get(path)));
      for (let caller = 0; caller < CALLERS / 2; caller += 1) await get(path);
    });
    const bySome = new Map<string, number>();
    for (const statement of byAll) bySome.set(statement, (bySome.get(statement) ?? 0) + 1);
    expect(Math.max(0, ...bySome.values())).toBeLessThanOrEqual(SECONDS);
  },
);
