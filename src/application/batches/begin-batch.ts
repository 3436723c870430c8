import { reasonsToSkip } from '../../domain/eligibility.js';
import { waitUntil } from '../../domain/run/ask-mode.js';
import { nextSlots } from '../../domain/slots/slots.js';
import { armOf } from '../../domain/rollout/arm.js';
import { armsFor } from '../rollouts/arms.js';
import type { AskedLine, NewBatch, StoredBatch, Transaction } from '../ports.js';
import { goesOn, timeFor, waits, type BatchDeps, type BatchStep, type BatchWork } from './batch-work.js';
import { endBatch, tellOfBatch } from './end-batch.js';

/** Longest rest after an order that did not get there, in ms. */
const LONGEST_REST_MS = 3_600_000;

/** Prepares a batch of the chunk's users, says so in the log, and only then sends it. @param earlier orders of the chunk that did not get there: each doubles the rest after the next */
export async function beginBatch(deps: BatchDeps, work: BatchWork, earlier: number): Promise<BatchStep> {
  const { batches, claim, program } = work;
  await deps.words.renew(); // a question with what is recalled would be paid for, and its answer be of no use
  const patients = await deps.records.patients(claim.userIds, claim.asked.recordDate, program);
  const replace = claim.asked.onExisting === 'REGENERATE' || claim.asked.shadow;
  const eligible = patients.filter(({ standing }) => reasonsToSkip(standing, program, replace).length === 0);
  // The candidate of a rollout is asked by calls: what the version in force was asked about its users would be paid for twice.
  const arms = await armsFor(deps, claim.asked);
  const own = arms === undefined ? eligible : eligible.filter(({ inputs }) => armOf(arms.share, inputs.userId) === 'IN_FORCE');
  const lines = batches.questions(own.map(({ inputs }) => inputs));
  if (lines.length === 0) return goesOn(work);
  const prepared = await prepare(deps, work, lines);
  if (prepared === 'STOPPED') return { status: 'STOPPED' };
  if (prepared === 'NO_BATCH') return goesOn(work);
  const step = await send(deps, work, prepared);
  return step.status === 'RESTS' ? rest(work, prepared, earlier) : step;
}

interface Prepared {
  readonly batch: StoredBatch;
  readonly lines: readonly AskedLine[];
  readonly now: Date;
}

function prepare(deps: BatchDeps, work: BatchWork, lines: readonly AskedLine[]): Promise<Prepared | 'STOPPED' | 'NO_BATCH'> {
  const { batches, claim } = work;
  return deps.transaction(async (tx) => {
    const now = await tx.now();
    const until = await untilFor(deps, tx, work, now);
    if (until.getTime() - now.getTime() <= batches.pollMs) return 'NO_BATCH';
    const held = await tx.chunks.hold(claim);
    if (held === undefined || held.cancelled || held.paused) return 'STOPPED';
    const paid = await withinBudget(tx, work, lines);
    if (paid.length === 0) return 'NO_BATCH';
    const made: NewBatch = { key: deps.newKey(), claim, lines: paid, reservedMicros: sumOf(paid), waitUntil: until };
    await tx.batches.prepare(made);
    const { key, reservedMicros } = made;
    const data = { chunk: claim.chunk, key, requests: paid.length, reservedMicros, waitUntil: until.toISOString() };
    await tellOfBatch(tx, claim, { held, actor: deps.settings.workerId, event: { type: 'ModelBatchPrepared', data } });
    const unknown = { ended: null, providerId: null, spentMicros: null, searches: 0, cancelAskedAt: null };
    return { batch: { ...unknown, key, state: 'PREPARED', lines: paid, reservedMicros, waitUntil: until }, lines: paid, now };
  });
}

/** Until when the run waits for its batches. */
async function untilFor(deps: BatchDeps, tx: Transaction, { batches, claim }: BatchWork, now: Date): Promise<Date> {
  const stored = await deps.runs.find(claim.runId);
  const { request, forecast, roster } = stored?.run ?? {};
  const schedule = request?.scheduleId === undefined ? undefined : (await tx.schedules.all()).find(({ scheduleId }) => scheduleId === request.scheduleId); // prettier-ignore
  const callsMs = forecast?.seconds == null ? batches.callsMs(forecast?.eligible ?? roster ?? 0) : forecast.seconds * 1_000;
  return waitUntil({
    now,
    windowMs: batches.windowMs,
    readyBy: request?.readyBy === undefined ? undefined : new Date(request.readyBy),
    nextSlot: schedule?.status === 'ACTIVE' ? nextSlots(schedule.settings, now, 1)[0] : undefined,
    afterwardsMs: batches.cancelMs + callsMs,
  });
}

/** Sets the money aside. Of a budget that does not hold it all, as many lines as fit are asked: the others come afterwards, when it is known what these cost. */
async function withinBudget(tx: Transaction, { batches, claim }: BatchWork, lines: readonly AskedLine[]): Promise<readonly AskedLine[]> {
  const { budgetMicros } = batches;
  if (budgetMicros === undefined || (await tx.batches.reserve(claim.runId, sumOf(lines), budgetMicros))) return lines;
  let left = await tx.batches.left(claim.runId, budgetMicros);
  const beyond = lines.findIndex(({ reservedMicros }) => (left -= reservedMicros) < 0);
  const paid = beyond < 0 ? lines : lines.slice(0, beyond); // money of another lane may have come back meanwhile
  return paid.length > 0 && (await tx.batches.reserve(claim.runId, sumOf(paid), budgetMicros)) ? paid : [];
}

function sumOf(lines: readonly AskedLine[]): number {
  return lines.reduce((sum, { reservedMicros }) => sum + reservedMicros, 0);
}

/** An endpoint that is away for a while should not use up the orders that a chunk has. */
function rest({ batches }: BatchWork, { batch, now }: Prepared, earlier: number): BatchStep {
  const pollMs = Math.min(LONGEST_REST_MS, batches.pollMs * 2 ** earlier);
  return waits({ pollMs }, batch.waitUntil, now);
}

async function send(deps: BatchDeps, work: BatchWork, { batch, lines, now }: Prepared): Promise<BatchStep | { readonly status: 'RESTS' }> {
  const { batches, claim, signal } = work;
  // Beyond the time that it is waited for no order is of use.
  const within = AbortSignal.timeout(timeFor(batches, batch.waitUntil, now));
  const sending = await batches.send(batch.key, lines, AbortSignal.any([signal, within]));
  switch (sending.status) {
    case 'SENT':
      return (await noteSent(deps, work, batch.key, sending.providerId)) ? waits(batches, batch.waitUntil, now) : { status: 'STOPPED' };
    case 'UNKNOWN':
      return waits(batches, batch.waitUntil, now); // and then it is sought
    default: {
      const isMine = await endBatch(deps, claim, batch, { end: sending.status, answered: 0, spentMicros: 0 });
      if (!isMine) return { status: 'STOPPED' };
      return sending.status === 'NOT_SENT' ? { status: 'RESTS' } : goesOn(work);
    }
  }
}

/** Notes under which id the provider has a batch. One that was given up meanwhile, because this process was away for long, is ended there. @returns whether it is still wanted */
export async function noteSent(
  deps: Pick<BatchDeps, 'transaction'>,
  { batches }: Pick<BatchWork, 'batches'>,
  key: string,
  id: string,
): Promise<boolean> {
  // prettier-ignore
  const isWanted = await deps.transaction((tx) => tx.batches.sent(key, id));
  if (isWanted) return true;
  await batches.cancel(id);
  await deps.transaction((tx) => tx.batches.strayed(key, id));
  return false;
}
