import type { Outcome } from '../../domain/outcome.js';
import type { ClaimedChunk, Deps } from '../ports.js';
import { recordOutcomes } from './write-part.js';

const CANCELLED: Outcome = { type: 'UserCancelled', data: {} };

/** Ends a chunk of a run that was told to end: whoever has no outcome yet is recorded as cancelled. */
export async function cancelChunk(deps: Pick<Deps, 'settings' | 'transaction'>, claim: ClaimedChunk): Promise<void> {
  const began = performance.now();
  await deps.transaction(async (tx) => {
    const held = await tx.chunks.hold(claim);
    if (held === undefined) return;
    const users = held.userIds.map((userId) => ({ userId }));
    const durationMs = performance.now() - began;
    const outcomes = users.map(() => CANCELLED);
    await recordOutcomes(tx, { claim, outcomes, users, held, remaining: [], durationMs, actor: deps.settings.workerId });
  });
}
