import type { LocalDate } from '../domain/local-date.js';
import type { Program } from '../domain/program.js';
import type { RunRequest } from '../domain/run/run-events.js';
import { judgeChunk, type Judged } from './judge-chunk.js';
import type { ClaimedChunk, Deps, Generator, InterventionBatch } from './ports.js';
import { writeChunk } from './write-chunk.js';

/** A claimed chunk and what its run asked for. */
export interface ChunkWork {
  readonly claim: ClaimedChunk;
  readonly request: RunRequest;
  readonly program: Program;
  readonly generator: Generator;
}

/**
 * Judges and generates a chunk outside any transaction, then writes all of it in one: interventions, outcomes, counters, under the fence.
 *
 * @returns false when nothing was written: the run does not go on, the claim was lost, or `signal` asked to stop before the write.
 */
export async function processChunk(deps: Deps, claim: ClaimedChunk, signal: AbortSignal): Promise<boolean> {
  const began = performance.now();
  const stored = await deps.lanes.find(claim.runId);
  if (stored === undefined) return false;
  const { request } = stored.run;
  const work = { claim, request, program: known(deps.programs, request.program), generator: known(deps.generators, request.generator) };
  const patients = await deps.records.patients(claim.userIds, request.recordDate as LocalDate, work.program);
  const batch = deps.newBatch();
  try {
    const judged = await judgeChunk(work, { patients, batch, signal });
    return judged !== undefined && (await writeUnderFence(deps, work, { judged, batch, began }));
  } finally {
    batch.release();
  }
}

function writeUnderFence(
  deps: Deps,
  work: ChunkWork,
  chunk: { judged: readonly Judged[]; batch: InterventionBatch; began: number },
): Promise<boolean> {
  return deps.transaction(async (tx) => {
    if (!(await tx.chunks.holdsFence(work.claim))) return false;
    await writeChunk(tx, work, { ...chunk, actor: deps.settings.workerId });
    return true;
  });
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${String(key)} is not available in this worker: start it with the configuration of the others`);
  return value;
}
