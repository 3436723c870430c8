import type { Backfill as BackfillState } from '../domain/backfill/backfill.js';
import type { BackfillDateRow, BackfillRow } from '../store/backfill-rows.js';
import { backfillOfRow } from '../store/backfill-rows.js';
import { Backfill, BackfillDate } from '../schema/backfill-type.js';
import { nodeOf } from './node-of.js';

/** A row of backfills as a GraphQL node. */
export function backfillNode(row: BackfillRow): Backfill {
  return decidedBackfillNode(backfillOfRow(row, []));
}

/** A backfill as it was just decided, as a GraphQL node. */
export function decidedBackfillNode({ backfillId, version: _version, request, dates: _dates, ...state }: BackfillState): Backfill {
  const times = { requestedAt: new Date(state.requestedAt), endedAt: state.endedAt === null ? null : new Date(state.endedAt) };
  const { reason = null, withoutSchedule = null } = request;
  return nodeOf(Backfill, { ...request, reason, withoutSchedule, id: backfillId, ...state, ...times });
}

/** A date of a backfill as a GraphQL node. */
export function backfillDateNode({ record_date: recordDate, run_id: runId, status: state, code }: BackfillDateRow): BackfillDate {
  return nodeOf(BackfillDate, { recordDate, runId, state, code });
}
