import type { BackfillEvent } from '../domain/backfill/backfill-events.js';
import { evolveBackfill, type Backfill } from '../domain/backfill/backfill.js';
import type { LocalDate } from '../domain/local-date.js';
import type { RecallEvent } from '../domain/recall/recall-events.js';
import { evolveRecall, type Recall } from '../domain/recall/recall.js';
import type { RolloutEvent } from '../domain/rollout/rollout-events.js';
import { evolveRollout, type Rollout } from '../domain/rollout/rollout.js';
import type { RunEvent } from '../domain/run/run-events.js';
import { evolveRun, type Run } from '../domain/run/run.js';
import { evolveMark, type Mark, type MarkEvent } from '../domain/review/mark-events.js';
import { evolvePoint, type PointEvent, type PointSwitch } from '../domain/review/point-switch.js';
import {
  backfillStream,
  LASTING,
  markStream,
  pointStream,
  recallStream,
  rolloutStream,
  runStream,
  scheduleStream,
  signatureStream,
} from '../domain/run/stream-names.js';
import { evolveSignature, type Signature, type SignatureEvent } from '../domain/signing/signature.js';
import type { ScheduleEvent } from '../domain/schedule/schedule-events.js';
import { evolveSchedule, type Schedule } from '../domain/schedule/schedule.js';
import type { WrittenStream } from './decide-and-append.js';
import type { AppendTarget, StoredRun } from './ports.js';

/** A run's own stream. `month` keys every event of the run. */
export function streamOfRun({ run, month }: StoredRun, actor: string): WrittenStream<Run, RunEvent, Run> {
  return { ...runWriter(run.runId, month, { version: run.version, actor }), state: run };
}

/** The stream of a run that is asked for now. */
export function streamOfNewRun(runId: string, month: LocalDate, actor: string): WrittenStream<Run, RunEvent, undefined> {
  return { ...runWriter(runId, month, { version: 0, actor }), state: undefined };
}

function runWriter(runId: string, month: LocalDate, { version, actor }: Written): Omit<WrittenStream<Run, RunEvent>, 'state'> {
  return {
    target: { stream: runStream(runId), expectedVersion: version, month, runId, actor, correlationId: runId },
    evolve: (run, event, recordedAt) => evolveRun(run, event, { runId, actor, recordedAt }),
    save: (tx, run) => tx.runs.save({ run, month }),
  };
}

/** The version of a stream, and the actor of the next append. */
interface Written {
  readonly version: number;
  readonly actor: string;
}

/** A schedule's stream; `state` is undefined for a new schedule. */
export function streamOfSchedule(scheduleId: string, state: Schedule | undefined, actor: string): WrittenStream<Schedule, ScheduleEvent> {
  return {
    target: lasting(scheduleStream(scheduleId), scheduleId, { version: state?.version ?? 0, actor }),
    state,
    evolve: (schedule, event, recordedAt) => evolveSchedule(schedule, event, { scheduleId, actor, recordedAt }),
    save: (tx, schedule) => tx.schedules.save(schedule),
  };
}

/** A backfill's stream; `state` is undefined for a new backfill. */
export function streamOfBackfill<Known extends Backfill | undefined>(
  backfillId: string,
  state: Known,
  actor: string,
): WrittenStream<Backfill, BackfillEvent, Known> {
  return {
    target: lasting(backfillStream(backfillId), backfillId, { version: state?.version ?? 0, actor }),
    state,
    evolve: (backfill, event, recordedAt) => evolveBackfill(backfill, event, { backfillId, actor, recordedAt }),
    save: (tx, backfill) => tx.backfills.save(backfill, state),
  };
}

/** A recall's stream; `state` is undefined for a new recall. */
export function streamOfRecall<Known extends Recall | undefined>(
  recallId: string,
  state: Known,
  actor: string,
): WrittenStream<Recall, RecallEvent, Known> {
  return {
    target: lasting(recallStream(recallId), recallId, { version: state?.version ?? 0, actor }),
    state,
    evolve: (recall, event, recordedAt) => evolveRecall(recall, event, { recallId, actor, recordedAt }),
    save: (tx, recall) => tx.recalls.save(recall),
  };
}

/** A rollout's stream; `state` is undefined for a new rollout. */
export function streamOfRollout<Known extends Rollout | undefined>(
  rolloutId: string,
  state: Known,
  actor: string,
): WrittenStream<Rollout, RolloutEvent, Known> {
  return {
    target: lasting(rolloutStream(rolloutId), rolloutId, { version: state?.version ?? 0, actor }),
    state,
    evolve: (rollout, event, recordedAt) => evolveRollout(rollout, event, { rolloutId, actor, recordedAt }),
    save: (tx, rollout) => tx.rollouts.save(rollout),
  };
}

/** The stream of a mark that is made now. */
export function streamOfMark(markId: string, actor: string): WrittenStream<Mark, MarkEvent, undefined> {
  return {
    target: lasting(markStream(markId), markId, { version: 0, actor }),
    state: undefined,
    evolve: (mark, event, recordedAt) => evolveMark(mark, event, { markId, actor, recordedAt }),
    save: (tx, mark) => tx.reviews.saveMark(mark),
  };
}

/** A point's stream; `state` is undefined for one that was never turned off. */
export function streamOfPoint<Known extends PointSwitch | undefined>(
  point: string,
  state: Known,
  { actor, id }: { readonly actor: string; readonly id: string },
): WrittenStream<PointSwitch, PointEvent, Known> {
  return {
    target: lasting(pointStream(point), id, { version: state?.version ?? 0, actor }),
    state,
    evolve: (before, event, recordedAt) => evolvePoint(before, event, { point, actor, recordedAt }),
    save: (tx, next) => tx.reviews.savePoint(next),
  };
}

/** The stream of a row's signature; `state` is undefined for a row that was never signed. */
export function streamOfSignature<Known extends Signature | undefined>(
  row: string,
  state: Known,
  { actor, id }: { readonly actor: string; readonly id: string },
): WrittenStream<Signature, SignatureEvent, Known> {
  return {
    target: lasting(signatureStream(row), id, { version: state?.version ?? 0, actor }),
    state,
    evolve: (before, event, recordedAt) => evolveSignature(before, event, { id: row, actor, recordedAt }),
    save: (tx, next) => tx.reviews.saveSignature(next),
  };
}

/** Where a stream that outlives months lies. */
function lasting(stream: string, correlationId: string, { version, actor }: Written): AppendTarget {
  return { stream, expectedVersion: version, month: LASTING, actor, correlationId };
}
