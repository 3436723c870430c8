import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { LetGoMonth } from '../../domain/retention/retention.js';
import { LET_GO_SELECTION, letGoOfRow, type LetGoRow } from '../../store/let-go-months.js';
import { toDate } from './to-date.js';

/** Reads of the months that were let go. */
export class RetentionQueries {
  constructor(private readonly em: EntityManager) {}

  /** Those of some months, given by their first days, in one statement. */
  async letGo(months: readonly string[]): Promise<ReadonlyMap<string, LetGoMonth>> {
    if (months.length === 0) return new Map();
    const { rows } = await sql<LetGoRow>`
      select ${sql.raw(LET_GO_SELECTION)} from batch.let_go_month where month = any(${months}::date[])`.execute(this.em.getKysely());
    return new Map(rows.map((row) => [row.month, letGoOfRow({ ...row, letGoAt: toDate(row.letGoAt) })]));
  }
}
