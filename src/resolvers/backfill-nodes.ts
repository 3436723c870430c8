import type { Backfill as BackfillState } from '../domain/backfill/backfill.js';
import type { RunStatus } from '../domain/run/run.js';
import { isFinal } from '../domain/run/run.js';
import type { BackfillDateRow, BackfillRow } from '../projections/backfill-rows.js';
import { backfillOfRow } from '../projections/backfill-rows.js';
import { Backfill, BackfillDate } from '../schema/backfill-type.js';
import type { BackfillDateStatus } from '../schema/control-enums.js';

/** A row of backfills as a GraphQL node. */
export function backfillNode(row: BackfillRow): Backfill {
  return decidedBackfillNode(backfillOfRow(row, []));
}

/** A backfill as it was just decided, as a GraphQL node. */
export function decidedBackfillNode({ backfillId, version: _version, request, dates: _dates, ...state }: BackfillState): Backfill {
  const times = { requestedAt: new Date(state.requestedAt), endedAt: state.endedAt === null ? null : new Date(state.endedAt) };
  return Object.assign(new Backfill(), request, { reason: request.reason ?? null, id: backfillId }, state, times);
}

/** A date of a backfill as a GraphQL node. */
export function backfillDateNode({ record_date: recordDate, run_id: runId, status: state, code }: BackfillDateRow): BackfillDate {
  return Object.assign(new BackfillDate(), { recordDate, runId, state, code });
}

/** Where a date stands. @param run the status of its run; undefined without one */
export function dateStatusOf(state: BackfillDate['state'], run: RunStatus | undefined): BackfillDateStatus {
  if (state !== 'STARTED') return state;
  if (run === undefined || !isFinal(run)) return 'RUNNING';
  return run as Extract<RunStatus, BackfillDateStatus>;
}
