import type { GeneratorName } from '../../domain/outcome.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import { decideStart, type StartRollout } from '../../domain/rollout/decide-rollout.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import { refuseUnavailable } from '../../domain/run/decide-request.js';
import { append } from '../decide-and-append.js';
import { refuseKey, refuseReused, takeKey, type KeyedCaller } from '../idempotency.js';
import type { Deps, Transaction } from '../ports.js';
import { orRejection, Refused } from '../refused.js';
import { streamOfRollout } from '../written-streams.js';

/** An order to begin a rollout, and what runs take part: those that ask for this generator. Default: the one that is configured. */
export type OrderedRollout = StartRollout & { readonly against?: GeneratorName };

/** What rollouts are begun with. */
export type Starting = Pick<Deps, 'candidates' | 'generators' | 'newId' | 'programs' | 'settings' | 'transaction' | 'words'>;

/** A rollout that began, or (`repeated`) the one an earlier request with this key had begun. */
export interface RolloutAccepted {
  readonly status: 'accepted';
  readonly rollout: Rollout;
  readonly repeated: boolean;
}

/** Begins a rollout: chunks that are begun from now on give its share of their users the candidate. */
export async function startRollout(deps: Starting, order: OrderedRollout, caller: KeyedCaller): Promise<RolloutAccepted | Rejection> {
  const refusal =
    refuseKey(caller) ??
    refuseUnavailable(
      { program: order.program, ...(order.against !== undefined && { generator: order.against }) },
      { generators: [...deps.generators.keys()], programs: [...deps.programs.keys()] },
    );
  if (refusal !== undefined) return refusal;
  await deps.words.renew(); // a candidate whose prompt was recalled is none, also for a process that writes no advice
  return orRejection(() => deps.transaction((tx) => decide(deps, tx, { order, caller })));
}

interface Ask {
  readonly order: OrderedRollout;
  readonly caller: KeyedCaller;
}

async function decide(deps: Starting, tx: Transaction, { order, caller }: Ask): Promise<RolloutAccepted | Rejection> {
  const rolloutId = deps.newId();
  const earlier = await takeKey(tx, caller, { id: rolloutId, order: { rollout: order } });
  if (earlier !== undefined) return isRejection(earlier) ? earlier : earlierRollout(tx, earlier.earlierId);
  const { against = deps.settings.generator, ...asked } = order;
  const going = await tx.rollouts.lockProgram(order.program);
  const facts = { rolloutId, candidate: deps.candidates.version(), inForce: deps.candidates.inForce(against), going };
  const decision = decideStart(asked, facts);
  if (isRejection(decision)) throw new Refused(decision);
  const stream = streamOfRollout(rolloutId, undefined, caller.actor);
  return { status: 'accepted', rollout: await append(tx, stream, [{ type: 'RolloutStarted', data: decision }]), repeated: false };
}

async function earlierRollout(tx: Transaction, rolloutId: string): Promise<RolloutAccepted | Rejection> {
  const rollout = await tx.rollouts.lock(rolloutId);
  if (rollout === undefined) return refuseReused(rolloutId);
  return { status: 'accepted', rollout, repeated: true };
}
