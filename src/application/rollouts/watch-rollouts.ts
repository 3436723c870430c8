import { eachOf } from '../each-of.js';
import { isRejection } from '../../domain/rejection.js';
import { addedFigures, NO_FIGURES, type ArmFigures, type ByArm } from '../../domain/rollout/arm-figures.js';
import type { RolloutEvent, RolloutStop } from '../../domain/rollout/rollout-events.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import { passedMeasure } from '../../domain/rollout/stop-rule.js';
import { decideAndAppend, type Decision } from '../decide-and-append.js';
import type { Deps, NightFigures } from '../ports.js';
import { streamOfRollout } from '../written-streams.js';
import type { ArmsGenerator } from './arms.js';

/** What rollouts are watched with. */
export type Watching = Pick<Deps, 'rollouts' | 'transaction'> & { readonly settings: Pick<Deps['settings'], 'workerId'> };

/** Looks at every rollout that goes on: what the worker that wrote the last figures did not live to see. @throws what the first one that failed threw, after all have been looked at */
export async function watchRollouts(deps: Watching): Promise<void> {
  await eachOf(await deps.rollouts.allGoing(), ({ rolloutId }) => watchRollout(deps, rolloutId));
}

/**
 * Stops a rollout whose candidate is worse than it may be, over all of it or on one night, or serves no user. What is decided from is in the view before this begins, and a stop is one event: two workers
 * that see the same write one. @returns the rollout as it is then; undefined where there is none
 */
export async function watchRollout(deps: Watching, rolloutId: string, isAway = false): Promise<Rollout | undefined> {
  const rollout = await deps.rollouts.find(rolloutId);
  if (rollout === undefined || rollout.status === 'STOPPED') return rollout;
  const stop = stopOf(rollout, await deps.rollouts.nights(rolloutId), isAway);
  if (stop === undefined) return rollout;
  const stopped = await deps.transaction(async (tx) => {
    const found = await tx.rollouts.lock(rolloutId);
    if (found === undefined || found.status === 'STOPPED') return found;
    return decideAndAppend(tx, streamOfRollout(rolloutId, found, deps.settings.workerId), (): Decision<RolloutEvent> => [
      { type: 'RolloutStopped', data: stop },
    ]);
  });
  return stopped === undefined || isRejection(stopped) ? undefined : stopped;
}

/** Why a rollout is to stop by itself, by all of its figures first and then by those of each night: one bad night is not to be hidden by good ones. */
function stopOf({ request, judged }: Rollout, nights: readonly NightFigures[], isAway: boolean): RolloutStop | undefined {
  const recordDate = nights.at(-1)?.recordDate;
  const when = recordDate === undefined ? {} : { recordDate };
  if (isAway) return { cause: 'CANDIDATE_AWAY', ...when };
  const all = { figures: sumOf(nights), ...(judged !== null && { judged }) };
  for (const evidence of [all, ...nights]) {
    const passed = passedMeasure(request.thresholds, evidence);
    if (passed !== undefined) return { ...passed, ...when };
  }
  return undefined;
}

/** What all nights came to together. */
export function sumOf(nights: readonly NightFigures[]): ByArm<ArmFigures> {
  return nights.reduce((sum, { figures }) => addedFigures(sum, figures), { CANDIDATE: NO_FIGURES, IN_FORCE: NO_FIGURES });
}

/** Looks at the rollout of a chunk whenever a part of it is written. */
export class RolloutWatch {
  private isTold = false;

  constructor(
    private readonly deps: Watching & Pick<Deps, 'onSetback'>,
    private readonly generator: ArmsGenerator,
  ) {}

  /** A look that fails costs no advice: the next one, or a worker's sweep, sees the same. It is told once a chunk, since every part of it looks. */
  async look(): Promise<void> {
    const { generator, deps } = this;
    try {
      const rollout = await watchRollout(deps, generator.rolloutId, generator.isAway);
      if (rollout?.status === 'STOPPED') generator.end();
    } catch (error) {
      if (!this.isTold) deps.onSetback('LOOK_AT_ROLLOUT', error);
      this.isTold = true;
    }
  }
}
