import { withBelievedFigures } from '../domain/believed-figures.js';
import type { RecordedEvent } from '../application/ports.js';
import type { FailureCode, GeneratorName, OutcomeName, SkipReason, Trace } from '../domain/outcome.js';
import { writeCursor } from '../eventlog/cursor.js';
import type { OutcomeRow } from '../projections/entities.js';
import type { ShownAdvice } from '../records/shown-advice.js';
import { LogEvent } from '../schema/event-type.js';
import { Intervention } from '../schema/intervention-type.js';
import { Outcome } from '../schema/outcome-type.js';
import { nodeOf } from './node-of.js';

/** A row of outcomes as a GraphQL node. */
export function outcomeNode(row: OutcomeRow): Outcome {
  const data = withBelievedFigures(row.data) as Trace & {
    reasons?: SkipReason[];
    code?: FailureCode;
    retryable?: boolean;
    attempts?: number;
    durationMs?: number;
    generator?: GeneratorName;
    fallbackOf?: GeneratorName;
    interventionId?: number | null;
  };
  return nodeOf(Outcome, {
    runId: row.runId,
    userId: row.userId,
    outcome: row.outcome as OutcomeName,
    skipReasons: data.reasons ?? [],
    failureCode: data.code ?? null,
    retryable: data.retryable ?? false,
    attempts: data.attempts ?? null,
    generator: data.generator ?? null,
    fallbackOf: data.fallbackOf ?? null,
    fallbackReason: data.fallbackReason ?? null,
    batch: data.batch ?? null,
    violations: data.violations ?? [],
    durationMs: data.durationMs ?? null,
    tokensIn: data.tokensIn ?? null,
    tokensOut: data.tokensOut ?? null,
    tokensCached: data.tokensCached ?? (data.tokensIn === undefined ? null : 0),
    tokensEstimated: (data.estimatedCalls ?? 0) > 0,
    costUsd: data.costMicros === undefined ? null : data.costMicros / 1_000_000,
    model: data.model ?? null,
    promptVersion: data.promptVersion ?? null,
    inputsHash: data.inputsHash ?? null,
    responseHash: data.responseHash ?? null,
    rolloutId: data.rollout?.id ?? null,
    rolloutArm: data.rollout?.arm ?? null,
    interventionId: data.interventionId ?? null,
    recordedAt: row.recordedAt,
  });
}

/** A row of interventions as a GraphQL node. */
export function interventionNode(row: ShownAdvice): Intervention {
  return nodeOf(Intervention, row);
}

/** An event of the log as a GraphQL node. */
export function eventNode({ cursor, type, stream, version, runId, userId, data, actor, recordedAt }: RecordedEvent): LogEvent {
  return nodeOf(LogEvent, {
    cursor: writeCursor(cursor),
    type,
    stream,
    version,
    runId,
    userId,
    data,
    actor,
    recordedAt: new Date(recordedAt),
  });
}
