import { dateInZone } from '../domain/local-date.js';
import { reject, type Rejection } from '../domain/rejection.js';
import { decideRequest, recordDateOf, USUAL_PROGRAM, type RequestFacts, type RequestRun } from '../domain/run/decide-request.js';
import type { Run } from '../domain/run/run.js';
import { beginRun } from './begin-run.js';
import type { Deps, Transaction } from './ports.js';
import { unknownAmong } from './unknown-users.js';

/** Who asks, and under which key: the same key from the same caller is answered with the same run. */
export interface Caller {
  readonly actor: string;
  /** 1 to 128 printable ASCII characters. */
  readonly idempotencyKey?: string;
  /** Derived from schedule and slot where a slot asks; a fresh one otherwise. */
  readonly runId?: string;
}

/** A run that was made, or (`repeated`) the one an earlier request with this key had made. */
export interface RunAccepted {
  readonly status: 'accepted';
  readonly run: Run;
  readonly repeated: boolean;
}

const KEY_FORM = /^[\x21-\x7e]{1,128}$/;

/** Decides on an order for a run, records it, and rings for a worker to plan it. */
export async function requestRun(deps: Deps, order: RequestRun, caller: Caller): Promise<RunAccepted | Rejection> {
  if (caller.idempotencyKey !== undefined && !KEY_FORM.test(caller.idempotencyKey)) {
    return reject('IDEMPOTENCY_KEY_INVALID', 'An idempotency key is 1 to 128 printable ASCII characters without spaces. Send a UUID.');
  }
  const unknownUserIds = await unknownAmong(deps, order.userIds);
  const answer = await inTransaction(deps, { order, caller, unknownUserIds });
  if (answer.status === 'accepted' && !answer.repeated) {
    // After the commit: the run is in the log by now, and the sweep finds it should this ring be lost.
    await deps.bell.planRun(answer.run.runId);
    deps.progress.changed(answer.run.runId);
  }
  return answer;
}

/** Carries a rejection out of the transaction, so that it also gives the idempotency key back. */
class Refused extends Error {
  constructor(readonly rejection: Rejection) {
    super(rejection.code);
  }
}

async function inTransaction(deps: Deps, ask: Ask): Promise<RunAccepted | Rejection> {
  try {
    return await deps.transaction((tx) => decideAndAppend(deps, tx, ask));
  } catch (error) {
    if (error instanceof Refused) return error.rejection;
    throw error;
  }
}

interface Ask {
  readonly order: RequestRun;
  readonly caller: Caller;
  readonly unknownUserIds: readonly number[];
}

async function decideAndAppend(deps: Deps, tx: Transaction, ask: Ask): Promise<RunAccepted | Rejection> {
  const runId = ask.caller.runId ?? deps.newId();
  const earlier = await earlierRun(tx, ask, runId);
  if (earlier !== undefined) return earlier;
  const today = dateInZone(deps.clock(), deps.settings.timeZone);
  const facts: RequestFacts = {
    today,
    activeSchedules: await tx.runs.activeSchedules(),
    activeRunId: await tx.runs.lockDate(ask.order.program ?? USUAL_PROGRAM, recordDateOf(ask.order, today)),
    unknownUserIds: ask.unknownUserIds,
    defaults: deps.settings,
    generators: [...deps.generators.keys()],
    programs: [...deps.programs.keys()],
  };
  const decision = decideRequest(ask.order, facts);
  if ('status' in decision) throw new Refused(decision);
  return { status: 'accepted', repeated: false, run: await beginRun(deps, tx, { runId, request: decision, actor: ask.caller.actor }) };
}

async function earlierRun(tx: Transaction, { order, caller }: Ask, runId: string): Promise<RunAccepted | Rejection | undefined> {
  if (caller.idempotencyKey === undefined) return undefined;
  const fingerprint = JSON.stringify(order, Object.keys(order).toSorted());
  const held = await tx.keys.take({ actor: caller.actor, key: caller.idempotencyKey, fingerprint, runId });
  if (held === undefined) return undefined;
  if (held.fingerprint !== fingerprint) {
    const message = `This idempotency key already stands for run ${held.runId} with another input. Use a new key for a new request.`;
    return reject('IDEMPOTENCY_KEY_REUSED', message, held.runId);
  }
  const stored = await tx.runs.lock(held.runId);
  if (stored === undefined)
    throw new Error(`idempotency key of ${caller.actor} names run ${held.runId}, which is in no view: run "rebuild"`);
  return { status: 'accepted', run: stored.run, repeated: true };
}
