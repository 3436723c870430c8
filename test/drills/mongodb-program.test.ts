import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cliDatabase } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';
import { findMongo, startMongod, type TestMongod } from '../support/mongodb.js';

const MONGO = await findMongo();
if (MONGO.from === 'nowhere') console.log(`skipped, no command over MongoDB: ${MONGO.reason}`);

(MONGO.from === 'nowhere' ? describe.skip : describe)('The program as it is built, with jobs in MongoDB', () => {
  const batch = cliDatabase();
  let mongod: TestMongod;
  beforeAll(async () => {
    if (MONGO.from !== 'nowhere') mongod = await startMongod(MONGO);
  });
  afterAll(async () => {
    await mongod?.[Symbol.asyncDispose]();
  });

  it('takes the address, keeps the jobs of its schedules there and looks at them', async () => {
    const database = new URL(mongod.url);
    database.pathname = '/built-program';
    const MONGODB_URL = database.href;
    const run = async (...args: string[]): Promise<unknown> => {
      const { code, stdout, stderr } = await batch.start(args, { MONGODB_URL }).ended;
      return { code, told: documents(stdout), stderr };
    };
    expect(await run('schedule', 'init', '--json')).toMatchObject({ code: 0 });
    expect(await run('schedule', 'sync', '--json')).toMatchObject({ code: 0, told: [{ added: [expect.any(String)], removed: [] }] });
    expect(await run('schedule', 'sync', '--json')).toMatchObject({ code: 0, told: [{ added: [], removed: [] }] });
    const examined = await run('doctor', '--json');
    expect(examined).toMatchObject({
      told: [
        {
          findings: expect.arrayContaining([
            expect.objectContaining({
              check: 'job store',
              status: expect.stringMatching(/^(ok|warning)$/),
              found: expect.stringContaining('MongoDB'),
            }),
          ]),
        },
      ],
    });
  });
});
