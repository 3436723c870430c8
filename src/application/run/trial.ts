import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { Program } from '../../domain/program.js';
import { keepLease } from '../chunk/keep-lease.js';
import { NO_CANDIDATE } from '../rollouts/arms.js';
import type { ClaimedChunk, Generated, Generator, GeneratorStanding, Trying } from '../ports.js';
import { processChunk } from '../chunk/process-chunk.js';
import { start } from './start-run.js';

/** What a trial showed: the generator served a user, or none, or there was no user to try it with. */
export type TrialEnd = { readonly status: 'SERVED' | 'NOBODY_TO_TRY' } | { readonly status: 'UNAVAILABLE'; readonly reason: string };

/**
 * Tries a generator that failed with the work that failed: users of the run, one at a time, until one is served or it is unavailable again. What comes of
 * it is written like any other work. Does nothing while another process works on the run: one user at a time is enough for all processes.
 */
export async function tryGenerator(deps: Trying, { runId, generator }: Tried, signal: AbortSignal): Promise<TrialEnd> {
  const { workerId, leaseMs } = deps.settings;
  while (!signal.aborted) {
    const claim = await deps.lanes.claimForTrial(runId, workerId, leaseMs);
    if (claim === undefined) break;
    const trial = new TrialGenerator(generator);
    const end = await tryWith(deps, { claim, trial }, signal);
    if (end.status === 'unavailable') return { status: 'UNAVAILABLE', reason: end.reason };
    if (trial.served) return { status: 'SERVED' };
    if (end.status === 'stopped') break;
  }
  return { status: 'NOBODY_TO_TRY' };
}

/** A run, and its generator. */
export interface Tried {
  readonly runId: string;
  readonly generator: Generator;
}

async function tryWith(
  deps: Trying,
  { claim, trial }: { claim: ClaimedChunk; trial: TrialGenerator },
  signal: AbortSignal,
): ReturnType<typeof processChunk> {
  const lease = keepLease(deps, claim);
  // A rollout's candidate has nothing to show here: what failed is the version in force.
  const trying = { ...deps, candidates: NO_CANDIDATE, generators: new Map([...deps.generators, [trial.name, trial]]) };
  try {
    if (!claim.started) await start(deps, claim.runId);
    const end = await processChunk(trying, claim, { stopping: AbortSignal.any([signal, trial.enough]), lost: lease.lost });
    if (end.status !== 'judged') await deps.lanes.release(claim);
    deps.progress.notify(claim.runId);
    return end;
  } catch (error) {
    await deps.lanes.release(claim).catch((failed: unknown) => deps.onSetback('GIVE_BACK', failed));
    throw error;
  } finally {
    lease.stop();
  }
}

/** A generator that one user is tried with. */
class TrialGenerator implements Generator {
  readonly concurrency = 1;
  served = false;
  readonly #enough = new AbortController();

  constructor(private readonly tried: Generator) {}

  get name(): Generator['name'] {
    return this.tried.name;
  }

  /** Aborts when a user was served: what is judged by then is written. */
  get enough(): AbortSignal {
    return this.#enough.signal;
  }

  async generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> {
    if (this.served) return interrupted(signal);
    const generated = await this.tried.generate(inputs, program, signal, runId);
    if (generated.status !== 'unavailable' && !signal.aborted) {
      this.served = true;
      // Not before the caller has taken what this resolves to: a failure that comes after the signal counts as interrupted.
      setImmediate(() => this.#enough.abort(new Error('one user is enough')));
    }
    return generated;
  }
}

/** What a user gets that came too late: nothing, once the signal says so. */
function interrupted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** How it stands with a run's generator; one that is not asked serves. */
export function standingOf(generator: Generator, program: Program): GeneratorStanding {
  return generator.standing?.(program) ?? { status: 'SERVES' };
}
