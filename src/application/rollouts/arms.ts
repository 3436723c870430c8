import type { GeneratorName } from '../../domain/outcome.js';
import type { Share } from '../../domain/rollout/arm.js';
import type { Rollout } from '../../domain/rollout/rollout.js';
import type { AskedOfChunk, CandidateSeat, Deps, Generator } from '../ports.js';

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
