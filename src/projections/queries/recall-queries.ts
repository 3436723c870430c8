import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { pageOf, type Page, type PageRequest } from '../../database/keyset.js';
import type { Recall } from '../../domain/recall/recall.js';
import { RECALL_SELECTION, recallOfRow, type RecallRow } from '../../store/recall-rows.js';
import { toDate } from './to-date.js';

const SELECTION = sql.raw(RECALL_SELECTION);

/** Reads of the view of recalls. */
export class RecallQueries {
  constructor(private readonly em: EntityManager) {}

  /** Recalls by id, for a loader: one statement, any order. */
  async byIds(ids: readonly string[]): Promise<Recall[]> {
    const query = sql<RecallRow>`select ${SELECTION} from batch.recall_view where recall_id = any(${ids}::uuid[])`;
    return (await query.execute(this.em.getKysely())).rows.map(dated);
  }

  /** A page of recalls, newest first. The key is (ISO time of the request, recall id). */
  async list(page: PageRequest): Promise<Page<Recall>> {
    const [requestedAt = null, id = null] = page.after ?? [];
    const { rows } = await sql<RecallRow>`
      select ${SELECTION} from batch.recall_view
      where ${requestedAt}::timestamptz is null or (requested_at, recall_id) < (${requestedAt}::timestamptz, ${id}::uuid)
      order by requested_at desc, recall_id desc limit ${page.first + 1}`.execute(this.em.getKysely());
    return pageOf(rows.map(dated), page.first);
  }
}

function dated(row: RecallRow): Recall {
  return recallOfRow({ ...row, requested_at: toDate(row.requested_at), lifted_at: toDate(row.lifted_at) });
}
