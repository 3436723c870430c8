import type { LocalDate } from '../../domain/local-date.js';
import { ChunkPart } from './chunk-part.js';
import { ComparingGenerator } from './comparing-generator.js';
import { judgeChunk, type JudgingEnd } from './judge-chunk.js';
import type { ClaimedChunk, Deps, Generator } from '../ports.js';
import type { ChunkWork } from './chunk-work.js';
import { PartWriter } from './write-part.js';

/** When work on a chunk must end before its time. */
export interface ChunkSignals {
  /** Nothing more is to be judged; what is ready is still written. */
  readonly stopping: AbortSignal;
  /** The claim cannot be counted on any more: nothing is written. */
  readonly lost: AbortSignal;
}

/** How work on a chunk ended. `failures` says that users failed in it. */
export type ChunkEnd = JudgingEnd & { readonly failures: boolean };

/**
 * Judges and generates a chunk outside any transaction, and writes it in parts, each in one transaction under the fence: interventions, outcomes,
 * counters.
 */
export async function processChunk(deps: Deps, claim: ClaimedChunk, { stopping, lost }: ChunkSignals): Promise<ChunkEnd> {
  const stored = await deps.retrying(() => deps.runs.find(claim.runId), stopping);
  if (stored === undefined) return { status: 'stopped', failures: false };
  const { request } = stored.run;
  const program = known(deps.programs, request.program);
  const generator = await deps.retrying(() => generatorFor(deps, claim, { request, program }), stopping);
  const work = { claim, request, program, generator };
  const patients = await deps.retrying(() => deps.records.patients(claim.userIds, request.recordDate as LocalDate, work.program), stopping);
  const writer = new PartWriter(deps, work, lost);
  const end = await judgeChunk(work, {
    patients,
    newPart: () => new ChunkPart(deps.newBatch(), deps.elapsed()),
    write: (part) => writer.write(part),
    signal: AbortSignal.any([stopping, lost]),
  });
  return { ...end, failures: writer.failures };
}

/** The run's generator; in a shadow run, with what is saved beside it. */
async function generatorFor(
  deps: Pick<Deps, 'generators' | 'records'>,
  { userIds }: ClaimedChunk,
  { request, program }: Pick<ChunkWork, 'request' | 'program'>,
): Promise<Generator> {
  const generator = known(deps.generators, request.generator);
  if (request.shadow !== true) return generator;
  return new ComparingGenerator(generator, await deps.records.saved(userIds, request.recordDate as LocalDate, program));
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${String(key)} is not available in this worker: start it with the configuration of the others`);
  return value;
}
