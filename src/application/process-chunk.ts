import { reasonsToSkip } from '../domain/eligibility.js';
import { tallyOf, type Outcome } from '../domain/outcome.js';
import type { Program } from '../domain/program.js';
import type { RunRequest } from '../domain/run/run-events.js';
import { chunkStream } from '../domain/run/stream-names.js';
import type { ClaimedChunk, Deps, Generated, Generator, NewEvent, NewIntervention, Patient, Transaction, Written } from './ports.js';

/** What is to be written of one user: an outcome that is settled, or advice whose row may still meet another. */
type Judged = { readonly userId: number; readonly outcome: Outcome } | { readonly userId: number; readonly advice: Extract<Generated, { status: 'generated' }> };

interface Work {
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
  const patients = await deps.records.patients(claim.userIds, request.recordDate as Patient['inputs']['recordDate'], work.program);
  const judged = await judgeAll(work, patients, signal);
  if (judged === undefined) return false;
  return deps.transaction(async (tx) => {
    if (!(await tx.chunks.holdsFence(claim))) return false;
    await write(tx, work, { judged, actor: deps.settings.workerId, began });
    return true;
  });
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${String(key)} is not available in this worker: start it with the configuration of the others`);
  return value;
}

async function judgeAll(work: Work, patients: readonly Patient[], signal: AbortSignal): Promise<Judged[] | undefined> {
  const judged: Judged[] = new Array<Judged>(patients.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < patients.length && !signal.aborted; at = next++) {
      const one = judge(work, patients[at] as Patient, signal);
      judged[at] = one instanceof Promise ? await one : one;
    }
  };
  await Promise.all(Array.from({ length: work.generator.concurrency }, lane));
  return signal.aborted ? undefined : judged;
}

function judge(work: Work, { standing, inputs }: Patient, signal: AbortSignal): Judged | Promise<Judged> {
  const { userId } = inputs;
  const reasons = reasonsToSkip(standing, work.program, work.request.onExisting === 'REGENERATE');
  if (reasons.length > 0) return { userId, outcome: { type: 'UserSkipped', data: { reasons } } };
  try {
    const generated = work.generator.generate(inputs, work.program, signal);
    if (!(generated instanceof Promise)) return judgedOf(userId, generated);
    return generated.then(
      (advice) => judgedOf(userId, advice),
      () => crashed(userId),
    );
  } catch {
    return crashed(userId); // its text may quote a record: the code is all that leaves here
  }
}

function judgedOf(userId: number, generated: Generated): Judged {
  if (generated.status === 'generated') return { userId, advice: generated };
  const { code, retryable, attempts } = generated;
  return { userId, outcome: { type: 'UserFailed', data: { code, retryable, attempts } } };
}

function crashed(userId: number): Judged {
  return { userId, outcome: { type: 'UserFailed', data: { code: 'GENERATOR_ERROR', retryable: false, attempts: 1 } } };
}

async function write(tx: Transaction, work: Work, chunk: { judged: readonly Judged[]; actor: string; began: number }): Promise<void> {
  const { claim, request } = work;
  const rows: NewIntervention[] = [];
  for (const one of chunk.judged) if ('advice' in one) rows.push({ userId: one.userId, row: one.advice.row });
  const written = request.dryRun ? undefined : await tx.interventions.write(rows, request.onExisting === 'REGENERATE');
  let row = 0;
  const outcomes = chunk.judged.map((one) => ('outcome' in one ? one.outcome : outcomeOf(one.advice, work.generator, written?.[row++])));
  const tally = tallyOf(outcomes);
  const events: NewEvent[] = outcomes.map(({ type, data }, at) => ({ type, data, userId: chunk.judged[at]?.userId ?? 0 }));
  const durationMs = Math.round(performance.now() - chunk.began);
  events.push({ type: 'ChunkCompleted', data: { chunk: claim.chunk, fence: claim.fence, durationMs, ...tally } });
  const { runId, month } = claim;
  const target = { stream: chunkStream(runId, claim.chunk), expectedVersion: 0, month, runId, actor: chunk.actor, correlationId: runId };
  await tx.log.append(target, events);
  await tx.chunks.finish(claim, tally);
}

function outcomeOf(advice: Extract<Generated, { status: 'generated' }>, generator: Generator, written: Written | undefined): Outcome {
  const { attempts, durationMs, fallbackOf } = advice;
  if (written?.status === 'exists') return { type: 'UserSkipped', data: { reasons: ['INTERVENTION_EXISTS'] } };
  if (written?.status === 'unwritable') return { type: 'UserFailed', data: { code: 'UNWRITABLE_ADVICE', retryable: false, attempts } };
  const interventionId = written === undefined ? null : written.interventionId;
  return { type: 'InterventionGenerated', data: { interventionId, generator: generator.name, attempts, durationMs, ...(fallbackOf && { fallbackOf }) } };
}
