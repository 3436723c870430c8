import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { cli } from '../support/cli-process.js';
import { dataOf } from '../support/graphql-client.js';
import { DECOYS, HOSTILE, HOSTILE_PATHS } from '../support/hostile-settings.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService } from '../support/test-service.js';
import { openPool } from '../../src/database/pool.js';

/** What a session of ours answers that has met all of them. */
const MEASURES = `select date '2026-02-01'::text as date, timestamptz '2026-02-01 00:00Z'::text as time, interval '1 day'::text as span, 0.1::float8::text as float,
  '\\x01'::bytea::text as bytes, '{NULL}'::text[] as list, current_setting('search_path') as path, current_setting('statement_timeout') as statement,
  current_setting('transaction_isolation') as isolation, current_setting('transaction_read_only') as "readOnly", current_setting('row_security') as security,
  current_setting('synchronous_commit') as durable, current_setting('lock_timeout') as lock, current_setting('idle_session_timeout', true) as idle,
  coalesce(current_setting('transaction_timeout', true), '0') as transaction`;

describe('settings of role, database and server', () => {
  let database: PatientsDatabase;
  let role: string;
  let name: string;

  beforeAll(async () => {
    database = await createPatients(120);
    const [who] = await database.rows<{ role: string; name: string; major: number }>(
      `select quote_ident(current_user) as role, current_database() as name, current_setting('server_version_num')::int / 10000 as major`,
    );
    ({ role, name } = who as { role: string; name: string });
    for (const statement of DECOYS) await database.rows(statement);
    // Half of them are the role's, half the database's: the role's win where both say something.
    const settings = HOSTILE.filter(([, , since = 0]) => (who?.major ?? 0) >= since);
    for (const [at, [setting, value]] of settings.entries())
      await database.rows(`alter ${at % 2 === 0 ? `role ${role} in database ${name}` : `database ${name}`} set ${setting} = '${value}'`);
  });
  afterAll(async () => database[Symbol.asyncDispose]());

  it('do not reach a session of ours', async () => {
    await database.rows(`alter database ${name} set search_path = decoy, pg_catalog, public`);
    const pool = openPool({ url: database.url, max: 1, name: 'test', statementMs: 9_000, onError: () => undefined });
    const { rows } = await pool.query(MEASURES);
    await pool.end();
    expect(rows).toEqual([
      {
        date: '2026-02-01', time: '2026-02-01 00:00:00+00', span: '1 day', float: '0.1', bytes: '\\x01', list: [null], path: '""', statement: '9s',
        isolation: 'read committed', readOnly: 'off', security: 'off', durable: 'on', lock: '4500ms', idle: '0', transaction: '0',
      },
    ]); // prettier-ignore
  });

  it.each(HOSTILE_PATHS)('leave nobody out and change no advice, with search_path = %s', async (path) => {
    await database.rows(`alter role ${role} in database ${name} set search_path = ${path}`);
    await database.rows('delete from ibsafe_interventionrecord');
    const service = await startTestService(database);
    try {
      const { runId, end } = await runToEnd(service.url, { chunkSize: 20 });
      expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
      expect(end.generated).toBeGreaterThan(60);
      expect(await faultsOf(database, runId)).toEqual([]);
      const advice = `{ interventions(filter: { recordDateFrom: "${RECORD_DATE}" }, first: 1) { nodes { recordDate targetDate createdAt dietTarget } } }`;
      const { interventions } = await dataOf<{ interventions: { nodes: object[] } }>(service.url, advice);
      expect(interventions.nodes).toMatchObject([{ recordDate: RECORD_DATE, dietTarget: { Breakfast: expect.any(Array) } }]);
    } finally {
      await service[Symbol.asyncDispose]();
    }
    expect(await database.rows('select from decoy.ibsafe_interventionrecord')).toEqual([]);
  });

  it.each([
    ['migrate'],
    ['status'],
    ['doctor', '--invariants'],
    ['rebuild', '--verify'],
    ['index', 'check'],
    ['schedule', 'list'],
    ['schedule', 'status'],
    ['events', '--outcomes'],
    ['forecast'],
    ['key', 'list'],
    ['run', '--dry-run', '--wait', '--date', RECORD_DATE],
  ])('do not reach the command %s %s', async (...command) => {
    await database.rows(`alter role ${role} in database ${name} set search_path = decoy, pg_catalog, public`);
    const { code, stderr } = await cli(command, { env: { DATABASE_URL: database.url } });
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
});
