import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { GeneratorName } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
import { armOf, type Arm, type Share } from '../../domain/rollout/arm.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import type { AskedOfChunk, CandidateSeat, Deps, Generated, Generator } from '../ports.js';

/** A rollout that a chunk takes part in, as it stands when work on the chunk begins. */
export interface Arms {
  readonly rolloutId: string;
  readonly share: Share;
  readonly candidate: Generator;
}

/**
 * The rollout that a chunk takes part in. None where no advice is written, where the run asks for another generator than the rollout is measured against, and where this process is configured to try
 * something else: then all of its users get the version in force, and their outcomes name no rollout.
 */
export async function armsFor(
  { rollouts, candidates }: Pick<Deps, 'candidates' | 'rollouts'>,
  asked: AskedOfChunk,
): Promise<Arms | undefined> {
  const version = candidates.version();
  if (version === undefined || asked.dryRun || asked.shadow) return undefined;
  const rollout = await rollouts.going(asked.program);
  if (rollout === undefined || !takesPart(rollout, asked.generator) || rollout.request.candidate.fingerprint !== version.fingerprint)
    return undefined;
  const candidate = candidates.generatorFor(rollout.rolloutId);
  if (candidate === undefined) return undefined;
  return { rolloutId: rollout.rolloutId, share: { seed: rollout.request.seed, sharePercent: rollout.sharePercent }, candidate };
}

function takesPart({ request }: Rollout, generator: GeneratorName): boolean {
  return request.inForce.generator === generator;
}

/** Of a process that is configured to try nothing. */
export const NO_CANDIDATE: CandidateSeat = {
  version: () => undefined,
  inForce: (generator) => ({ generator, vocabulary: 'points-none', fingerprint: '0'.repeat(16) }),
  generatorFor: () => undefined,
};

/** What one user's generation is made of. */
type Asked = Parameters<Generator['generate']>;

/**
 * The generator of a chunk under a rollout: each user is written for by the side that their place gives, and the outcome says by which. A candidate that serves no user costs none a night and pauses no
 * run: the version in force writes in its place, for this user and all that come after in the chunk.
 */
export class ArmsGenerator implements Generator {
  readonly name: Generator['name'];
  readonly concurrency: number;
  readonly partUsers: number;
  #isAway = false;
  #isOver = false;

  constructor(
    private readonly inForce: Generator,
    private readonly arms: Arms,
  ) {
    const { candidate, share } = arms;
    this.name = inForce.name;
    this.concurrency = Math.max(inForce.concurrency, candidate.concurrency);
    // As many of the candidate's users as it would have in a part of its own.
    const ofCandidate = ((candidate.partUsers ?? Number.POSITIVE_INFINITY) * 100) / share.sharePercent;
    this.partUsers = Math.ceil(Math.min(inForce.partUsers ?? Number.POSITIVE_INFINITY, ofCandidate));
  }

  get rolloutId(): string {
    return this.arms.rolloutId;
  }

  /** Whether the candidate did not serve a user whom the version in force served. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** The rollout was stopped: all users that come get the version in force. */
  end(): void {
    this.#isOver = true;
  }

  generate(...asked: Asked): Promise<Generated> | Generated {
    const [{ userId }] = asked;
    const isTried = !this.#isAway && !this.#isOver && armOf(this.arms.share, userId) === 'CANDIDATE';
    return isTried ? this.#byCandidate(asked) : this.#byInForce(asked);
  }

  #byInForce(asked: Asked): Promise<Generated> | Generated {
    const generated = this.inForce.generate(...asked);
    return generated instanceof Promise ? generated.then((each) => this.#marked(each, 'IN_FORCE')) : this.#marked(generated, 'IN_FORCE');
  }

  async #byCandidate(asked: Asked): Promise<Generated> {
    const generated = await this.#tried(...asked);
    if (generated.status !== 'unavailable') return this.#marked(generated, 'CANDIDATE');
    const instead = await this.#byInForce(asked);
    // Where neither serves, nothing speaks against the candidate: the database that keeps budgets may be away.
    if (instead.status !== 'unavailable') this.#isAway = true;
    return instead;
  }

  /** A candidate that throws has failed this user, and is told as its failure. */
  async #tried(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> {
    try {
      return await this.arms.candidate.generate(inputs, program, signal, runId);
    } catch (error) {
      if (signal.aborted) throw error;
      return { status: 'failed', code: 'GENERATOR_ERROR', retryable: false, attempts: 1 };
    }
  }

  #marked(generated: Generated, arm: Arm): Generated {
    if (generated.status === 'unavailable') return generated;
    return { ...generated, trace: { ...generated.trace, rollout: { id: this.arms.rolloutId, arm } } };
  }
}
