import type { Program } from '../../domain/program.js';
import type { RunRequest } from '../../domain/run/run-events.js';
import type { ClaimedChunk, Generator } from '../ports.js';

/** A claimed chunk and what its run asked for. */
export interface ChunkWork {
  readonly claim: ClaimedChunk;
  readonly request: RunRequest;
  readonly program: Program;
  readonly generator: Generator;
}
