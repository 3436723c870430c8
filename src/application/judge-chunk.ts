import { reasonsToSkip } from '../domain/eligibility.js';
import type { FailureCode, GeneratorName, Outcome, SkipReason } from '../domain/outcome.js';
import type { Generated, InterventionBatch, Patient } from './ports.js';
import type { ChunkWork } from './process-chunk.js';

/** What an advice leaves behind once its row is encoded. `row` is its place in the batch. */
export interface Advised {
  readonly row: number;
  readonly attempts: number;
  readonly durationMs: number;
  readonly fallbackOf?: GeneratorName;
}

/** A user's outcome that is settled, or advice whose row may still meet another. */
export type Judged = { readonly userId: number; readonly outcome: Outcome } | { readonly userId: number; readonly advised: Advised };

interface Material {
  readonly patients: readonly Patient[];
  readonly batch: InterventionBatch;
  readonly signal: AbortSignal;
}

/** Judges each patient's standing and generates for the eligible, as many at once as the generator takes. @returns undefined when `signal` asked to stop */
export async function judgeChunk(work: ChunkWork, { patients, batch, signal }: Material): Promise<Judged[] | undefined> {
  const judged: Judged[] = Array.from({ length: patients.length });
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < patients.length && !signal.aborted; at = next++) {
      if (at % SLICE === SLICE - 1) await breathe();
      const patient = patients[at] as Patient;
      const verdict = judge(work, patient, signal);
      // Only what waits for an answer is awaited: a generator that computes goes through a chunk in one go.
      const generated = verdict instanceof Promise ? await verdict : verdict;
      judged[at] = settle(patient.inputs.userId, generated, batch);
    }
  };
  await Promise.all(Array.from({ length: work.generator.concurrency }, lane));
  return signal.aborted ? undefined : judged;
}

/** Users after which other lanes may have the thread: their statements would otherwise wait for a whole chunk of rules, and PostgreSQL with them. */
const SLICE = 50;

function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

type Verdict = Generated | { readonly status: 'skipped'; readonly reasons: readonly SkipReason[] };

function judge(work: ChunkWork, { standing, inputs }: Patient, signal: AbortSignal): Verdict | Promise<Verdict> {
  const reasons = reasonsToSkip(standing, work.program, work.request.onExisting === 'REGENERATE');
  if (reasons.length > 0) return { status: 'skipped', reasons };
  try {
    const generated = work.generator.generate(inputs, work.program, signal);
    return generated instanceof Promise ? generated.catch(() => CRASHED) : generated;
  } catch {
    return CRASHED; // the error's text may quote a record: the code is all that leaves here
  }
}

const CRASHED: Generated = { status: 'failed', code: 'GENERATOR_ERROR', retryable: false, attempts: 1 };

function settle(userId: number, verdict: Verdict, batch: InterventionBatch): Judged {
  if (verdict.status === 'skipped') return { userId, outcome: { type: 'UserSkipped', data: { reasons: verdict.reasons } } };
  if (verdict.status === 'failed') return failed(userId, verdict);
  const { row, attempts, durationMs, fallbackOf } = verdict;
  const place = batch.size;
  batch.add(userId, row);
  return { userId, advised: { row: place, attempts, durationMs, ...(fallbackOf && { fallbackOf }) } };
}

function failed(userId: number, { code, retryable, attempts }: { code: FailureCode; retryable: boolean; attempts: number }): Judged {
  return { userId, outcome: { type: 'UserFailed', data: { code, retryable, attempts } } };
}
