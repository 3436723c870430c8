import type { ProgramName } from '../domain/program.js';
import type { JudgedByArm, RolloutRequest } from '../domain/rollout/rollout-events.js';
import type { Rollout, RolloutStatus } from '../domain/rollout/rollout.js';

/** Columns of `batch.rollout_view`, in the order of `rolloutValues`. */
export const ROLLOUT_COLUMNS = [
  'rollout_id', 'version', 'status', 'program', 'request', 'reason', 'actor', 'started_at', 'share_percent', 'judged', 'judged_at', 'stop',
  'promoted_at', 'stopped_at', 'ended_by', 'end_reason',
] as const; // prettier-ignore

/** A row of `batch.rollout_view`. */
export interface RolloutRow {
  rollout_id: string;
  version: number;
  status: RolloutStatus;
  program: ProgramName;
  request: Omit<RolloutRequest, 'program' | 'reason'>;
  reason: string | null;
  actor: string;
  started_at: Date;
  share_percent: number;
  judged: JudgedByArm | null;
  judged_at: Date | null;
  stop: Rollout['stop'];
  promoted_at: Date | null;
  stopped_at: Date | null;
  ended_by: string | null;
  end_reason: string | null;
}

/** What to select so that a row is a `RolloutRow`. */
export const ROLLOUT_SELECTION = ROLLOUT_COLUMNS.join(', ');

/** A rollout as values for `ROLLOUT_COLUMNS`. */
export function rolloutValues({ rolloutId, version, status, request, ...rest }: Rollout): unknown[] {
  const { program, reason = null, ...asked } = request;
  return [
    rolloutId, version, status, program, asked, reason, rest.actor, rest.startedAt, rest.sharePercent, rest.judged, rest.judgedAt, rest.stop,
    rest.promotedAt, rest.stoppedAt, rest.endedBy, rest.endReason,
  ]; // prettier-ignore
}

/** A rollout out of its row. */
export function rolloutOfRow(row: RolloutRow): Rollout {
  const { program, reason } = row;
  return {
    rolloutId: row.rollout_id,
    version: row.version,
    status: row.status,
    request: { ...row.request, program, ...(reason !== null && { reason }) },
    actor: row.actor,
    startedAt: row.started_at.toISOString(),
    sharePercent: row.share_percent,
    judged: row.judged,
    judgedAt: row.judged_at?.toISOString() ?? null,
    stop: row.stop,
    promotedAt: row.promoted_at?.toISOString() ?? null,
    stoppedAt: row.stopped_at?.toISOString() ?? null,
    endedBy: row.ended_by,
    endReason: row.end_reason,
  };
}
