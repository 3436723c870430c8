import { dateInZone } from '../../domain/local-date.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { decideRequest, recordDateOf, USUAL_PROGRAM, type RequestFacts, type RequestRun } from '../../domain/run/decide-request.js';
import { requestFacts } from './request-facts.js';
import { refuseKey, refuseReused, takeKey, type KeyedCaller } from '../idempotency.js';
import type { Deps, StoredRun, Transaction, Deciding, Ordering } from '../ports.js';
import { orRejection, Refused } from '../refused.js';
import { unknownAmong } from '../patients/unknown-users.js';
import type { RunRequest } from '../../domain/run/run-events.js';
import { monthOf } from '../../domain/run/stream-names.js';
import { append } from '../decide-and-append.js';
import { streamOfNewRun } from '../written-streams.js';

/** The caller of a request for a run. */
export interface RunCaller extends KeyedCaller {
  /** Derived from schedule and slot where a slot asks; a fresh one otherwise. */
  readonly runId?: string;
}

/** A run that was made, or (`repeated`) the one an earlier request with this key had made. */
export interface RunAccepted extends StoredRun {
  readonly status: 'accepted';
  readonly repeated: boolean;
}

/** Decides on an order for a run, records it, and enqueues its plan for a worker. */
export async function requestRun(
  deps: Deciding & Ordering & Pick<Deps, 'outcomes' | 'records' | 'runs'>,
  order: RequestRun,
  caller: RunCaller,
): Promise<RunAccepted | Rejection> {
  const refusal = refuseKey(caller);
  if (refusal !== undefined) return refusal;
  const unknownUserIds = await unknownAmong(deps, order.userIds, 'roster');
  const anybody = await anybodyToRetry(deps, order);
  const ask = { order, caller, unknownUserIds, anybody };
  const answer = await orRejection(() => deps.transaction((tx) => decideAndAppend(deps, tx, ask)));
  if (!isRejection(answer) && !answer.repeated) {
    // After the commit: the run is in the log by now, and the sweep finds it should this job be lost.
    await deps.queue.enqueuePlan(answer.run.runId);
    deps.progress.notify(answer.run.runId);
  }
  return answer;
}

/** Whether a retry has a user in it; undefined for any other run. */
async function anybodyToRetry(
  deps: Pick<Deps, 'outcomes' | 'runs'>,
  { parentRunId, retry, userIds }: RequestRun,
): Promise<boolean | undefined> {
  const parent = parentRunId === undefined || retry === undefined ? undefined : await deps.runs.find(parentRunId);
  return parent && retry && deps.outcomes.hasAny({ runId: parent.run.runId, month: parent.month }, retry, userIds);
}

interface Ask {
  readonly order: RequestRun;
  readonly caller: RunCaller;
  readonly unknownUserIds: readonly number[];
  readonly anybody: boolean | undefined;
}

async function decideAndAppend(deps: Deciding, tx: Transaction, ask: Ask): Promise<RunAccepted | Rejection> {
  const runId = ask.caller.runId ?? deps.newId();
  const earlier = await earlierRun(tx, ask, runId);
  if (earlier !== undefined) return earlier;
  const today = dateInZone(deps.clock(), deps.settings.timeZone);
  const facts: RequestFacts = {
    ...requestFacts(deps, today),
    activeSchedules: await tx.runs.activeSchedules(),
    activeRunId: await tx.runs.lockDate(ask.order.program ?? USUAL_PROGRAM, recordDateOf(ask.order, today)),
    unknownUserIds: ask.unknownUserIds,
    ...(ask.anybody !== undefined && { retriable: { anybody: ask.anybody, tally: await tx.runs.tally(ask.order.parentRunId ?? '') } }),
  };
  const decision = decideRequest(ask.order, facts);
  if (isRejection(decision)) throw new Refused(decision);
  const begun = await beginRun(deps, tx, { runId, request: decision, actor: ask.caller.actor });
  return { status: 'accepted', repeated: false, ...begun };
}

async function earlierRun(tx: Transaction, { order, caller }: Ask, runId: string): Promise<RunAccepted | Rejection | undefined> {
  const earlier = await takeKey(tx, caller, { id: runId, order });
  if (earlier === undefined || isRejection(earlier)) return earlier;
  const stored = await tx.runs.lock(earlier.earlierId);
  if (stored === undefined) return refuseReused(earlier.earlierId);
  return { status: 'accepted', repeated: true, ...stored };
}

/** Records a decided run as the first event of its stream. @throws VersionConflict when the id has a run */
export async function beginRun(
  deps: Pick<Deps, 'clock'>,
  tx: Transaction,
  start: { runId: string; request: RunRequest; actor: string },
): Promise<StoredRun> {
  const { runId, request, actor } = start;
  const month = monthOf(deps.clock());
  return { run: await append(tx, streamOfNewRun(runId, month, actor), [{ type: 'RunRequested', data: request }]), month };
}
