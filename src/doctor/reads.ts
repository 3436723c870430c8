import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

interface Look {
  readonly gaps: number;
  readonly lost: number;
  readonly since: string | null;
  readonly until: string | null;
  readonly killed: number;
  readonly last: string | null;
}

const MINUTE = `'YYYY-MM-DD"T"HH24:MI"Z"'`;
const minute = (time: string): string => `to_char(${time} at time zone 'UTC', ${MINUTE})`;
const LOOK = `select count(g.id)::int as gaps, coalesce(sum(g.reads), 0)::int as lost, ${minute('min(g.since)')} as since, ${minute('max(g.until)')} as until, max(w.killed) as killed, max(w.last) as last
  from (select count(*)::int as killed, ${minute('max(seen_at)')} as last from batch.worker
    where stopped_at is null and roles in ('all', 'api') and seen_at < now() - interval '1 minute' and seen_at > now() - interval '30 days') w
  left join batch.person_read_gap g on g.until > now() - interval '30 days'`;

/** Whether who read what is recorded without a gap. */
export async function judgeReads(pool: Pool): Promise<CheckResult> {
  const { gaps, lost, since, until, killed, last } = (await pool.query<Look>(LOOK)).rows[0] as Look;
  const told = gaps === 0 ? tell('READS_RECORDED') : tell('READS_MISSING', { reads: lost, since: since ?? '', until: until ?? '' });
  const found = killed === 0 ? told : tell('READS_AND_ENDS', { reads: told, processes: killed, last: last ?? '' });
  return gaps === 0 ? ok(found) : warning(found, tell('LOOK_FOR_READS', { command: asTyped('audit gaps') }));
}
