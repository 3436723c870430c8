import { sql } from 'kysely';
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { recordedAdvice, type RecordedAdvice } from '../domain/advice/points/explain.js';
import { pageOf, type Page, type PageRequest } from '../database/keyset.js';
import { AuthUser, Intervention, type InterventionRecord } from './entities.js';
import { IBSAFE } from './ibsafe-names.js';

/** Which interventions a list shows. Dates are `YYYY-MM-DD`, both ends included. */
export interface InterventionFilter {
  readonly userIds?: readonly number[];
  readonly recordDateFrom?: string;
  readonly recordDateTo?: string;
  readonly gubun?: string;
}

/** Reads of IBSafe's interventions and accounts. */
export class InterventionQueries {
  constructor(private readonly em: EntityManager) {}

  /** Interventions by id, for a loader: one statement, any order. */
  byIds(ids: readonly number[]): Promise<InterventionRecord[]> {
    return this.em.find(Intervention, { id: { $in: [...ids] } });
  }

  /** What interventions recorded of what they say, in one statement: apart from the rows, since it is as long as their texts and seldom asked for. */
  async recorded(ids: readonly number[]): Promise<{ id: number; advice: RecordedAdvice | null }[]> {
    const { rows } = await sql<{ id: string; outputs: unknown }>`
      select id, outputs from ${sql.raw(IBSAFE.interventions)} where id = any(${ids}::bigint[])`.execute(this.em.getKysely());
    return rows.map(({ id, outputs }) => ({ id: Number(id), advice: recordedAdvice(outputs) }));
  }

  /** A page of interventions, newest first. The key is (id). */
  async list(filter: InterventionFilter, page: PageRequest): Promise<Page<InterventionRecord>> {
    const { userIds, recordDateFrom, recordDateTo, gubun } = filter;
    const where: FilterQuery<InterventionRecord> = {
      ...(page.after && { id: { $lt: Number(page.after[0]) } }),
      ...(userIds && { userId: { $in: [...userIds] } }),
      ...(gubun !== undefined && { gubun }),
      ...((recordDateFrom !== undefined || recordDateTo !== undefined) && {
        recordDate: { ...(recordDateFrom && { $gte: recordDateFrom }), ...(recordDateTo && { $lte: recordDateTo }) },
      }),
    };
    return pageOf(await this.em.find(Intervention, where, { orderBy: { id: 'desc' }, limit: page.first + 1 }), page.first);
  }

  /** A user's interventions of record dates from `from` to `to`. */
  ofUser(userId: number, from: string, to: string): Promise<InterventionRecord[]> {
    return this.em.find(Intervention, { userId, recordDate: { $gte: from, $lte: to } }, { orderBy: { recordDate: 'desc' } });
  }

  /** Whether an account exists, is active, and is staff; null for none. */
  async account(userId: number): Promise<{ active: boolean; staff: boolean } | null> {
    const user = await this.em.findOne(AuthUser, { id: userId });
    return user && { active: user.isActive, staff: user.isStaff };
  }
}
