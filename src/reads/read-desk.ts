import type { Pool } from 'pg';
import { pageOf, type Page, type PageRequest } from '../database/keyset.js';
import type { ReadWay } from '../domain/read-way.js';

/** A read as an admin sees it. */
export interface KeptRead {
  readonly id: string;
  readonly at: Date;
  readonly caller: string;
  readonly via: ReadWay;
  readonly what: string;
  readonly fields: readonly string[];
  /** Persons whose data it showed. */
  readonly users: number;
  /** The first 100 of them by id; empty for everybody of a run. */
  readonly userIds: readonly number[];
  /** The run of which it showed everybody; null for named persons. */
  readonly runId: string | null;
  /** False where the log has let that run go, so that it cannot be said whether the person was among its users. */
  readonly certain: boolean;
}

/** Which reads to list. */
export interface ReadFilter {
  readonly userId?: number | undefined;
  readonly caller?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Reads that were made and not recorded, as a process found them. */
export interface KeptGap {
  readonly since: Date;
  readonly until: Date;
  readonly reads: number;
}

const COLUMNS = `r.id, r.at, r.caller, r.via, r.what, r.fields, r.users, r.run_id as "runId",
  array(select u.user_id from batch.person_read_user u where u.read_id = r.id order by u.user_id limit 100) as "userIds"`;
const NARROWED = `($2::text is null or r.caller = $2) and ($3::timestamptz is null or r.at >= $3) and ($4::timestamptz is null or r.at <= $4) and ($5::uuid is null or r.id < $5)`;

const ANYBODY = `select ${COLUMNS}, true as certain from batch.person_read r where $1::int is null and ${NARROWED} order by r.id desc limit $6`;

// Each export of a run showed all of its users. The log says which they are; where the run was let go, it cannot be said.
const OF_PERSON = `select * from (
  (select ${COLUMNS}, true as certain from batch.person_read_user p join batch.person_read r on r.id = p.read_id
    where p.user_id = $1 and ($5::uuid is null or p.read_id < $5) and ${NARROWED} order by p.read_id desc limit $6)
  union all
  (select ${COLUMNS}, o.certain from batch.person_read r cross join lateral (select case
      when exists (select from batch.event_log e join batch.subject s on s.user_id = $1 and s.subject = e.subject where e.run_month = r.run_month and e.run_id = r.run_id) then true
      when not exists (select from batch.event_log e where e.run_month = r.run_month and e.run_id = r.run_id) then false end as certain) o
    where r.run_id is not null and o.certain is not null and ${NARROWED} order by r.id desc limit $6)) both_kinds
  order by id desc limit $6`;

const GAPS = `select since, until, reads from batch.person_read_gap
  where ($1::timestamptz is null or until >= $1) and ($2::timestamptz is null or since <= $2) order by since desc limit 100`;

/** What admins see of the audit of reads. */
export class ReadDesk {
  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** Reads, newest first: of a person, of a caller, of both, or all. */
  async list({ userId, caller, from, to }: ReadFilter, page: PageRequest): Promise<Page<KeptRead>> {
    const [before = null] = page.after ?? [];
    const values = [userId ?? null, caller ?? null, from ?? null, to ?? null, before, page.first + 1];
    const { rows } = await this.pool.query<KeptRead>(userId === undefined ? ANYBODY : OF_PERSON, values);
    return pageOf(rows, page.first);
  }

  /** Times of which reads are missing, newest first; at most 100. */
  async gaps({ from, to }: Pick<ReadFilter, 'from' | 'to'>): Promise<readonly KeptGap[]> {
    return (await this.pool.query<KeptGap>(GAPS, [from ?? null, to ?? null])).rows;
  }
}
