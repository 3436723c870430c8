import { sql, type RawBuilder } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { recordedAdvice, type RecordedAdvice } from '../domain/advice/points/explain.js';
import { pageOf, type Page, type PageRequest } from '../database/keyset.js';
import { believedJson } from './believed.js';
import { IBSAFE } from './ibsafe-names.js';
import { IS_SHOWN, SHOWN, shownAdvice, type ShownAdvice, type ShownColumns } from './shown-advice.js';

/** Which interventions a list shows. Dates are `YYYY-MM-DD`, both ends included. */
export interface InterventionFilter {
  readonly userIds?: readonly number[];
  readonly recordDateFrom?: string;
  readonly recordDateTo?: string;
  readonly gubun?: string;
}

/** Reads of IBSafe's interventions and accounts. Rows of no person or of no day that there is are left out; the doctor counts them. */
export class InterventionQueries {
  constructor(private readonly em: EntityManager) {}

  /** Interventions by id, in digits, for a loader: one statement, any order. */
  byIds(ids: readonly string[]): Promise<ShownAdvice[]> {
    return this.shown(sql`i.id = any(${ids}::bigint[])`);
  }

  /** What interventions recorded of what they say, in one statement: apart from the rows, since it is as long as their texts and seldom asked for. */
  async recorded(ids: readonly string[]): Promise<{ id: string; advice: RecordedAdvice | null }[]> {
    const { rows } = await sql<{ id: string; outputs: unknown }>`
      select i.id::text as id, ${sql.raw(believedJson('i.outputs'))} as outputs from ${sql.raw(IBSAFE.interventions)} i
      where i.id = any(${ids}::bigint[])`.execute(this.em.getKysely());
    return rows.map(({ id, outputs }) => ({ id, advice: recordedAdvice(outputs) }));
  }

  /** A page of interventions, newest first. The key is (id), in digits. */
  async list({ userIds, recordDateFrom, recordDateTo, gubun }: InterventionFilter, page: PageRequest): Promise<Page<ShownAdvice>> {
    const conditions = [
      page.after && sql`i.id < ${String(page.after[0])}::bigint`,
      userIds && sql`i.user_id = any(${userIds}::int[])`,
      gubun !== undefined && sql`i.gubun = ${gubun}::text`,
      recordDateFrom !== undefined && sql`i.record_date >= ${recordDateFrom}::date`,
      recordDateTo !== undefined && sql`i.record_date <= ${recordDateTo}::date`,
    ].filter((condition) => condition !== undefined && condition !== false);
    const where = sql.join([sql`true`, ...conditions], sql` and `);
    return pageOf(await this.shown(where, sql`order by i.id desc limit ${page.first + 1}`), page.first);
  }

  /** A user's interventions of record dates from `from` to `to`. */
  ofUser(userId: number, from: string, to: string): Promise<ShownAdvice[]> {
    return this.shown(
      sql`i.user_id = ${userId}::int and i.record_date between ${from}::date and ${to}::date`,
      sql`order by i.record_date desc`,
    );
  }

  /** Whether an account exists, is active, and is staff; null for none. */
  async account(userId: number): Promise<{ active: boolean; staff: boolean } | null> {
    const { rows } = await sql<{ active: boolean; staff: boolean }>`
      select is_active is true as active, is_staff is true as staff from ${sql.raw(IBSAFE.users)} where id = ${userId}::int`.execute(
      this.em.getKysely(),
    );
    return rows[0] ?? null;
  }

  private async shown(where: RawBuilder<unknown>, order: RawBuilder<unknown> = sql``): Promise<ShownAdvice[]> {
    const { rows } = await sql<ShownColumns>`
      select ${sql.raw(SHOWN)} from ${sql.raw(IBSAFE.interventions)} i where ${where} and ${sql.raw(IS_SHOWN)} ${order}`.execute(
      this.em.getKysely(),
    );
    return rows.map(shownAdvice);
  }
}
