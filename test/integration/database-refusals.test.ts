import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { migrate } from '../../src/migrations/migrate.js';
import { refuseUnfit } from '../../src/migrations/refuse-unfit.js';
import { runToEnd } from '../support/batch-client.js';
import { cli } from '../support/cli-process.js';
import { asOwner, otherAccount, type OtherAccount } from '../support/other-account.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { startTestService } from '../support/test-service.js';

const TABLES = 'grant usage on schema public to batch; grant select on all tables in schema public to batch; ' +
  'grant insert, update on public.ibsafe_interventionrecord to batch; grant usage on sequence public.ibsafe_interventionrecord_id_seq to batch;'; // prettier-ignore

describe('a database of yours', () => {
  let database: PatientsDatabase;
  let account: OtherAccount;
  const owner = (sql: string): Promise<void> => asOwner(database.url, sql.replaceAll(/\bbatch;/g, `${account.role};`));
  const started = async (): Promise<{ code: number | null; stderr: string }> => cli(['start'], { env: { DATABASE_URL: account.url } });

  beforeEach(async () => {
    database = await createPatients(60);
    account = await otherAccount(database.url);
    await owner(TABLES);
  });
  afterEach(async () => {
    await account[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  it('in which schema batch is, needs no right to create one, for the first migration and for every start after', async () => {
    await owner(`drop schema batch cascade; create schema batch authorization ${account.role}`);
    await migrate(account.url, { ibsafeTables: false });
    await migrate(account.url, { ibsafeTables: false });
    const service = await startTestService({ url: account.url });
    const { end } = await runToEnd(service.url, {});
    await service[Symbol.asyncDispose]();
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(end.generated).toBeGreaterThan(0);
    const { rows } = { rows: await database.rows(`select has_database_privilege('${account.role}', current_database(), 'create') as may`) };
    expect(rows).toEqual([{ may: false }]);
  });

  it.each([
    [
      'where schema batch is missing and may not be made',
      'drop schema batch cascade',
      /may not make schema batch .*create schema batch authorization account_/,
    ],
    [
      'that hides accounts by row-level security',
      'alter table public.auth_user enable row level security',
      /Row-level security .*public\.auth_user.*bypassrls/,
    ],
    [
      'that hides records, though a policy lets all pass today',
      'alter table public.ibsafe_userfoodrecord enable row level security; create policy everybody on public.ibsafe_userfoodrecord using (true)',
      /Row-level security .*public\.ibsafe_userfoodrecord/,
    ],
    [
      'whose sessions keep no keys',
      `do $$ begin execute format('alter role :role in database %I set session_replication_role = replica', current_database()); end $$`,
      /session_replication_role = replica, under which keys and triggers do nothing/,
    ],
    [
      'that gives interventions no ids',
      'alter table public.ibsafe_interventionrecord alter column id drop identity',
      /ibsafe_interventionrecord\.id has no sequence/,
    ],
  ])('%s is refused when the service starts, in a sentence, and left as it was', async (_, sql, sentence) => {
    await owner(sql.replaceAll(':role', account.role));
    const { code, stderr } = await started();
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(sentence) });
    expect(stderr).toContain('Nothing was changed.');
  });

  it.each([
    [{ major: 13, version: '13.9' }, /PostgreSQL 13\.9; the service needs 14/],
    [{ encoding: 'LATIN1' }, /in LATIN1, and UTF8 alone holds every text/],
    [{ isStandby: true }, /a standby, which takes no writes/],
  ])('that no test can bring along here, %j, is refused as well', async (found, sentence) => {
    const fit = {
      major: 15,
      version: '15.1',
      encoding: 'UTF8',
      isStandby: false,
      replicationRole: 'origin',
      hasSchema: true,
      mayCreate: true,
      role: 'batch',
      database: 'app',
      hidden: null,
    };
    const client = (row: object): Client => ({ query: () => Promise.resolve({ rows: [{ ...fit, ...row }] }) }) as unknown as Client;
    await expect(refuseUnfit(client({}))).resolves.toBeUndefined();
    await expect(refuseUnfit(client(found))).rejects.toThrow(sentence);
  });
});
