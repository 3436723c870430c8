import type { Outcome } from '../../domain/outcome.js';
import type { ClaimedChunk, Deps } from '../ports.js';
import { recordOutcomes } from './write-part.js';

const CANCELLED: Outcome = { type: 'UserCancelled', data: {} };

/** Ends a chunk of a run that was told to end: each user without an outcome is recorded as cancelled. */
export async function cancelChunk(deps: Pick<Deps, 'elapsed' | 'settings' | 'transaction'>, claim: ClaimedChunk): Promise<void> {
  const began = deps.elapsed();
  await deps.transaction(async (tx) => {
    const held = await tx.chunks.hold(claim);
    if (held === undefined) return;
    const users = held.userIds.map((userId) => ({ userId }));
    const durationMs = deps.elapsed() - began;
    const outcomes = users.map(() => CANCELLED);
    await recordOutcomes(tx, { claim, outcomes, users, held, remaining: [], durationMs, actor: deps.settings.workerId });
  });
}
