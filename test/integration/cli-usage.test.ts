import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { cli } from '../support/cli-process.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'ibsafe-batch-cli-'));
});

afterEach(() => rmSync(cwd, { recursive: true }));

describe('a command line that cannot be used', () => {
  it.each([
    ['an unknown command', ['strat'], /unknown command 'strat'/],
    ['an unknown option', ['run', '--forever'], /unknown option '--forever'/],
    ['a day that is in no calendar', ['run', '--date', '2026-02-30'], /YYYY-MM-DD/],
    ['a day of advice that is in no calendar', ['run', '--target-date', '2026-02-30'], /YYYY-MM-DD/],
    ['a time of a day that is in no calendar', ['audit', 'reads', '--from', '2026-02-30T09:00Z'], /a day or a time|such as/],
    ['two ways to name a day', ['forecast', '--date', '2026-02-01', '--target-date', '2026-02-02'], /cannot be used with option '--date/],
    ['two days', ['run', '--date', '2026-02-01', '--date', '2026-02-02', '--dry-run'], /'--date <date>' is given twice, with two values/],
    [
      'two reasons',
      ['cancel', '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10', '--reason', 'one', '--reason=two'],
      /'--reason <text>' is given twice/,
    ],
    ['two lists that do not add up', ['retry', '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10', '--only', 'failed', '--only', 'skipped'], /is given twice/], // prettier-ignore
    ['two roles of a process', ['start', '--role', 'worker', '--role', 'api'], /'--role <role>' is given twice/],
    ['a name of nobody', ['run', '--username'], /argument missing/],
    ['a user id that is no number', ['run', '--user', '7', 'seven'], /whole number/],
    ['a chunk of nobody', ['run', '--chunk-size', '0'], /from 1 to 10000/],
    ['another way with what exists', ['run', '--on-existing', 'delete'], /skip, regenerate/],
    ['a run id that is none', ['watch', 'last'], /UUID/],
    ['an unknown role', ['start', '--role', 'chef'], /worker/],
    ['too many patients', ['demo', 'load', '--users', '1000001'], /from 1 to 1000000/],
  ])('ends with 2 for %s, and says what was expected', async (_, args, expected) => {
    const { code, stdout, stderr } = await cli(args, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('is none when help or the version is asked for', async () => {
    const [help, version] = await Promise.all([cli(['run', '--help'], { cwd }), cli(['--version'], { cwd })]);
    expect([help.code, version.code]).toEqual([0, 0]);
    expect(help.stdout).toContain('--on-existing');
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('a configuration that cannot be used', () => {
  it('ends every command with 2, naming each variable and never a secret', async () => {
    const env = { PORT: '80000', DATABASE_URL: 'mysql://root:hunter2@db/ibsafe', BATCH_LAESE_MS: '5' };
    const { code, stdout, stderr } = await cli(['status', '--json'], { cwd, env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const name of Object.keys(env)) expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/hunter2|mysql/);
  });

  it('is found in a .env of the working folder too, over which the real environment wins', async () => {
    writeFileSync(join(cwd, '.env'), 'ADVICE_LANGUAGE=fr\n');
    const fromFile = await cli(['status'], { cwd });
    expect(fromFile.code).toBe(2);
    expect(fromFile.stderr).toContain('ADVICE_LANGUAGE: expected one of ko, en, found "fr"');
    expect((await cli(['schema'], { cwd, env: { ADVICE_LANGUAGE: 'en' } })).code).toBe(0);
  });
});

describe('a production service that lets everybody in', () => {
  it('is refused with 2, and before anything is made', async () => {
    const { code, stderr } = await cli(['start'], { cwd, env: { NODE_ENV: 'production', DATA_DIR: join(cwd, 'data') } });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('production needs authentication') });
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });
});

describe('a database that is not there', () => {
  it.each([[['status']], [['watch']], [['events']], [['rebuild']]])('is not made by %j, which only looks', async (args) => {
    const { code, stdout, stderr } = await cli([...args, '--json'], { cwd, env: { DATA_DIR: join(cwd, 'data') } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/there is no database in .*data yet: "node (\S+|'.+') start" makes one/);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  it('is told in one line without the password, and with a stack only where LOG_LEVEL asks for one', async () => {
    const DATABASE_URL = 'postgresql://ibsafe:hunter2@127.0.0.1:1/ibsafe';
    const [plain, debug] = await Promise.all(
      ['info', 'debug'].map((LOG_LEVEL) => cli(['status'], { cwd, env: { DATABASE_URL, LOG_LEVEL } })),
    );
    expect(plain).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^ibsafe-batch: connect ECONNREFUSED 127\.0\.0\.1:1: nothing listens there\..*\n$/),
    });
    expect(debug?.stderr).toMatch(/^\s+at /m);
    expect(debug?.stderr).not.toContain('hunter2');
  });
});

describe('the doctor', () => {
  it('finds no fault where nothing was started yet, and makes nothing', async () => {
    const { code, stdout } = await cli(['doctor'], { cwd, env: { DATA_DIR: join(cwd, 'data') } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/ok +connection: no database in/);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  it('ends with 1 for a database that does not answer, and says what to check', async () => {
    const DATABASE_URL = 'postgresql://ibsafe:hunter2@127.0.0.1:1/ibsafe';
    const { code, stdout, stderr } = await cli(['doctor'], { cwd, env: { DATABASE_URL } });
    expect(code).toBe(1);
    expect(stdout).toMatch(/problem +connection: .*ECONNREFUSED.*\n +→ Check that the server runs/);
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('the schema command', () => {
  it('prints the schema that is served, as text that reads back', async () => {
    const { code, stdout } = await cli(['schema'], { cwd });
    expect(code).toBe(0);
    expect(Object.keys(buildSchema(stdout).getMutationType()?.getFields() ?? {})).toContain('runBatch');
    expect(stdout).toMatch(/[^\n]\n$/);
  });
});
