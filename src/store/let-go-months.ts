import type { LetGoMonth } from '../domain/retention/retention.js';
import { localDate } from '../domain/local-date.js';
import type { Queryable } from '../eventlog/postgres-log.js';

/** Columns of `batch.let_go_month`, in the order of `letGoValues`. */
export const LET_GO_COLUMNS = ['month', 'runs', 'events', 'first_position', 'last_position', 'file', 'bytes', 'sha256', 'actor', 'let_go_at'] as const; // prettier-ignore

/** A condition on a column of months: that the month was let go. */
export const isLetGo = (column: string): string => `${column} in (select g.month from batch.let_go_month g)`;

/** A month as values for `LET_GO_COLUMNS`. */
export function letGoValues({ month, told, actor, letGoAt }: LetGoMonth): unknown[] {
  const { runs, events, firstPosition, lastPosition, file, bytes, sha256 } = told;
  return [month, runs, events, firstPosition, lastPosition, file, bytes, sha256, actor, letGoAt];
}

/** A row of `LET_GO_SELECTION`. */
export interface LetGoRow extends Omit<LetGoMonth['told'], 'events' | 'bytes'> {
  readonly month: string;
  readonly events: number;
  readonly bytes: number;
  readonly actor: string;
  readonly letGoAt: Date;
}

/** What to select so that a row is a `LetGoRow`. */
export const LET_GO_SELECTION = `month::text, runs, events::float8 as events, first_position::float8 as "firstPosition", last_position::float8 as "lastPosition",
  file, bytes::float8 as bytes, sha256, actor, let_go_at as "letGoAt"`;

/** A month out of its row. */
export function letGoOfRow({ month, actor, letGoAt, ...told }: LetGoRow): LetGoMonth {
  return { month: localDate(month), told, actor, letGoAt: letGoAt.toISOString() };
}

/** Every month that was let go, oldest first. */
export async function letGoMonths(db: Queryable): Promise<readonly LetGoMonth[]> {
  const { rows } = await db.query<LetGoRow>(`select ${LET_GO_SELECTION} from batch.let_go_month order by month`);
  return rows.map(letGoOfRow);
}
