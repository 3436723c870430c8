import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { databasePlace } from '../../src/cli/database/database-place.js';
import { errorSentence } from '../../src/cli/shell/error-sentence.js';
import { openLogger } from '../../src/cli/service/open-logger.js';
import { framesOf } from '../../src/server/http/error-frames.js';
import { cli } from '../support/cli-process.js';
import { createTestDatabase } from '../support/test-database.js';

const CANARY = '김치볶음밥';

describe('what went wrong, told to an operator', () => {
  it('never quotes a value that PostgreSQL quoted', async () => {
    const database = await createTestDatabase();
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      const failed = (sql: string): Promise<unknown> =>
        client.query(sql).then(
          () => undefined,
          (error: unknown) => error,
        );
      const [quoting, plain] = [await failed(`select '${CANARY}'::int`), await failed('select * from no_such_table')];
      expect((quoting as Error).message).toContain(CANARY); // or this test would prove nothing
      expect(errorSentence(quoting)).toBe('PostgreSQL refused a value (code 22P02): please report this with the log');
      expect(errorSentence(plain)).toBe('PostgreSQL: relation "no_such_table" does not exist (code 42P01)');
    } finally {
      await client.end();
      await database.drop();
    }
  });

  it('is never empty: what has no message of its own is told by its parts or its name', () => {
    expect(errorSentence(new AggregateError([new Error('connect ::1'), new Error('connect 127.0.0.1')]))).toBe(
      'connect ::1; connect 127.0.0.1',
    );
    expect(errorSentence(new RangeError(''))).toBe('RangeError');
    expect(errorSentence('a text')).toMatch(/please report/);
  });
});

describe('the log', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ibsafe-batch-log-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('holds no message of the engine’s own errors, which quote what they were given', () => {
    const file = join(dir, 'service.log');
    const text: unknown = CANARY;
    const broken: readonly (() => void)[] = [() => void ('food' in (text as object)), () => void ((text as { food: string }).food = 'a')];
    const logger = openLogger('info', { file });
    for (const error of broken.map(thrownBy)) {
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toContain(CANARY); // or this test would prove nothing
      logger.error({ error }, 'it failed');
    }
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(broken.length);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ error: { name: 'TypeError', stack: expect.stringMatching(/^\s+at /) } });
    expect(lines.join('')).not.toContain(CANARY);
  });

  it('holds names, codes and frames of an error, and not its message; only its owner may read it', () => {
    const file = join(dir, 'service.log');
    const logger = openLogger('info', { file });
    const cause = Object.assign(new Error(`no such food: ${CANARY}`), { code: 'E_FOOD' });
    logger.error({ err: new Error(CANARY, { cause }) }, 'it failed');
    logger.warn({ error: cause }, 'it failed again');
    logger.debug({}, 'details');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain(CANARY);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      msg: 'it failed',
      err: { name: 'Error', cause: { code: 'E_FOOD' } },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('a stack', () => {
  it('is told where an operator asks for details, without the message that was withheld', async () => {
    const database = await createTestDatabase();
    try {
      const url = new URL(database.url);
      url.searchParams.set('options', `-c statement_timeout=${CANARY}`);
      const { code, stdout, stderr } = await cli(['status'], { env: { DATABASE_URL: url.href, LOG_LEVEL: 'debug' } });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^ibsafe-batch: PostgreSQL refused a value \(code 22023\): please report this with the log\n +at /);
      expect(stderr).not.toContain(CANARY);
    } finally {
      await database.drop();
    }
  });

  it('has no line of a message, though it look like a frame', () => {
    const frames = framesOf(new Error(`${CANARY} eaten\n    at ${CANARY} (home:1:1)`));
    expect(frames).toMatch(/^ +at .*cli-errors\.test/);
    expect(frames).not.toContain(CANARY);
    expect(framesOf(Object.assign(new Error('told'), { message: 'told otherwise' }))).toMatch(/^ +at .*cli-errors\.test/);
  });
});

describe('the place of the data', () => {
  it('is named without user and password', () => {
    expect(at('postgresql://ibsafe:hunter2@db.example:6543/ibsafe?sslmode=require')).toBe('PostgreSQL at db.example:6543/ibsafe');
    expect(at('postgresql://ibsafe:hunt%er2@/ibsafe')).toMatch(/^PostgreSQL at [^@]*$/);
    expect(databasePlace({ DATABASE_URL: undefined, DATA_DIR: 'nowhere/.data' })).toBe('embedded PostgreSQL in nowhere/.data');
  });
});

function thrownBy(work: () => void): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

function at(DATABASE_URL: string): string {
  return databasePlace({ DATABASE_URL, DATA_DIR: '.data' });
}
