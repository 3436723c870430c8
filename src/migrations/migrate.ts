import { Migrator } from '@mikro-orm/migrations';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
import { withClient } from '../database/connect.js';
import { openOrm } from '../database/orm.js';
import { createIbsafeTables, createRecordIndexes } from '../records/ibsafe-tables/create-ibsafe-tables.js';
import { EventLogMigration } from './001-event-log.js';
import { RunsMigration } from './002-runs.js';
import { AgendaJobsMigration } from './003-agenda-jobs.js';
import { SchedulesMigration } from './004-schedules.js';
import { SlotsMigration } from './005-slots.js';
import { ApiKeysMigration } from './006-api-keys.js';
import { RunControlMigration } from './007-run-control.js';
import { BackfillsMigration } from './008-backfills.js';
import { LlmRatesMigration } from './010-llm-rates.js';
import { RunFiguresMigration } from './011-run-figures.js';
import { RunTalliesMigration } from './012-run-tallies.js';
import { RunChangesMigration } from './013-run-changes.js';
import { ModelProblemsMigration } from './018-model-problems.js';
import { LogErasMigration } from './020-log-eras.js';
import { LeasesMigration } from './021-leases.js';
import { WithoutScheduleMigration } from './023-without-schedule.js';
import { LowDaysMigration } from './024-low-days.js';
import { NightsMigration } from './040-nights.js';
import { SlotTimesMigration } from './041-slot-times.js';
import { RunOrdersMigration } from './042-run-orders.js';
import { ScheduleNumbersMigration } from './043-schedule-numbers.js';
import { SessionsMigration } from './044-sessions.js';
import { DemoHistoryMigration } from './045-demo-history.js';
import { AlertsMigration } from './046-alerts.js';

/** Forward migrations in their order. Nothing is ever dropped in the release that stops using it. */
export const MIGRATIONS = [
  EventLogMigration,
  RunsMigration,
  AgendaJobsMigration,
  SchedulesMigration,
  SlotsMigration,
  ApiKeysMigration,
  RunControlMigration,
  BackfillsMigration,
  LlmRatesMigration,
  RunFiguresMigration,
  RunTalliesMigration,
  RunChangesMigration,
  ModelProblemsMigration,
  LogErasMigration,
  LeasesMigration,
  WithoutScheduleMigration,
  LowDaysMigration,
  NightsMigration,
  SlotTimesMigration,
  RunOrdersMigration,
  ScheduleNumbersMigration,
  SessionsMigration,
  DemoHistoryMigration,
  AlertsMigration,
];

// Any constant serves, as long as nothing else in the database uses it: the bytes of "ibsafe" as a number.
const MIGRATION_LOCK = 0x696273616665;

/**
 * Brings schema `batch` up to date. Several processes may call this at once: one migrates, the others wait for it.
 *
 * @param url of the database; the user needs CREATE on it while schema `batch` is not there.
 * @param options.ibsafeTables also creates IBSafe's own tables where they are missing: for the embedded database only.
 * @throws when the server cannot be reached or the user lacks the right to create a schema.
 */
export async function migrate(url: string, options: { ibsafeTables: boolean }): Promise<void> {
  await withClient({ url, name: 'migrate' }, async (client) => {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]); // the end of the connection releases it
    await createSchema(client);
    if (options.ibsafeTables) {
      await createIbsafeTables(client);
      await createRecordIndexes(client);
    }
    await withMigrator(client, url, (orm) => orm.migrator.up());
  });
}

/** `if not exists` would ask for the right to make one first, which nobody needs once it is there. */
async function createSchema(client: Client): Promise<void> {
  const { rows } = await client.query<{ made: boolean }>("select to_regnamespace('batch') is not null as made");
  if (rows[0]?.made !== true) await client.query('create schema batch');
}

/** Names of the migrations that a database still lacks; empty when it is up to date. */
export async function pendingMigrations(url: string): Promise<string[]> {
  return withClient({ url, name: 'migrate' }, (client) =>
    withMigrator(client, url, async (orm) => (await orm.migrator.getPending()).map((migration) => migration.name)),
  );
}

async function withMigrator<T>(client: Client, url: string, work: (orm: MikroORM) => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const orm = await openOrm(
    { url, max: 2, name: 'migrate', onError: () => undefined }, // the caller who waits for an answer gets the error too
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
