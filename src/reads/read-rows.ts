import type { Pool } from 'pg';
import type { PersonRead, ReadGap } from './person-read.js';

/** What is recorded at once. */
export interface ReadBatch {
  readonly reads: readonly PersonRead[];
  readonly gap?: ReadGap | undefined;
}

const INSERT = `with read as (
    insert into batch.person_read (id, at, caller, via, what, fields, users, run_id, run_month)
      select * from jsonb_to_recordset($1::jsonb) as r(id uuid, at timestamptz, caller text, via text, what text, fields text[], users int, run_id uuid, run_month date)
      on conflict do nothing),
  gap as (
    insert into batch.person_read_gap (id, since, until, reads)
      select * from jsonb_to_recordset($4::jsonb) as g(id uuid, since timestamptz, until timestamptz, reads int) on conflict do nothing)
  insert into batch.person_read_user (read_id, user_id) select p.read_id, p.user_id from unnest($2::uuid[], $3::int[], $5::timestamptz[]) p (read_id, user_id, at)
    where not exists (
      select from batch.erased_person e where e.at >= p.at - interval '1 minute' and e.mark = batch.person_mark(e.salt, p.user_id)) on conflict do nothing`;

/**
 * Records reads in one statement. A person who was erased between the read and its record stays out of it; a minute is left for clocks that differ.
 * Sent twice, as where the answer to the first was lost, it records them once. */
export async function insertReads(pool: Pick<Pool, 'query'>, { reads, gap }: ReadBatch): Promise<void> {
  const rows = reads.map(({ id, at, caller, via, what, fields, userIds, run }) => ({
    id, at, caller: storable(caller), via, what, fields, users: run?.users ?? userIds.length, run_id: run?.runId ?? null, run_month: run?.month ?? null,
  })); // prettier-ignore
  const persons = reads.flatMap(({ id, at, userIds }) => userIds.map((userId) => [id, userId, at] as const));
  await pool.query(INSERT, [
    JSON.stringify(rows),
    persons.map(([id]) => id),
    persons.map(([, userId]) => userId),
    JSON.stringify(gap === undefined ? [] : [gap]),
    persons.map(([, , at]) => at),
  ]);
}

/** A caller's name comes from a token, and PostgreSQL keeps neither a NUL nor half a character. */
function storable(caller: string): string {
  return caller.toWellFormed().replaceAll('\0', '');
}
