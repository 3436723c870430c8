import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
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
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ibsafe-batch: 사용 중인 스케줄이 하나도 없습니다[^\n]*\(NO_ACTIVE_SCHEDULE\)\n$/),
  });
  const json = async (lang: string): Promise<unknown> => documents((await command([...run, '--json', '--lang', lang])).stdout);
  expect(await json('ko')).toEqual(await json('en'));
});

it('a language that there is not is refused as a mistake of the command line', async () => {
  expect(await command(['status', '--lang', 'fr'])).toMatchObject({ code: 2, stderr: expect.stringContaining('ko, en') });
});

it('a configuration, a server and a port that cannot be used are told in the language of the environment, and end with the same code', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const env = { LANG: 'ko_KR.UTF-8' };
  const [setting, away, port80, none] = [
    await cli(['status'], { cwd, env: { ...env, PORT: '80000', BATCH_LAESE_MS: '5', AUTH_JWT_SECRET: 'hunter2' } }),
    await cli(['status'], { cwd, env: { ...env, DATABASE_URL: 'postgresql://ibsafe:hunter2@127.0.0.1:1/ibsafe' } }),
    await command(['start'], { ...env, PORT: String(port) }),
    await command(['archive', 'verify', '/no/such/file'], env),
  ];
  taken.close();
  expect(setting.code).toBe(2);
  expect(setting.stderr.split('\n')).toEqual([
    'ibsafe-batch: 설정을 사용할 수 없습니다:',
    '  BATCH_LAESE_MS: 없는 변수입니다(혹시 BATCH_LEASE_MS인가요?). 읽는 변수는 .env.example에 있습니다',
    '  PORT: 필요한 값은 0~65535의 정수, 설정된 값은 "80000"',
    '  AUTH_JWT_SECRET: 필요한 값은 32바이트 이상이고 앞뒤에 따옴표·빈칸·줄바꿈이 없는 비밀 값("openssl rand -base64 48"로 만들 수 있음), 설정된 값은 7자의 글(표시하지 않음)',
    '',
  ]);
  expect(away).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ibsafe-batch: 시스템 오류 ECONNREFUSED\(127\.0\.0\.1:1\): [^a-z]+\n$/),
  });
  expect(port80).toMatchObject({ code: 1, stderr: expect.stringContaining(`127.0.0.1:${port}에서 접속을 받을 수 없습니다(EADDRINUSE)`) });
  expect(none).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^ibsafe-batch: \/no\/such\/file을\(를\) 읽을 수 없습니다\(ENOENT\)/),
  });
  expect([setting, away].map(({ stderr }) => stderr.split('hunter2').length)).toEqual([1, 1]);
});
