import type pg from 'pg';
import { closePool, openPool } from '../../src/database/pool.js';
import { endsWithin } from '../../src/base/ends-within.js';
import { localDate } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { demoFoodsOf } from '../../src/demo/demo-foods.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { createFilledDatabase, type TestDatabase } from './test-database.js';

/** The last day that the patients have records of: a day that is past wherever the tests run. */
export const RECORD_DATE = localDate('2026-03-01');

/** ms that the pool has to close: the database is dropped under what is left of it. */
const FAREWELL_MS = 1_000;

/** A database of a test's own with demo patients on it, as every run of theirs meets it. */
export interface PatientsDatabase extends AsyncDisposable {
  readonly url: string;
  /** For the test's own questions, and for what it does to IBSafe's tables. */
  readonly pool: pg.Pool;
  /** Rows of a statement. */
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** The first column of each row. */
  column<T>(text: string, values?: readonly unknown[]): Promise<T[]>;
}

/** Patients by seed 1, the same in every database; their last day is `RECORD_DATE`. Drop the database with `await using` or `[Symbol.asyncDispose]`. */
export async function createPatients(users = 300): Promise<PatientsDatabase> {
  return openPatients(await createFilledDatabase(`patients_${users}`, (url) => loadPatients(url, users)));
}

/** Puts the patients of `createPatients` into a migrated database that is there; what is returned drops it. */
export async function fillWithPatients(database: TestDatabase, users: number): Promise<PatientsDatabase> {
  await loadPatients(database.url, users);
  return openPatients(database);
}

async function loadPatients(url: string, users: number): Promise<void> {
  await loadDemo(url, { users, days: 7, seed: 1, until: RECORD_DATE, foods: demoFoodsOf(loadCatalogue()) });
}

/** A database that has the patients already; what is returned drops it. */
export function openPatients(database: TestDatabase): PatientsDatabase {
  // Questions of tests need not say where IBSafe's tables are; the service's own sessions know no search path.
  const pool = openPool({ url: database.url, max: 6, name: 'test', searchPath: 'public', onError: () => undefined });
  const rows = async <T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await pool.query<T>(text, [...values])).rows;
  return {
    url: database.url,
    pool,
    rows,
    async column<T>(text: string, values: readonly unknown[] = []) {
      const { rows: found } = await pool.query<[T]>({ text, values: [...values], rowMode: 'array' });
      return found.map(([first]) => first);
    },
    async [Symbol.asyncDispose]() {
      await endsWithin(FAREWELL_MS, closePool(pool, 0)); // a test that failed may have left a lock, and a client that it never gave back
      await database.drop();
    },
  };
}
