import { DatabaseError, type ClientBase } from 'pg';
import { withClient } from '../database/connect.js';
import { copyPatients } from './copy-patients.js';
import { admitDemo, requireEmpty } from './demo-guard.js';
import { beside, DemoRefused } from './demo-refused.js';
import { demoMark, writeDemoMark } from './demo-mark.js';
import { demoPlan, type DemoParameters } from './demo-plan.js';
import { DEMO_TABLES } from './demo-tables.js';
import { copyFoods } from './food-tables.js';

/** What to load, and the listener of its progress. */
export interface DemoOptions extends DemoParameters {
  /**
   * Called after each block of patients, and with `done` equal to `total` when all is ready to be committed. An error it throws ends the load
   * and leaves the database as it was.
   */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a database holds after `loadDemo`. */
export interface DemoSummary {
  /** `ALREADY_LOADED`: this very demo was there and nothing was changed. */
  readonly status: 'LOADED' | 'ALREADY_LOADED';
  /** Rows of the demo by table of IBSafe's. */
  readonly rows: Readonly<Record<string, number>>;
}

const TABLES = ['ibsafe_foodcategory', 'ibsafe_food', ...DEMO_TABLES.map(({ name }) => name)];
const TABLE_LIST = TABLES.map((name) => `public.${name}`).join(', ');

/** PostgreSQL's code for a TRUNCATE that a foreign key from elsewhere forbids (feature_not_supported). */
const REFERRED_TO = '0A000';

// Any constant serves, as long as nothing else in the database uses it: the bytes of "demo" as a number.
const DEMO_LOCK = 0x64656d6f;

/**
 * Fills IBSafe's empty tables with invented patients. Equal parameters make equal rows, ids and times included, in any database.
 *
 * One transaction, whatever the size: an interrupted load leaves nothing, and a finished one leaves its mark (`readDemoMark`). While it is open
 * the tables are locked and followers of the event log wait, so load before the first run, or with the service at rest. Of two loads at once
 * the second waits and then finds the first one's patients.
 *
 * Throws a RangeError for a parameter out of range, `DemoRefused` where the demo would mix with something else or with another demo, and
 * PostgreSQL's error when the connection is lost or the role does not own the tables.
 */
export function loadDemo(databaseUrl: string, options: DemoOptions): Promise<DemoSummary> {
  return withClient({ url: databaseUrl, name: 'demo load', lockMs: OTHER_LOAD_MS }, async (client) => {
    try {
      await client.query('begin');
      const summary = await loadInTransaction(client, options);
      await client.query('commit');
      return summary;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  });
}

async function loadInTransaction(client: ClientBase, options: DemoOptions): Promise<DemoSummary> {
  const plan = demoPlan(options);
  await client.query('set local idle_in_transaction_session_timeout = 0');
  await client.query('select pg_advisory_xact_lock($1)', [DEMO_LOCK]);
  const loaded = await admitDemo(client, demoMark(options, {}), TABLES);
  if (loaded !== null) return { status: 'ALREADY_LOADED', rows: loaded.rows };

  await claimTables(client);
  const restoreKeys = await pauseKeys(client, TABLES);
  const foodRows = await copyFoods(client, options.foods);
  const patientRows = await copyPatients(client, plan, { users: options.users, onProgress: options.onProgress });
  await client.query("set local maintenance_work_mem = '256MB'");
  await restoreKeys();
  const rows = { ...foodRows, ...patientRows };
  await settleTables(client);
  await writeDemoMark(client, demoMark(options, rows));
  options.onProgress?.(options.users, options.users);
  return { status: 'LOADED', rows };
}

/** ms for which another load is waited for, and for other sessions at the tables. */
const OTHER_LOAD_MS = 600_000;

/** Locks the tables, sees that they are empty, and truncates them all the same: only then may COPY store rows frozen. */
async function claimTables(client: ClientBase): Promise<void> {
  await client.query(`lock table ${TABLE_LIST} in access exclusive mode`);
  await requireEmpty(client, TABLES);
  try {
    await client.query(`truncate ${TABLE_LIST}`);
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.code !== REFERRED_TO) throw cause;
    // The tables are empty, yet a table that the demo does not know has a foreign key to one of them: this is an app's database.
    throw new DemoRefused('NOT_EMPTY', beside('TABLES_REFERRED_TO'), { cause });
  }
}

/** Lets the next insert of the app take an id that no row of the demo has, and tells the planner what is there. */
async function settleTables(client: ClientBase): Promise<void> {
  for (const name of TABLES) {
    await client.query(
      `select setval(pg_get_serial_sequence('public.${name}', 'id'), coalesce(max(id), 1), max(id) is not null) from public.${name}`,
    );
    await client.query(`analyze public.${name}`);
  }
}

interface Definition {
  readonly drop: string;
  readonly create: string;
}

/**
 * Takes foreign keys, unique keys and indexes (all but primary keys, on which the foreign keys rest) off tables of schema `public`, and returns the function that puts the
 * same ones back. Both belong in one transaction, so that no reader ever sees the tables without them.
 *
 * Measured with 20,000 users of 7 days: 10.1 s with all keys in place, 5.0 s without the foreign keys, 3.7 s without the indexes too. Deferred
 * foreign keys would also queue one check per row in the server's memory until the end, which a million users would fill.
 */
async function pauseKeys(client: ClientBase, tables: readonly string[]): Promise<() => Promise<void>> {
  const definitions = [...(await constraints(client, tables)), ...(await plainIndexes(client, tables))];
  for (const { drop } of definitions) await client.query(drop);
  return async () => {
    for (const { create } of definitions) await client.query(create);
  };
}

async function constraints(client: ClientBase, tables: readonly string[]): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as create
       from pg_constraint
      where conrelid = any (select ('public.' || name)::regclass from unnest($1::text[]) as name) and contype in ('f', 'u')
      order by contype, conrelid, conname`,
    [tables],
  );
  return rows;
}

async function plainIndexes(client: ClientBase, tables: readonly string[]): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(
    `select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as create
       from pg_index
      where indrelid = any (select ('public.' || name)::regclass from unnest($1::text[]) as name)
        and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
      order by indexrelid`,
    [tables],
  );
  return rows;
}
