import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Cursor } from '../../application/ports.js';
import type { ProgramName } from '../../domain/program.js';
import type { RunStatus } from '../../domain/run/run.js';
import type { Trigger } from '../../domain/run/run-events.js';
import { RunView, type RunViewRow } from '../entities.js';
import { pageOf, type Page, type PageRequest } from '../../database/keyset.js';

/** Which runs a list shows; what is absent does not narrow it. Dates are `YYYY-MM-DD`, both ends included. */
export interface RunFilter {
  readonly statuses?: readonly RunStatus[];
  readonly triggers?: readonly Trigger[];
  readonly recordDateFrom?: string;
  readonly recordDateTo?: string;
  readonly scheduleId?: string;
  readonly dryRun?: boolean;
  readonly shadow?: boolean;
  readonly programs?: readonly ProgramName[];
  readonly actors?: readonly string[];
  /** Of the request, both included. */
  readonly requestedFrom?: Date;
  readonly requestedTo?: Date;
}

/** What a list of runs is ordered by, newest first. */
export type RunOrder = 'REQUESTED_AT' | 'RECORD_DATE';

/** Most runs of some dates that are given at once. */
export const MAX_OF_DATES = 1_000;

/** Reads of the run view. */
export class RunQueries {
  constructor(private readonly em: EntityManager) {}

  /** Runs by id, for a loader: one statement, any order. */
  byIds(runIds: readonly string[]): Promise<RunViewRow[]> {
    return this.em.find(RunView, { runId: { $in: [...runIds] } });
  }

  /** The users that runs were asked for, null for all users; in one statement, any order. */
  async userIds(runIds: readonly string[]): Promise<{ runId: string; userIds: number[] | null }[]> {
    const { rows } = await sql<{ runId: string; userIds: number[] | null }>`
      select run_id as "runId", user_ids as "userIds" from batch.run_view where run_id = any(${runIds}::uuid[])`.execute(
      this.em.getKysely(),
    );
    return rows;
  }

  /** How many users runs were asked for, null for all users; in one statement, any order. */
  async chosen(runIds: readonly string[]): Promise<{ runId: string; users: number | null }[]> {
    const { rows } = await sql<{ runId: string; users: number | null }>`
      select run_id as "runId", cardinality(user_ids) as users from batch.run_view where run_id = any(${runIds}::uuid[])`.execute(
      this.em.getKysely(),
    );
    return rows;
  }

  /** Which of these runs were asked for other users only. */
  async notFor(userId: number, runIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (runIds.length === 0) return new Set();
    const { rows } = await sql<{ runId: string }>`
      select run_id as "runId" from batch.run_view where run_id = any(${runIds}::uuid[]) and ${userId} <> all(user_ids)`.execute(
      this.em.getKysely(),
    );
    return new Set(rows.map(({ runId }) => runId));
  }

  /** A page of runs, newest first. The key is (ISO time or date, run id). */
  async list(filter: RunFilter, order: RunOrder, page: PageRequest): Promise<Page<RunViewRow>> {
    const column = order === 'RECORD_DATE' ? 'recordDate' : 'requestedAt';
    const where = [conditionsOf(filter), afterKey(column, page.after)] as FilterQuery<RunViewRow>[];
    const orderBy = [{ [column]: 'desc' as const }, { runId: 'desc' as const }];
    const rows = await this.em.find(RunView, { $and: where }, { orderBy, limit: page.first + 1 });
    return pageOf(rows, page.first);
  }

  /** How many runs a filter finds. */
  count(filter: RunFilter): Promise<number> {
    return this.em.count(RunView, conditionsOf(filter));
  }

  /**
   * Runs of a program for record dates from `from` to `to`, newest date first, then newest request. Of more than `MAX_OF_DATES` none is given, only
   * how many there are: those that were left out would read as days without a run.
   */
  async ofDates(from: string, to: string, program: ProgramName): Promise<readonly RunViewRow[] | { readonly tooMany: number }> {
    const where = { recordDate: { $gte: from, $lte: to }, program };
    const orderBy = [{ recordDate: 'desc' as const }, { requestedAt: 'desc' as const }];
    const rows = await this.em.find(RunView, where, { orderBy, limit: MAX_OF_DATES + 1 });
    return rows.length > MAX_OF_DATES ? { tooMany: await this.em.count(RunView, where) } : rows;
  }

  /** Runs that have not ended, by id, after one of them: for a reader that goes through them all. */
  active(after: string | undefined, first: number): Promise<RunViewRow[]> {
    const where = { endedAt: null, ...(after !== undefined && { runId: { $gt: after } }) };
    return this.em.find(RunView, where, { orderBy: { runId: 'asc' }, limit: first });
  }

  /**
   * Runs that have ended though the log has events of theirs after a cursor: an older open transaction, of whichever database, hides those from who
   * follows the log, and the view has them already.
   */
  async endedAfter({ xid, position }: Cursor): Promise<readonly Pick<RunViewRow, 'runId' | 'version'>[]> {
    const { rows } = await sql<Pick<RunViewRow, 'runId' | 'version'>>`select run_id as "runId", version from batch.run_view
      where ended_at is not null and run_id in (select e.run_id from batch.event_log e
        where e.subject is null and e.run_id is not null and e.stream not like '%/%' and (e.xid, e.position) > (${xid}::xid8, ${position}::bigint))`.execute(
      this.em.getKysely(),
    );
    return rows;
  }

  /** How many runs have not ended. */
  activeCount(): Promise<number> {
    return this.em.count(RunView, { endedAt: null });
  }
}

function conditionsOf(filter: RunFilter): FilterQuery<RunViewRow> {
  const { statuses, triggers, recordDateFrom, recordDateTo, scheduleId, dryRun, shadow, programs, actors, requestedFrom, requestedTo } =
    filter;
  return {
    ...(statuses && { status: { $in: [...statuses] } }),
    ...(triggers && { trigger: { $in: [...triggers] } }),
    ...(scheduleId !== undefined && { scheduleId }),
    ...(dryRun !== undefined && { dryRun }),
    ...(shadow !== undefined && { shadow }),
    ...(programs && { program: { $in: [...programs] } }),
    ...(actors && { actor: { $in: [...actors] } }),
    ...((requestedFrom !== undefined || requestedTo !== undefined) && {
      requestedAt: { ...(requestedFrom && { $gte: requestedFrom }), ...(requestedTo && { $lte: requestedTo }) },
    }),
    ...((recordDateFrom !== undefined || recordDateTo !== undefined) && {
      recordDate: { ...(recordDateFrom && { $gte: recordDateFrom }), ...(recordDateTo && { $lte: recordDateTo }) },
    }),
  };
}

function afterKey(column: 'recordDate' | 'requestedAt', after: PageRequest['after']): FilterQuery<RunViewRow> {
  if (after === undefined) return {};
  const [time, id] = [String(after[0]), String(after[1])];
  const value = column === 'requestedAt' ? new Date(time) : time;
  return { $or: [{ [column]: { $lt: value } }, { [column]: value, runId: { $lt: id } }] };
}
