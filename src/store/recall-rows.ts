import type { RecallCause } from '../domain/recall/recall-cause.js';
import type { RecallCounts, RecallRun } from '../domain/recall/recall-events.js';
import type { Recall } from '../domain/recall/recall.js';

/** Columns of `batch.recall_view`, in the order of `recallValues`. */
export const RECALL_COLUMNS = [
  'recall_id', 'version', 'cause', 'allergen', 'since_date', 'reason', 'actor', 'requested_at', 'listed', 'lifted_at', 'lifted_by', 'lift_reason',
  'mark_id',
] as const; // prettier-ignore

/** A row of `batch.recall_view` as `RECALL_SELECTION` gives it. */
export interface RecallRow {
  recall_id: string;
  version: number;
  cause: RecallCause;
  allergen: boolean;
  since_date: string;
  reason: string | null;
  actor: string;
  requested_at: Date;
  listed: { readonly counts: RecallCounts; readonly runs: readonly RecallRun[] } | null;
  lifted_at: Date | null;
  lifted_by: string | null;
  lift_reason: string | null;
  mark_id: string | null;
}

/** What to select so that a row is a `RecallRow`. */
export const RECALL_SELECTION = RECALL_COLUMNS.map((column) => (column.endsWith('_date') ? `${column}::text` : column)).join(', ');

/** A recall as values for `RECALL_COLUMNS`. */
export function recallValues({ recallId, version, request, counts, runs, ...rest }: Recall): unknown[] {
  const listed = counts === null ? null : { counts, runs };
  return [
    recallId, version, request.cause, request.allergen, request.since, request.reason ?? null, rest.actor, rest.requestedAt, listed, rest.liftedAt,
    rest.liftedBy, rest.liftReason, request.markId ?? null,
  ]; // prettier-ignore
}

/** A recall out of its row. */
export function recallOfRow(row: RecallRow): Recall {
  const { cause, allergen, since_date: since, reason, listed, mark_id: markId } = row;
  return {
    recallId: row.recall_id,
    version: row.version,
    request: { cause, allergen, since, ...(reason !== null && { reason }), ...(markId !== null && { markId }) },
    actor: row.actor,
    requestedAt: row.requested_at.toISOString(),
    status: listed === null ? 'REQUESTED' : 'LISTED',
    counts: listed?.counts ?? null,
    runs: listed?.runs ?? [],
    liftedAt: row.lifted_at?.toISOString() ?? null,
    liftedBy: row.lifted_by,
    liftReason: row.lift_reason,
  };
}
