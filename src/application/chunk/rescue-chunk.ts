import type { Outcome } from '../../domain/outcome.js';
import { splitUsers } from '../../domain/run/chunks.js';
import { append } from '../decide-and-append.js';
import { streamOfRun } from '../written-streams.js';
import type { ClaimedChunk, Deps, HeldChunk, StoredRun, Transaction } from '../ports.js';
import { recordOutcomes } from './write-part.js';

/** Whether owner after owner vanished with this chunk; of one that was split off such a chunk, a single owner is enough. */
export function killsWorkers({ takeovers, suspect }: ClaimedChunk, most: number): boolean {
  return takeovers >= (suspect ? 1 : most);
}

/**
 * Takes the danger out of a chunk that kills its workers: splits it, so that only the part at fault is met again, and in the end fails the one user
 * whose work does it, as `CRASHED_WORKER`. @returns whether there is more to work on, for more lanes
 */
export function rescueChunk(deps: Pick<Deps, 'settings' | 'transaction'>, claim: ClaimedChunk): Promise<boolean> {
  return deps.transaction(async (tx) => {
    // The run first, alone: two lanes that held their chunks before it would wait for each other.
    const stored = await tx.runs.lock(claim.runId);
    const held = await tx.chunks.hold(claim);
    if (stored === undefined || held === undefined || held.cancelled) return false;
    if (held.userIds.length > 1) return split(deps, tx, { claim, held, stored });
    if (!claim.suspect) {
      // Others may have died beside it: it is worked on alone before it is blamed.
      await tx.chunks.suspect(claim);
      return true;
    }
    const outcome: Outcome = { type: 'UserFailed', data: { code: 'CRASHED_WORKER', retryable: true, attempts: claim.takeovers } };
    const users = held.userIds.map((userId) => ({ userId }));
    const outcomes = users.map(() => outcome);
    await recordOutcomes(tx, { claim, outcomes, users, held, remaining: [], durationMs: 0, actor: deps.settings.workerId });
    return false;
  });
}

async function split(
  deps: Pick<Deps, 'settings'>,
  tx: Transaction,
  { claim, held, stored }: { claim: ClaimedChunk; held: HeldChunk; stored: StoredRun },
): Promise<boolean> {
  if (stored.run.chunkCount === null) return false;
  const [kept, ...parts] = splitUsers(held.userIds);
  if (kept === undefined) return false;
  // The chunk keeps the users that it was split down to, and the users with an outcome in it.
  const roster = (await tx.chunks.rosterOf(claim)) - held.userIds.length + kept.userIds.length;
  const left = { after: 0, through: roster, roster };
  const first = stored.run.chunkCount;
  await tx.chunks.shrink(claim, { chunk: left, userIds: kept.userIds });
  await tx.chunks.plan(claim.runId, claim.month, parts, { first, suspect: true });
  if (claim.asked.mode === 'BATCH') await tx.batches.share(claim, first, parts.length);
  const data = { chunk: claim.chunk, kept: left, first, parts: parts.map(({ chunk }) => chunk) };
  await append(tx, streamOfRun(stored, deps.settings.workerId), [{ type: 'ChunkSplit', data }]);
  return true;
}
