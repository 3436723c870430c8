import type { CandidateSeat, NightFigures } from '../application/ports.js';
import { sumOf } from '../application/rollouts/watch-rollouts.js';
import type { ArmFigures } from '../domain/rollout/arm-figures.js';
import type { AdviceVersion as VersionFacts } from '../domain/rollout/rollout-events.js';
import type { Rollout as RolloutState } from '../domain/rollout/rollout.js';
import type { JudgedRows, PassedFigure, StopCause, Thresholds } from '../domain/rollout/stop-rule.js';
import { RolloutNight, RolloutReport, RolloutSide } from '../schema/rollout-figures-type.js';
import type { RolloutThresholdsInput } from '../schema/rollout-inputs.js';
import { AdviceVersion, Rollout, RolloutStopFigure, RolloutThresholds } from '../schema/rollout-type.js';
import { withoutNulls } from './filter-of.js';
import { nodeOf } from './node-of.js';

/** Millionths of a US$ in one. */
const MICROS = 1_000_000;
/** Most nights that a report lists. */
const MAX_NIGHTS = 100;

/** A rollout as a GraphQL node. */
export function rolloutNode({ rolloutId, request, ...state }: RolloutState, candidates: CandidateSeat): Rollout {
  const { program, candidate, inForce, seed, thresholds, reason = null } = request;
  const { stop } = state;
  return nodeOf(Rollout, {
    id: rolloutId,
    program,
    status: state.status,
    candidate: versionNode(candidate),
    inForce: versionNode(inForce),
    isConfigured: candidates.version()?.fingerprint === candidate.fingerprint,
    sharePercent: state.sharePercent,
    seed,
    thresholds: thresholdsNode(thresholds),
    reason,
    actor: state.actor,
    startedAt: new Date(state.startedAt),
    judgedAt: dateOf(state.judgedAt),
    stopCause: stop?.cause ?? null,
    stopFigure: stop?.figure === undefined ? null : figureNode(stop.cause, stop.figure),
    promotedAt: dateOf(state.promotedAt),
    stoppedAt: dateOf(state.stoppedAt),
    endedBy: state.endedBy,
    endReason: state.endReason,
  });
}

/** What writes advice, as a node. */
export function versionNode({ generator, model, promptVersion, vocabulary }: VersionFacts): AdviceVersion {
  return nodeOf(AdviceVersion, { generator, model: model ?? null, promptVersion: promptVersion ?? null, vocabulary });
}

function dateOf(time: string | null): Date | null {
  return time === null ? null : new Date(time);
}

function thresholdsNode({ priceMicros, ...rest }: Thresholds): RolloutThresholds {
  return nodeOf(RolloutThresholds, { ...rest, priceUsd: priceMicros / MICROS });
}

/** Thresholds as a client gives them. */
export function thresholdsOf(input: RolloutThresholdsInput): Partial<Thresholds> {
  const { priceUsd, ...rest } = withoutNulls(input);
  return { ...rest, ...(priceUsd !== undefined && { priceMicros: Math.round(priceUsd * MICROS) }) };
}

function figureNode(cause: StopCause, { candidate, inForce, limit, users }: PassedFigure): RolloutStopFigure {
  const unit = cause === 'PRICE' ? MICROS : 100;
  return nodeOf(RolloutStopFigure, { candidate: candidate / unit, inForce: inForce / unit, limit: limit / unit, users });
}

/** Both sides of a rollout side by side. */
export function reportNode(nights: readonly NightFigures[], judged: RolloutState['judged']): RolloutReport {
  const sum = sumOf(nights);
  const latest = nights.toReversed().slice(0, MAX_NIGHTS);
  return nodeOf(RolloutReport, {
    candidate: sideNode(sum.CANDIDATE, judged?.CANDIDATE),
    inForce: sideNode(sum.IN_FORCE, judged?.IN_FORCE),
    nights: latest.map(({ recordDate, figures }) =>
      nodeOf(RolloutNight, { recordDate, candidate: sideNode(figures.CANDIDATE), inForce: sideNode(figures.IN_FORCE) }),
    ),
  });
}

function sideNode({ costMicros, durationMs, ...figures }: ArmFigures, judged: JudgedRows = { rows: 0, falsehoods: 0 }): RolloutSide {
  const { advised } = figures;
  return nodeOf(RolloutSide, {
    ...figures,
    judgedRows: judged.rows,
    falsehoods: judged.falsehoods,
    costUsd: costMicros / MICROS,
    costPer1000Usd: advised === 0 ? null : Math.round((costMicros * 1_000) / advised) / MICROS,
    meanMs: advised === 0 ? null : Math.round(durationMs / advised),
  });
}
