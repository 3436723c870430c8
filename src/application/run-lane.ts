import { appendRunEvents } from './append-run-events.js';
import { cancelChunk } from './cancel-chunk.js';
import { completeRun } from './complete-run.js';
import { keepLease } from './keep-lease.js';
import { LaneRoom } from './lane-room.js';
import { pauseAfterFailures, pauseWithoutGenerator } from './pause-run.js';
import type { ClaimedChunk, Deps } from './ports.js';
import { processChunk, type ChunkEnd } from './process-chunk.js';
import { killsWorkers, rescueChunk } from './rescue-chunk.js';

/** What became of a claim: work was done, the chunk must be worked on alone, there was none, or none was asked for any more. */
type ClaimEnd = 'WORKED' | 'SUSPECT' | 'NONE' | 'STOPPED';

/** Claims and processes chunks of a run until none is left or `signal` asks to stop; the lane that finds the last one done ends the run. */
export async function runLane(deps: Deps, runId: string, signal: AbortSignal): Promise<void> {
  const room = roomOf(deps);
  while (!signal.aborted) {
    let end = await room.beside(() => claimNext(deps, runId, signal, { isAlone: false }));
    if (end === 'SUSPECT') end = await room.alone(() => claimNext(deps, runId, signal, { isAlone: true }));
    if (end === 'NONE') {
      await completeRun(deps, runId);
      return;
    }
  }
}

async function claimNext(deps: Deps, runId: string, signal: AbortSignal, { isAlone }: { isAlone: boolean }): Promise<ClaimEnd> {
  if (signal.aborted) return 'STOPPED'; // while it waited for its turn
  const { workerId, leaseMs, chunkTakeovers } = deps.settings;
  const claim = await deps.retrying(() => deps.lanes.claim(runId, workerId, leaseMs), signal);
  if (claim === undefined) return 'NONE';
  if (claim.cancelled) await cancelChunk(deps, claim);
  else if (killsWorkers(claim, chunkTakeovers)) await rescue(deps, claim);
  else if (claim.suspect && !isAlone) {
    await deps.retrying(() => deps.lanes.release(claim), signal);
    return 'SUSPECT';
  } else await work(deps, claim, signal);
  deps.progress.changed(runId);
  return 'WORKED';
}

async function rescue(deps: Deps, claim: ClaimedChunk): Promise<void> {
  if (await rescueChunk(deps, claim)) await deps.bell.openLanes(claim.runId, await deps.lanes.capacity());
}

async function work(deps: Deps, claim: ClaimedChunk, signal: AbortSignal): Promise<void> {
  await startOnce(deps, claim.runId);
  const end = await processLeased(deps, claim, signal);
  if (end.status === 'unavailable') await pauseWithoutGenerator(deps, claim.runId, end.reason);
  else if (end.failures) await pauseAfterFailures(deps, claim.runId);
}

async function processLeased(deps: Deps, claim: ClaimedChunk, stopping: AbortSignal): Promise<ChunkEnd> {
  const lease = keepLease(deps, claim);
  try {
    const end = await processChunk(deps, claim, { stopping, lost: lease.lost });
    if (end.status !== 'judged') await deps.lanes.release(claim);
    return end;
  } catch (error) {
    await deps.lanes.release(claim).catch(() => undefined);
    throw error;
  } finally {
    lease.stop();
  }
}

const rooms = new WeakMap<Deps, LaneRoom>();

/** One for the process, whatever runs its lanes are of. */
function roomOf(deps: Deps): LaneRoom {
  const known = rooms.get(deps) ?? new LaneRoom();
  rooms.set(deps, known);
  return known;
}

const started = new WeakMap<Deps, Set<string>>();

async function startOnce(deps: Deps, runId: string): Promise<void> {
  const known = started.get(deps) ?? new Set<string>();
  started.set(deps, known);
  if (known.has(runId)) return;
  await deps.transaction(async (tx) => {
    const stored = await tx.runs.lock(runId);
    if (stored?.run.startedAt !== null) return;
    await appendRunEvents(tx, stored, [{ type: 'RunStarted', data: {} }], deps.settings.workerId);
  });
  known.add(runId);
  if (known.size > 100) known.delete(known.values().next().value ?? '');
}
