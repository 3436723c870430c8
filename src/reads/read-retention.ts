import type pg from 'pg';
import { inTransaction } from '../database/in-transaction.js';

/** Reads that are let go in one transaction, with their persons. */
const BATCH = 1_000;

// The lock is no row's, as that of the alerts: a look that finds nothing gets no transaction id.
const TURN = "select pg_try_advisory_xact_lock(hashtext('batch reads')) as mine";
const LET_GO = `with old as (select id from batch.person_read where at < now() - $1 * interval '1 day' order by at limit ${BATCH})
  delete from batch.person_read r using old where r.id = old.id`;
const LET_GAPS_GO = "delete from batch.person_read_gap where until < now() - $1 * interval '1 day'";

/** Lets reads go that are older than so many days, a thousand at a time. One process does it: to another it says that nothing was done. @returns how many */
export async function letGoOfReads(pool: Pick<pg.Pool, 'connect'>, keepDays: number): Promise<number> {
  let gone = 0;
  for (;;) {
    const batch = await letGoOnce(pool, keepDays);
    gone += batch;
    if (batch < BATCH) return gone;
  }
}

function letGoOnce(pool: Pick<pg.Pool, 'connect'>, keepDays: number): Promise<number> {
  return inTransaction(pool, '', async (client) => {
    const { rows } = await client.query<{ mine: boolean }>(TURN);
    const mine = rows[0]?.mine === true;
    const { rowCount } = mine ? await client.query(LET_GO, [keepDays]) : { rowCount: 0 };
    if (mine && rowCount === 0) await client.query(LET_GAPS_GO, [keepDays]);
    return rowCount ?? 0;
  });
}

/** Lets go of the marks of persons that were erased more than two days ago: no read of before waits so long. @returns how many marks there were */
export async function letGoOfErased(pool: Pick<pg.Pool, 'query'>): Promise<number> {
  return (await pool.query("delete from batch.erased_person where at < clock_timestamp() - interval '2 days'")).rowCount ?? 0;
}
