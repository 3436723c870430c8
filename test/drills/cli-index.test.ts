import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { FOOD_RECORD_INDEX } from '../../src/records/record-indexes/wanted-indexes.js';
import { adminUrl } from '../support/admin-url.js';
import { cliDatabase } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';
import { until } from '../support/until.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

const batch = cliDatabase();
const { name, table } = FOOD_RECORD_INDEX;

interface Checked {
  readonly indexes: readonly {
    readonly table: string;
    readonly status: string;
    readonly servedBy: string | null;
    readonly sql?: string;
    readonly estimate?: { readonly rows: number; readonly bytes: number; readonly history: object };
    readonly gain?: { readonly now: Read; readonly withIndex: Read };
  }[];
}
type Read = { readonly ms: number; readonly firstMs: number; readonly blocks: number };

const check = async (): Promise<Checked['indexes'][number] | undefined> => {
  const { code, stdout } = await batch.run(['index', 'check', '--json']);
  expect(code).toBe(0);
  return (documents(stdout)[0] as unknown as Checked).indexes.find((one) => one.table === table);
};
const isValid = async (): Promise<boolean | undefined> =>
  (await batch.rows<{ valid: boolean }>(`select indisvalid as valid from pg_index where indexrelid = to_regclass('public.${name}')`))[0]
    ?.valid;
/** The session that builds, once it waits for a transaction that was open before. */
const waitingBuilder = async (): Promise<number> => {
  let pid = 0;
  await until(async () => {
    const text = `select pid from pg_stat_progress_create_index where datname = current_database() and phase like 'waiting for writers%'`;
    pid = (await batch.rows<{ pid: number }>(text))[0]?.pid ?? 0;
    return pid !== 0;
  });
  return pid;
};

/** A transaction of the app that writes food records: a build waits for its end. */
async function openWriter(): Promise<{ commit(): Promise<void> } & AsyncDisposable> {
  const client = new Client({ connectionString: await urlAs({}) });
  await client.connect();
  await client.query(BEGIN_HELD);
  await client.query(`update ${table} set amount = amount where id = (select min(id) from ${table})`);
  return { commit: async () => void (await client.query('commit')), [Symbol.asyncDispose]: () => client.end() };
}

/** The test's database, for another session than the fixture's. */
async function urlAs(account: { username?: string; password?: string }): Promise<string> {
  const [{ name: pathname } = { name: '' }] = await batch.rows<{ name: string }>('select current_database() as name');
  return Object.assign(new URL(adminUrl()), { ...account, pathname: `/${pathname}` }).href;
}

describe('index check', () => {
  it('names what serves where nothing is lacking', async () => {
    const { code, stdout } = await batch.run(['index', 'check']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`public.${table}: ${name} serves.`) });
    expect(stdout).toContain('ibsafe_userexerciserecord_user_id_record_date_key serves');
    expect(stdout).not.toContain('Statement');
  });

  it('tells what the lacking index costs, and what a read takes with and without it, and changes nothing', async () => {
    // Years of history of everybody: what the index is for.
    await batch.rows(`insert into ${table} (user_id, food_id, meal_type, amount, record_date, created_at, updated_at)
      select u.id, f.id, 'lunch', 1, date '2024-01-01' + d, now(), now()
      from auth_user u, generate_series(0, 299) d, (select id from ibsafe_food order by id limit 5) f`);
    await batch.rows(`vacuum analyze ${table}`);
    const size = async (): Promise<number> =>
      (await batch.rows<{ bytes: number }>(`select pg_relation_size('${name}')::int as bytes`))[0]?.bytes ?? 0;
    await batch.rows(`reindex index ${name}`);
    const bytes = await size();
    await batch.rows(`drop index ${name}`);
    const before = await batch.count('pg_class');
    const found = await check();
    expect(found).toMatchObject({
      status: 'MISSING',
      servedBy: null,
      sql: `create index concurrently ${name} on public.${table} (user_id, record_date) include (food_id, meal_type, amount);`,
    });
    expect(found?.estimate).toMatchObject({
      rows: await batch.count(table),
      history: { days: 307, from: '2024-01-01', to: '2026-03-10', lateDay: '2026-03-08' },
    });
    expect(Math.abs((found?.estimate?.bytes ?? 0) / bytes - 1)).toBeLessThan(0.1);
    expect(found?.gain?.now.blocks).toBeGreaterThan(3 * (found?.gain?.withIndex.blocks ?? Number.POSITIVE_INFINITY));
    const text = await batch.run(['index', 'check']);
    expect(text.stdout).toMatch(/Read now .*\n +With it .*measured on a copy/);
    expect(text.stdout).toContain('SHARE UPDATE EXCLUSIVE');
    expect(await batch.count('pg_class')).toBe(before);
    // The statement that is shown is one that can be run.
    await batch.rows(found?.sql ?? '');
    expect((await check())?.status).toBe('SERVED');
  });

  it('looks at a database that was never migrated, and leaves it so', async () => {
    await batch.rows('drop schema batch cascade');
    expect((await check())?.status).toBe('SERVED');
    expect(await batch.count(`pg_namespace where nspname = 'batch'`)).toBe(0);
  });
});

describe('index create', () => {
  beforeEach(() => batch.rows(`drop index ${name}`));

  it('does nothing without a yes, and ends with 2 where nobody can be asked', async () => {
    const { code, stdout, stderr } = await batch.run(['index', 'create']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/--yes.*\n +create index concurrently/);
    expect(await isValid()).toBeUndefined();
  });

  it('makes it with --yes, and once', async () => {
    const made = await batch.run(['index', 'create', '--yes', '--json']);
    expect(made).toMatchObject({ code: 0 });
    expect(documents(made.stdout)).toEqual([{ indexes: [expect.objectContaining({ name, created: true, droppedLeftover: false, bytes: expect.any(Number) })] }]); // prettier-ignore
    expect(await isValid()).toBe(true);
    expect(await batch.run(['index', 'create', '--yes'])).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing is lacking') });
  });

  it('drops what an interrupted build left behind, and makes it anew', async () => {
    await using writer = await openWriter();
    const killed = batch.start(['index', 'create', '--yes']);
    const builder = await waitingBuilder();
    killed.child.kill('SIGKILL');
    await killed.ended;
    await batch.rows(`select pg_terminate_backend(${builder}, 10000)`);
    await writer.commit();
    expect(await isValid()).toBe(false);
    expect(await check()).toMatchObject({ status: 'INVALID', servedBy: null });
    const again = await batch.run(['index', 'create', '--yes']);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('Dropped the invalid one') });
    expect(await isValid()).toBe(true);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    await using writer = await openWriter();
    const interrupted = batch.start(['index', 'create', '--yes']);
    await waitingBuilder();
    interrupted.child.kill('SIGINT');
    // The half-made index is dropped when the transaction that it waited for lets it.
    await until(async () => (await batch.count(`pg_stat_progress_create_index where datname = current_database()`)) === 0);
    await writer.commit();
    expect(await interrupted.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing is left') });
    expect(await isValid()).toBeUndefined();
  });

  it('does not touch an index that another session is still building', async () => {
    await using writer = await openWriter();
    const first = batch.start(['index', 'create', '--yes']);
    const builder = await waitingBuilder();
    const second = await batch.run(['index', 'create', '--yes']);
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining(`another session (pid ${builder})`) });
    await writer.commit();
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(await isValid()).toBe(true);
  });

  it('is refused to a role that does not own the table, with the statement for the one that does', async () => {
    const role = `stranger_${randomUUID().replaceAll('-', '')}`;
    await batch.rows(`create role ${role} login password 'secret-of-the-test'`);
    await batch.rows(`grant select on all tables in schema public to ${role}`);
    const DATABASE_URL = await urlAs({ username: role, password: 'secret-of-the-test' });
    try {
      const refused = await batch.start(['index', 'create', '--yes'], { DATABASE_URL }).ended;
      expect(refused).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^ibsafe-batch: only \S+, the owner of .*create index concurrently/),
      });
      const shown = await batch.start(['index', 'check'], { DATABASE_URL }).ended;
      expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/Make it +only the owner of the table, \S+, may/) });
      expect(await isValid()).toBeUndefined();
    } finally {
      await batch.rows(`drop owned by ${role}`);
      await batch.rows(`drop role ${role}`);
    }
  });
});
