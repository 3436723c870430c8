import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { NightFigures } from '../../application/ports.js';
import { pageOf, type Page, type PageRequest } from '../../database/keyset.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import { byArm, SUMMED_FIGURES, type FigureRow } from '../../store/rollout-figures.js';
import { ROLLOUT_SELECTION, rolloutOfRow, type RolloutRow } from '../../store/rollout-rows.js';
import { toDate } from './to-date.js';

const SELECTION = sql.raw(ROLLOUT_SELECTION);

/** Reads of the view of rollouts. */
export class RolloutQueries {
  constructor(private readonly em: EntityManager) {}

  /** Rollouts by id, for a loader: one statement, any order. */
  async byIds(ids: readonly string[]): Promise<Rollout[]> {
    const query = sql<RolloutRow>`select ${SELECTION} from batch.rollout_view where rollout_id = any(${ids}::uuid[])`;
    return (await query.execute(this.em.getKysely())).rows.map(dated);
  }

  /** A page of rollouts, newest first. The key is (ISO time of the start, rollout id). */
  async list(page: PageRequest): Promise<Page<Rollout>> {
    const [startedAt = null, id = null] = page.after ?? [];
    const { rows } = await sql<RolloutRow>`
      select ${SELECTION} from batch.rollout_view
      where ${startedAt}::timestamptz is null or (started_at, rollout_id) < (${startedAt}::timestamptz, ${id}::uuid)
      order by started_at desc, rollout_id desc limit ${page.first + 1}`.execute(this.em.getKysely());
    return pageOf(rows.map(dated), page.first);
  }

  /** What both sides of several rollouts came to by record date, ascending: one statement. A rollout of no marked outcome is absent. */
  async nights(ids: readonly string[]): Promise<ReadonlyMap<string, readonly NightFigures[]>> {
    const { rows } = await sql<FigureRow & { rolloutId: string; recordDate: string }>`
      select f.rollout_id as "rolloutId", r.record_date::text as "recordDate", f.arm, ${sql.raw(SUMMED_FIGURES)}
      from batch.rollout_figures f join batch.run_view r using (run_id) where f.rollout_id = any(${ids}::uuid[])
      group by f.rollout_id, r.record_date, f.arm order by r.record_date`.execute(this.em.getKysely());
    const byRollout = Map.groupBy(rows, ({ rolloutId }) => rolloutId);
    return new Map([...byRollout].map(([id, found]) => [id, nightsOf(found)]));
  }
}

function nightsOf(rows: readonly (FigureRow & { readonly recordDate: string })[]): NightFigures[] {
  return [...Map.groupBy(rows, ({ recordDate }) => recordDate)].map(([recordDate, sides]) => ({ recordDate, figures: byArm(sides) }));
}

function dated(row: RolloutRow): Rollout {
  const dates = { judged_at: toDate(row.judged_at), promoted_at: toDate(row.promoted_at), stopped_at: toDate(row.stopped_at) };
  return rolloutOfRow({ ...row, ...dates, started_at: toDate(row.started_at) });
}
