import { assertNever } from '../assert-never.js';
import { keptReason, refuseReason } from '../operator-reason.js';
import type { ProgramName } from '../program.js';
import { WRITTEN_PROGRAMS } from '../programs/written-programs.js';
import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import { SEED } from './arm.js';
import type { AdviceVersion, RolloutEvent, RolloutRequest } from './rollout-events.js';
import type { Rollout } from './rollout.js';
import { THRESHOLD_RANGES, USUAL_THRESHOLDS, type Thresholds } from './stop-rule.js';

/** An order to begin a rollout. */
export interface StartRollout {
  readonly program: ProgramName;
  readonly sharePercent: number;
  /** Default: the rollout's own id. The same seed gives the same users the candidate. */
  readonly seed?: string;
  /** Those that are left out are the usual ones. */
  readonly thresholds?: Partial<Thresholds>;
  readonly reason?: string;
}

/** What the decision needs to know of the world. */
export interface StartFacts {
  readonly rolloutId: string;
  /** What this installation is configured to try; undefined where it is nothing. */
  readonly candidate: AdviceVersion | undefined;
  readonly inForce: AdviceVersion;
  /** A rollout of the program that goes on. */
  readonly going: string | undefined;
}

/** Completes an order, or says why it is refused. */
export function decideStart(order: StartRollout, { rolloutId, candidate, inForce, going }: StartFacts): RolloutRequest | Rejection {
  const { program, sharePercent, seed = rolloutId, reason } = order;
  if (candidate === undefined) return reject('ROLLOUT_NO_CANDIDATE', because('ROLLOUT_NO_CANDIDATE'));
  const thresholds = { ...USUAL_THRESHOLDS, ...order.thresholds };
  const refusal =
    refuseCandidate(program, candidate, inForce) ??
    refuseShare(sharePercent) ??
    refuseSeed(seed) ??
    refuseThresholds(thresholds) ??
    refuseReason(reason);
  if (refusal !== undefined) return refusal;
  if (going !== undefined) return reject('ROLLOUT_GOING', because('ROLLOUT_GOING', { program, rollout: going }));
  return { program, candidate, inForce, sharePercent, seed, thresholds, ...keptReason(reason) };
}

function refuseCandidate(program: ProgramName, candidate: AdviceVersion, inForce: AdviceVersion): Rejection | undefined {
  if (candidate.generator === 'LLM' && !WRITTEN_PROGRAMS.has(program))
    return reject('ROLLOUT_PROGRAM', because('ROLLOUT_PROGRAM', { program }));
  return candidate.fingerprint === inForce.fingerprint ? reject('ROLLOUT_SAME', because('ROLLOUT_SAME')) : undefined;
}

function refuseShare(sharePercent: number): Rejection | undefined {
  const isShare = Number.isInteger(sharePercent) && sharePercent >= 1 && sharePercent <= 100;
  return isShare ? undefined : reject('ROLLOUT_SHARE', because('ROLLOUT_SHARE', { found: sharePercent }));
}

function refuseSeed(seed: string): Rejection | undefined {
  return SEED.test(seed) ? undefined : reject('ROLLOUT_SEED', because('ROLLOUT_SEED'));
}

function refuseThresholds(thresholds: Thresholds): Rejection | undefined {
  for (const [name, { least, most }] of Object.entries(THRESHOLD_RANGES)) {
    const found = thresholds[name as keyof Thresholds];
    if (!(Number.isInteger(found) && found >= least && found <= most))
      return reject('ROLLOUT_THRESHOLD', because('ROLLOUT_THRESHOLD', { name, least, most, found }));
  }
  return undefined;
}

/** An order about a rollout that goes on. */
export type OrderRollout =
  | { readonly order: 'SHARE'; readonly sharePercent: number; readonly reason?: string }
  | { readonly order: 'STOP' | 'PROMOTE'; readonly reason?: string };

/** What an order comes to. A share that is there already changes nothing. */
export function decideOrder({ rolloutId, status, sharePercent }: Rollout, asked: OrderRollout): readonly RolloutEvent[] | Rejection {
  const refusal = (asked.order === 'SHARE' ? refuseShare(asked.sharePercent) : undefined) ?? refuseReason(asked.reason);
  if (refusal !== undefined) return refusal;
  // What was promoted can be taken back.
  if (status === 'STOPPED' || (status === 'PROMOTED' && asked.order !== 'STOP'))
    return reject('ROLLOUT_NOT_RUNNING', because('ROLLOUT_NOT_RUNNING', { rollout: rolloutId, status }));
  const reason = keptReason(asked.reason);
  switch (asked.order) {
    case 'SHARE':
      return asked.sharePercent === sharePercent
        ? []
        : [{ type: 'RolloutShareChanged', data: { sharePercent: asked.sharePercent, ...reason } }];
    case 'STOP':
      return [{ type: 'RolloutStopped', data: { cause: 'OPERATOR', ...reason } }];
    case 'PROMOTE':
      return [{ type: 'RolloutPromoted', data: reason }];
    default:
      return assertNever(asked);
  }
}
