import type { PatientsDatabase } from './patients-database.js';
import { until } from './until.js';

/** A view that takes an hour for whatever is read of it. */
export interface SlowView extends AsyncDisposable {
  /** Resolves once no statement is busy with it any more. */
  isLeft(): Promise<void>;
  /** Makes it what it was, as its end does. */
  mend(): Promise<void>;
}

/** Makes a view slow without a lock: what takes long by itself is another thing than what waits for another. */
export async function slowView(database: PatientsDatabase, view: string): Promise<SlowView> {
  const [definition = ''] = await database.column<string>(`select rtrim(pg_get_viewdef('${view}'::regclass), ';')`);
  const become = (text: string): Promise<unknown> => database.pool.query(`create or replace view ${view} as ${text}`);
  await become(`select told.* from (select pg_sleep(3600)) slow cross join (${definition}) told`);
  const busy = `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
  const mend = async (): Promise<void> => void (await become(definition));
  return {
    isLeft: () => until(async () => (await database.column(busy)).length === 0),
    mend,
    [Symbol.asyncDispose]: mend,
  };
}
