import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, documents, type Ended } from '../support/cli-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let cwd: string;
let database: TestDatabase;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'ibsafe-batch-cli-'));
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(cwd, { recursive: true });
});

const command = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  cli(args, { cwd, env: { DATABASE_URL: database.url, ...env } });

it('a command speaks the language of LANG, or the one that it is told to; a refusal keeps its exit code, and JSON says the same in both', async () => {
  const [english, korean, told] = [
    await command(['schedule', 'list']),
    await command(['schedule', 'list'], { LANG: 'ko_KR.UTF-8' }),
    await command(['schedule', 'list', '--lang', 'en'], { LANG: 'ko_KR.UTF-8' }),
  ];
  expect(english).toMatchObject({ code: 0, stdout: expect.stringContaining('No schedules, so nothing runs by itself') });
  expect(korean).toMatchObject({ code: 0, stdout: expect.stringContaining('스케줄이 없어 자동으로 실행되지 않습니다') });
  expect(told.stdout).toBe(english.stdout);

  const run = ['run', '--date', '2026-03-10'];
  const refused = await command([...run, '--lang', 'ko']);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/사용 중인 스케줄이 없습니다.*NO_ACTIVE_SCHEDULE/) });
  const json = async (lang: string): Promise<unknown> => documents((await command([...run, '--json', '--lang', lang])).stdout);
  expect(await json('ko')).toEqual(await json('en'));
});

it('a language that there is not is refused as a mistake of the command line', async () => {
  expect(await command(['status', '--lang', 'fr'])).toMatchObject({ code: 2, stderr: expect.stringContaining('ko, en') });
});
