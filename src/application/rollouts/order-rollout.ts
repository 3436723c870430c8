import { because } from '../../domain/refusals.js';
import { reject, type Rejection } from '../../domain/rejection.js';
import { decideOrder, type OrderRollout } from '../../domain/rollout/decide-rollout.js';
import type { JudgedByArm } from '../../domain/rollout/rollout-events.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import { decideAndAppend, type Decision } from '../decide-and-append.js';
import type { RolloutEvent } from '../../domain/rollout/rollout-events.js';
import type { Deps } from '../ports.js';
import { streamOfRollout } from '../written-streams.js';
import { watchRollout, type Watching } from './watch-rollouts.js';

/** An order about a rollout, with its actor. */
export interface RolloutOrder {
  readonly rolloutId: string;
  readonly asked: OrderRollout;
  readonly actor: string;
}

/** Changes a rollout's share, stops it or promotes it. Chunks that are begun from now on go by it. */
export function orderRollout(deps: Pick<Deps, 'transaction'>, { rolloutId, asked, actor }: RolloutOrder): Promise<Rollout | Rejection> {
  return decideAbout(deps, { rolloutId, actor }, (rollout) => decideOrder(rollout, asked));
}

/** Records what an independent look at saved rows came to, over all of the rollout, and stops it where that says so. */
export async function recordJudged(
  deps: Watching,
  { rolloutId, judged, actor }: { readonly rolloutId: string; readonly judged: JudgedByArm; readonly actor: string },
): Promise<Rollout | Rejection> {
  const data = { candidate: judged.CANDIDATE, inForce: judged.IN_FORCE };
  const recorded = await decideAbout(deps, { rolloutId, actor }, () => [{ type: 'RolloutJudged', data }]);
  if ('code' in recorded) return recorded;
  return (await watchRollout(deps, rolloutId)) ?? recorded;
}

function decideAbout(
  deps: Pick<Deps, 'transaction'>,
  { rolloutId, actor }: Pick<RolloutOrder, 'rolloutId' | 'actor'>,
  decide: (rollout: Rollout) => Decision<RolloutEvent>,
): Promise<Rollout | Rejection> {
  return deps.transaction(async (tx) => {
    const found = await tx.rollouts.lock(rolloutId);
    if (found === undefined) return reject('ROLLOUT_NOT_FOUND', because('ROLLOUT_NOT_FOUND', { rollout: rolloutId }));
    return decideAndAppend(tx, streamOfRollout(rolloutId, found, actor), decide);
  });
}
