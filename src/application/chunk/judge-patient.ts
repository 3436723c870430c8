import { reasonsToSkip } from '../../domain/eligibility.js';
import type { SkipReason } from '../../domain/outcome.js';
import type { Generated, Patient } from '../ports.js';
import type { ChunkWork } from './chunk-work.js';

/** What becomes of a user: advice, a failure, reasons for none, or nothing yet because the generator serves nobody. */
export type Verdict = Generated | { readonly status: 'skipped'; readonly reasons: readonly SkipReason[] };

/** Judges a patient's standing and generates for the eligible. A generator that throws has failed this user and nobody else. */
export function judgePatient(work: ChunkWork, { standing, inputs }: Patient, signal: AbortSignal): Verdict | Promise<Verdict> {
  const reasons = reasonsToSkip(standing, work.program, work.request.onExisting === 'REGENERATE' || work.request.shadow === true);
  if (reasons.length > 0) return { status: 'skipped', reasons };
  try {
    const generated = work.generator.generate(inputs, work.program, signal, work.claim.runId);
    return generated instanceof Promise ? generated.catch(() => CRASHED) : generated;
  } catch {
    return CRASHED; // the error's text may quote a record: the code is all that leaves here
  }
}

const CRASHED: Generated = { status: 'failed', code: 'GENERATOR_ERROR', retryable: false, attempts: 1 };
