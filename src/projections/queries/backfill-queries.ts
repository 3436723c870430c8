import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { BACKFILL_SELECTION, DATE_SELECTION, type BackfillDateRow, type BackfillRow } from '../../store/backfill-rows.js';
import { pageOf, type Page, type PageRequest } from '../../database/keyset.js';
import { toDate } from './to-date.js';

const SELECTION = sql.raw(BACKFILL_SELECTION);

/** Reads of the views of backfills. */
export class BackfillQueries {
  constructor(private readonly em: EntityManager) {}

  /** Backfills by id, for a loader: one statement, any order. */
  async byIds(ids: readonly string[]): Promise<BackfillRow[]> {
    const query = sql<BackfillRow>`select ${SELECTION} from batch.backfill_view where backfill_id = any(${ids}::uuid[])`;
    return (await query.execute(this.em.getKysely())).rows.map(dated);
  }

  /** A page of backfills, newest first. The key is (ISO time of the request, backfill id). */
  async list(page: PageRequest): Promise<Page<BackfillRow>> {
    const [requestedAt = null, id = null] = page.after ?? [];
    const { rows } = await sql<BackfillRow>`
      select ${SELECTION} from batch.backfill_view
      where ${requestedAt}::timestamptz is null or (requested_at, backfill_id) < (${requestedAt}::timestamptz, ${id}::uuid)
      order by requested_at desc, backfill_id desc limit ${page.first + 1}`.execute(this.em.getKysely());
    return pageOf(rows.map(dated), page.first);
  }

  /** The dates of several backfills in the order of their turns, in one statement; at most 400 each. */
  async dates(ids: readonly string[]): Promise<ReadonlyMap<string, readonly BackfillDateRow[]>> {
    const { rows } = await sql<BackfillDateRow>`
      select ${sql.raw(DATE_SELECTION)} from batch.backfill_date_view where backfill_id = any(${ids}::uuid[])
      order by backfill_id, place`.execute(this.em.getKysely());
    return Map.groupBy(rows, ({ backfill_id: id }) => id);
  }
}

function dated(row: BackfillRow): BackfillRow {
  return { ...row, requested_at: toDate(row.requested_at), ended_at: toDate(row.ended_at) };
}
