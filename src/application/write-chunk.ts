import { tallyOf, type Outcome } from '../domain/outcome.js';
import { chunkStream } from '../domain/run/stream-names.js';
import type { Advised, Judged } from './judge-chunk.js';
import type { InterventionBatch, NewEvent, Transaction, Written } from './ports.js';
import type { ChunkWork } from './process-chunk.js';

/** What a chunk came to. */
export interface ChunkResult {
  readonly judged: readonly Judged[];
  readonly batch: InterventionBatch;
  readonly actor: string;
  /** `performance.now()` when work on it began. */
  readonly began: number;
}

/** Writes a chunk: interventions, then one outcome event per user and `ChunkCompleted`, then the counters. The caller holds the fence. */
export async function writeChunk(tx: Transaction, { claim, request, generator }: ChunkWork, chunk: ChunkResult): Promise<void> {
  const { runId, month } = claim;
  const written = request.dryRun ? undefined : await tx.interventions.write(chunk.batch, request.onExisting === 'REGENERATE');
  const outcomes = chunk.judged.map((one) => ('outcome' in one ? one.outcome : outcomeOf(one.advised, generator.name, written)));
  const tally = tallyOf(outcomes);
  const events: NewEvent[] = outcomes.map(({ type, data }, at) => ({ type, data, userId: (chunk.judged[at] as Judged).userId }));
  const durationMs = Math.round(performance.now() - chunk.began);
  events.push({ type: 'ChunkCompleted', data: { chunk: claim.chunk, fence: claim.fence, durationMs, ...tally } });
  const target = { stream: chunkStream(runId, claim.chunk), expectedVersion: 0, month, runId, actor: chunk.actor, correlationId: runId };
  await tx.log.append(target, events);
  await tx.chunks.finish(claim, tally);
}

function outcomeOf(advised: Advised, generator: ChunkWork['generator']['name'], written: readonly Written[] | undefined): Outcome {
  const { row, attempts, durationMs, fallbackOf } = advised;
  const result = written?.[row];
  if (result?.status === 'exists') return { type: 'UserSkipped', data: { reasons: ['INTERVENTION_EXISTS'] } };
  if (result?.status === 'unwritable') return { type: 'UserFailed', data: { code: 'UNWRITABLE_ADVICE', retryable: false, attempts } };
  const interventionId = result?.interventionId ?? null; // null in a dry run, which writes none
  return { type: 'InterventionGenerated', data: { interventionId, generator, attempts, durationMs, ...(fallbackOf && { fallbackOf }) } };
}
