import { lowDayOf } from '../../domain/advice/low-day.js';
import { reasonsToSkip } from '../../domain/eligibility.js';
import type { GeneratorName, Outcome, SkipReason, Trace } from '../../domain/outcome.js';
import type { Program } from '../../domain/program.js';
import type { ClaimedChunk, Generated, Generator, InterventionBatch, Patient } from '../ports.js';
import type { FifoMutex } from './lane-room.js';

/** A claimed chunk and what it is worked on with. */
export interface ChunkWork {
  readonly claim: ClaimedChunk;
  readonly program: Program;
  readonly generator: Generator;
  /** The state of recalls that its advice is made under. */
  readonly recalls: number;
}

/** What becomes of a user: advice, a failure, reasons for none, or nothing yet because the generator is away. */
type Judgement = Generated | { readonly status: 'skipped'; readonly reasons: readonly SkipReason[] };

/** Judges a patient's standing and generates for the eligible. A generator that throws has failed this user and no other. */
function judgePatient(work: ChunkWork, { standing, inputs }: Patient, signal: AbortSignal): Judgement | Promise<Judgement> {
  const reasons = reasonsToSkip(standing, work.program, work.claim.asked.onExisting === 'REGENERATE' || work.claim.asked.shadow);
  if (reasons.length > 0) return { status: 'skipped', reasons };
  try {
    const generated = work.generator.generate(inputs, work.program, signal, work.claim.runId);
    return generated instanceof Promise ? generated.catch(() => CRASHED) : generated;
  } catch {
    return CRASHED; // the error's text may quote a record: the code is all that leaves here
  }
}

const CRASHED: Generated = { status: 'failed', code: 'GENERATOR_ERROR', retryable: false, attempts: 1 };

/** What an advice leaves behind once its row is encoded. `row` is its place in the batch. */
export interface Advised {
  readonly row: number;
  readonly attempts: number;
  readonly durationMs: number;
  readonly fallbackOf?: GeneratorName;
  readonly generator?: GeneratorName;
  readonly trace?: Trace;
  /** Whether the day was low in FODMAPs; absent for a program that counts no foods. */
  readonly lowDay?: boolean;
}

/** A user's outcome that is settled, or advice whose row may still meet another. */
export type Judged = { readonly userId: number; readonly outcome: Outcome } | { readonly userId: number; readonly advised: Advised };

/** Users of a chunk that are judged and not yet written: all of it where advice costs nothing, a few where it is dear. */
export class ChunkPart {
  readonly judged: Judged[] = [];
  /** @param began when work on it began, by the clock that tells how long something took */
  constructor(
    readonly batch: InterventionBatch,
    readonly began: number,
  ) {}

  get users(): number {
    return this.judged.length;
  }

  add(userId: number, verdict: Exclude<Judgement, { status: 'unavailable' }>): void {
    this.judged.push(this.settle(userId, verdict));
  }

  private settle(userId: number, verdict: Exclude<Judgement, { status: 'unavailable' }>): Judged {
    if (verdict.status === 'skipped') return { userId, outcome: { type: 'UserSkipped', data: { reasons: verdict.reasons } } };
    if (verdict.status === 'failed') return failed(userId, verdict);
    const row = this.batch.size;
    this.batch.add(userId, verdict.row);
    return { userId, advised: advisedOf(verdict, row) };
  }
}

function advisedOf(
  { attempts, durationMs, fallbackOf, generator, trace, row: { inputFodmapCount } }: Extract<Generated, { status: 'generated' }>,
  row: number,
): Advised {
  const lowDay = lowDayOf(inputFodmapCount);
  const advised = lowDay === undefined ? { row, attempts, durationMs } : { row, attempts, durationMs, lowDay };
  return trace === undefined ? advised : { ...advised, ...(fallbackOf && { fallbackOf }), ...(generator && { generator }), trace };
}

function failed(userId: number, { code, retryable, attempts, trace }: Extract<Generated, { status: 'failed' }>): Judged {
  return { userId, outcome: { type: 'UserFailed', data: { code, retryable, attempts, ...trace } } };
}

/** Users after which other lanes may have the thread: their statements would otherwise wait for a whole chunk of rules, and PostgreSQL with them. */
const SLICE = 25;

/** How the users of a chunk are judged and what is done with them. */
export interface Judging {
  readonly patients: readonly Patient[];
  /** The turn of this process to compute. */
  readonly computing: FifoMutex;
  readonly newPart: () => ChunkPart;
  /** Writes a part and gives its memory back. @returns false when nothing more is to be judged */
  readonly write: (part: ChunkPart) => Promise<boolean>;
  /** Aborts when no more is to be judged; what is judged by then is still written. */
  readonly signal: AbortSignal;
}

/** How judging ended: all users were judged, or a signal asked to stop, or the generator is away. */
export type JudgingEnd = { readonly status: 'judged' | 'stopped' } | { readonly status: 'unavailable'; readonly reason: string };

/**
 * Judges each patient and generates for the eligible, as many at once as the generator takes, and has what is ready written in parts. Parts are
 * written one after another, while the next users are judged.
 */
export async function judgeChunk(work: ChunkWork, judging: Judging): Promise<JudgingEnd> {
  const { patients, signal } = judging;
  const parts = new Parts(judging, work.generator.partUsers ?? Number.POSITIVE_INFINITY);
  let next = 0;
  let unavailable: string | undefined;
  const endTurn = await judging.computing.take();
  const lane = async (): Promise<void> => {
    while (next < patients.length && !signal.aborted && !parts.ended && unavailable === undefined) {
      const at = next++;
      if (at % SLICE === SLICE - 1) await yieldToEventLoop();
      const patient = patients[at] as Patient;
      const verdict = judgePatient(work, patient, signal);
      // A user whose answer is waited for costs no computing. Only that is awaited: a generator that computes goes through a chunk in one go.
      if (verdict instanceof Promise) endTurn();
      const settled = verdict instanceof Promise ? await verdict : verdict;
      if (settled.status === 'unavailable') unavailable = settled.reason;
      // An interrupted user has not failed, and stays without an outcome.
      else if (settled.status !== 'failed' || !signal.aborted) parts.add(patient.inputs.userId, settled);
      if (parts.room !== undefined) await parts.room;
    }
  };
  try {
    await Promise.all(Array.from({ length: work.generator.concurrency }, lane)).finally(endTurn);
    await parts.flush();
  } finally {
    await parts.close();
  }
  if (unavailable !== undefined) return { status: 'unavailable', reason: unavailable };
  return { status: next >= patients.length && !signal.aborted && !parts.ended ? 'judged' : 'stopped' };
}

/** The part that fills, and the one that is being written. */
class Parts {
  /** Whether a write said that nothing more is to be judged. */
  ended = false;
  /** Settles when the write before the last one has ended: until then no user is judged, or what is not written yet would pile up. */
  room: Promise<unknown> | undefined;
  private part: ChunkPart;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly judging: Judging,
    private readonly most: number,
  ) {
    this.part = judging.newPart();
  }

  add(userId: number, verdict: Parameters<ChunkPart['add']>[1]): void {
    this.part.add(userId, verdict);
    if (this.part.users < this.most) return;
    this.room = this.writing.catch(() => undefined);
    // A failed write is told where the chain is awaited.
    this.flush().catch(() => (this.ended = true));
  }

  /** Writes what is there after what is being written. */
  flush(): Promise<void> {
    const full = this.part;
    if (full.users > 0) {
      this.part = this.judging.newPart();
      this.writing = this.writeAfter(this.writing, full);
    }
    return this.writing;
  }

  private async writeAfter(before: Promise<void>, full: ChunkPart): Promise<void> {
    try {
      await before;
    } catch (error) {
      full.batch.release();
      throw error;
    }
    const more = await this.judging.write(full);
    this.ended ||= !more;
  }

  /** Waits for what is being written, and gives the empty part's memory back. */
  async close(): Promise<void> {
    await this.writing.catch(() => undefined);
    this.part.batch.release();
  }
}

function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
