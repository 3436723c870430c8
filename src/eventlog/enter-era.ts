import type pg from 'pg';

/** A new era of the log: it was found in another cluster than the one that it was written in so far. */
export interface NewEra {
  readonly era: number;
  /** Position of the last event that was brought along; null for a log without any. */
  readonly settledPosition: string | null;
}

const ENTER = `with before as (select max(era) as era from batch.log_era), entered as materialized (select batch.enter_era() as era)
  select entered.era, before.era is distinct from entered.era as fresh from before, entered`;

const SETTLED = 'select settled_position::text as "settledPosition" from batch.log_era where era = $1';

/** Records, once, that the log was brought to this cluster: all that is there comes first in the order, and what is written from now on after it. */
export async function enterEra(db: Pick<pg.Pool, 'query'>): Promise<NewEra | undefined> {
  const { rows } = await db.query<{ era: number; fresh: boolean }>(ENTER);
  const [entered] = rows;
  if (entered?.fresh !== true) return undefined;
  const settled = await db.query<{ settledPosition: string | null }>(SETTLED, [entered.era]);
  return { era: entered.era, settledPosition: settled.rows[0]?.settledPosition ?? null };
}
