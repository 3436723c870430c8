import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import { escapeIdentifier, type Client, type Pool } from 'pg';
import { LOCK_NOT_AVAILABLE, withClient } from '../database/connect.js';
import { openOrm } from '../database/orm.js';
import { createIbsafeTables, createRecordIndexes } from '../records/ibsafe-tables/create-ibsafe-tables.js';
import { MIGRATIONS } from './migrations.js';
import { DatabaseRefused, unusable, type Unusable } from '../database/refused.js';
import { asTyped } from '../base/as-typed.js';
import { codeOf } from '../base/error-code.js';
import { refuseOutgrown } from './program-level.js';
import { schemaOwner } from './schema-owner.js';
import { grantServiceRights, guardOwnersFunctions, lackServiceRights } from './service-rights.js';

// Any constant serves, as long as nothing else in the database uses it: the bytes of "ibsafe" as a number.
const MIGRATION_LOCK = 0x696273616665;
/** As the table of migrations has them; neither a driver nor a configuration is asked before a migration is made. */
const NAMES = MIGRATIONS.map((Each) => new Each(undefined as never, undefined as never).name);

/**
 * Brings schema `batch` up to date. Several processes may call this at once: one migrates, the others wait for it. All that is made belongs to the owner of the schema,
 * whichever of its members makes it; a role that is none of them works on a schema that is up to date.
 *
 * @param url of the database; the user needs CREATE on it while schema `batch` is not there.
 * @param options.ibsafeTables also creates IBSafe's own tables where they are missing: for the embedded database only.
 * @param options.onWait told once, in a sentence, that another process is at it
 * @throws when the server cannot be reached or the user lacks the right to create a schema; DatabaseRefused where migrations are missing that this role may not make
 */
export async function migrate(url: string, options: { ibsafeTables: boolean; onWait?: (sentence: string) => void }): Promise<void> {
  await whileNobodyElseMigrates({ url, onWait: options.onWait }, async (client) => {
    await refuseOutgrown(client);
    await createSchema(client);
    if (options.ibsafeTables) {
      await createIbsafeTables(client);
      await createRecordIndexes(client);
    }
    const role = await actAsOwner(client);
    if (role === undefined) return refuseMissing(client);
    const made = await makeMissing(client, { url, role });
    const guarded = await guardOwnersFunctions(client);
    // Compared too: a process that is killed after it migrated and before it gave the rights leaves none to make up for it.
    if (guarded || made.length > 0 || (await lackServiceRights(client))) await grantServiceRights(client);
  });
}

/** A deadlock, and a lock that did not come in time. */
const OTHERS_FIRST: readonly string[] = ['40P01', LOCK_NOT_AVAILABLE];
const TRIES = 5;

/**
 * All migrations are one transaction, which an older process that works meanwhile may meet crosswise. PostgreSQL ends one of the two; a process makes its write again, and so does this. A change of a table
 * that waits for others has everybody wait who comes after it: it waits no longer than a while, lets them pass, and tries again.
 */
async function againAfterOthers<T>(migrateAll: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await migrateAll();
    } catch (error) {
      if (!OTHERS_FIRST.includes(codeOf(error)) || attempt === TRIES) throw error;
    }
  }
}

/** Notes a role as one of the service that does not own schema `batch`, and gives it the documented rights there. @throws DatabaseRefused where it is not there, or this one may not */
export async function addServiceRole(url: string, name: string): Promise<void> {
  await whileNobodyElseMigrates({ url }, async (client) => {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
    if (rowCount === 0) throw new DatabaseRefused(unusable('NO_ROLE', { name, quoted: escapeIdentifier(name) }));
    if ((await actAsOwner(client)) === undefined)
      throw new DatabaseRefused(unusable('NOT_THE_OWNER', { ask: (await askOwner(client)).said }));
    await client.query('insert into batch.service_role (name) values ($1) on conflict do nothing', [name]);
    await grantServiceRights(client);
  });
}

interface Turn {
  readonly url: string;
  readonly onWait?: ((sentence: string) => void) | undefined;
}

function whileNobodyElseMigrates({ url, onWait }: Turn, work: (client: Client) => Promise<void>): Promise<void> {
  return withClient({ url, name: 'migrate' }, async (client) => {
    await takeTurn(client, onWait); // the end of the connection releases it
    await work(client);
  });
}

/** However long another process migrates, it is waited for, and an operator who looks is told: what it makes is needed here too. */
async function takeTurn(client: Client, onWait: Turn['onWait']): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [MIGRATION_LOCK]);
  if (rows[0]?.mine === true) return;
  onWait?.(unusable('MIGRATED_BY_ANOTHER').text);
  for (let isMine = false; !isMine; ) isMine = await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]).then(() => true, unlessHeld); // prettier-ignore
}

function unlessHeld(error: unknown): false {
  if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
  return false;
}

/** Lets a session act as the owner of the schema, where it may. @returns the owner */
async function actAsOwner(client: Client): Promise<string | undefined> {
  const { owner, isMine, mayAct } = await schemaOwner(client);
  if (!mayAct) return undefined;
  if (!isMine) await client.query(`set role ${escapeIdentifier(owner)}`);
  return owner;
}

async function refuseMissing(client: Client): Promise<void> {
  const { rows } = await client.query<{ known: boolean }>(
    "select coalesce(has_table_privilege(to_regclass('batch.migration'), 'select'), false) as known",
  );
  const missing = rows[0]?.known === true ? (await pendingMigrations(client)).length : MIGRATIONS.length;
  if (missing === 0) return;
  throw new DatabaseRefused(unusable('MIGRATIONS_MISSING', { missing, ask: (await askOwner(client)).said }));
}

async function askOwner(client: Client): Promise<Unusable> {
  const { owner } = await schemaOwner(client);
  return unusable('ASK_OWNER', { owner, migrate: asTyped('migrate') });
}

/** `if not exists` would ask for the right to make one first, which no role needs once it is there. */
async function createSchema(client: Client): Promise<void> {
  const { rows } = await client.query<{ made: boolean }>("select to_regnamespace('batch') is not null as made");
  if (rows[0]?.made !== true) await client.query('create schema batch');
}

/** Names of the migrations that a database still lacks; empty when it is up to date. Changes nothing, where the migrator would make its own table. */
export async function pendingMigrations(database: Pick<Client | Pool, 'query'>): Promise<string[]> {
  const { rows: found } = await database.query<{ made: boolean }>("select to_regclass('batch.migration') is not null as made");
  const { rows } = found[0]?.made === true ? await database.query<{ name: string }>('select name from batch.migration') : { rows: [] };
  const made = new Set(rows.map(({ name }) => name));
  return NAMES.filter((name) => !made.has(name));
}

/** Makes those that are missing; the migrator, which connects twice by itself, is asked where there are any. @returns their names */
async function makeMissing(client: Client, as: { readonly url: string; readonly role: string }): Promise<string[]> {
  const missing = await pendingMigrations(client);
  if (missing.length > 0) await againAfterOthers(() => withMigrator(client, as, (orm) => orm.migrator.up()));
  return missing;
}

async function withMigrator<T>(
  client: Client,
  as: { readonly url: string; readonly role: string },
  work: (orm: MikroORM) => Promise<T>,
): Promise<T> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const orm = openOrm(
    { ...as, max: 2, name: 'migrate', onError: () => undefined }, // the caller who waits for an answer gets the error too
    {
      dbName: rows[0]?.name ?? '',
      entities: [],
      discovery: { warnWhenNoEntities: false },
      extensions: [Migrator],
      migrations: { tableName: 'migration', schema: 'batch', migrationsList: MIGRATIONS, snapshot: false, silent: true },
    },
  );
  try {
    return await work(orm);
  } finally {
    await orm.close(true);
  }
}
