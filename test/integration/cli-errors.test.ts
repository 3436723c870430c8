import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { databasePlace } from '../../src/cli/database-place.js';
import { errorSentence } from '../../src/cli/error-sentence.js';
import { openLogger } from '../../src/cli/open-logger.js';
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

describe('the place of the data', () => {
  it('is named without user and password', () => {
    expect(at('postgresql://ibsafe:hunter2@db.example:6543/ibsafe?sslmode=require')).toBe('PostgreSQL at db.example:6543/ibsafe');
    expect(at('postgresql://ibsafe:hunt%er2@/ibsafe')).not.toContain('hunt');
    expect(databasePlace({ DATABASE_URL: undefined, DATA_DIR: '.data' })).toBe('embedded PostgreSQL in .data');
  });
});

function at(DATABASE_URL: string): string {
  return databasePlace({ DATABASE_URL, DATA_DIR: '.data' });
}
