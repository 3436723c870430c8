import { tallyOf, type Outcome, type ReplacedText } from '../../domain/outcome.js';
import { figuresOfOutcomes } from '../../domain/rollout/arm-figures.js';
import { chunkStream } from '../../domain/run/stream-names.js';
import type { Advised, ChunkPart, ChunkWork, Judged } from './judge-chunk.js';
import type { HeldChunk, LowDayNote, NewEvent, PartWriting, Transaction, Written } from '../ports.js';

/** Writes the parts of one claimed chunk, one after another. */
export class PartWriter {
  /** Whether a user of what was written failed. */
  failures = false;
  /** Whether each user of the chunk has an outcome by what was written here. */
  isDone = false;
  /** Users that are left once everything so far is written. */
  private left: number;

  /** @param lost aborts when the claim cannot be counted on any more. */
  constructor(
    private readonly deps: PartWriting,
    private readonly work: ChunkWork,
    private readonly lost: AbortSignal,
  ) {
    this.left = work.claim.userIds.length;
  }

  /**
   * Writes a part in one transaction, again when the database fails for a while. @returns whether the chunk goes on: not when another has it, nor
   * when its run was paused or cancelled meanwhile. @throws what the database throws when it does not recover
   */
  async write(part: ChunkPart): Promise<boolean> {
    try {
      if (this.lost.aborted) return false;
      const { retrying, transaction } = this.deps;
      const {
        goesOn,
        failures,
        isWritten = false,
      } = await retrying((outer) => transaction((tx, inner) => this.tryWrite(tx, part, outer + inner - 2)), this.lost);
      this.left -= part.users;
      this.failures ||= failures;
      this.isDone ||= isWritten && this.left === 0;
      return goesOn;
    } finally {
      part.batch.release();
    }
  }

  private async tryWrite(tx: Transaction, part: ChunkPart, retries: number): Promise<PartEnd> {
    const held = await tx.chunks.hold(this.work.claim);
    // Done, perhaps by an earlier attempt whose answer was lost: what it came to, the log knows.
    if (held === undefined) return { goesOn: false, failures: true };
    if (held.cancelled) return { goesOn: false, failures: false };
    // Fewer are left than we know of: an earlier attempt was committed, and only its answer was lost. What it came to, the log knows.
    if (held.userIds.length !== this.left) return { goesOn: !held.paused, failures: true };
    // Something was recalled, given back, or signed where that counts, since this was made: it is thrown away, and the chunk is done anew with the words of now.
    const state = await tx.recalls.holdShared({ withSignatures: this.deps.words.onlySigned });
    if (state !== this.work.recalls) return { goesOn: false, failures: false };
    const outcomes = await writePart(tx, this.work, {
      part,
      held,
      retries,
      durationMs: this.deps.elapsed() - part.began,
      actor: this.deps.settings.workerId,
    });
    return { goesOn: !held.paused, isWritten: true, failures: outcomes.some(({ type }) => type === 'UserFailed') };
  }
}

interface PartEnd {
  readonly goesOn: boolean;
  readonly isWritten?: boolean;
  /** Whether users failed, as far as is known: the run's sums are looked at for it. */
  readonly failures: boolean;
}

interface Writing {
  readonly part: ChunkPart;
  readonly held: HeldChunk;
  /** How often the database had to be asked again. */
  readonly retries: number;
  readonly durationMs: number;
  readonly actor: string;
}

/** Interventions, then one outcome event per user and what the part came to, then the counters and the days low in FODMAPs. */
async function writePart(tx: Transaction, { claim, generator, program }: ChunkWork, writing: Writing): Promise<readonly Outcome[]> {
  const { part, held, retries, durationMs, actor } = writing;
  const { asked } = claim;
  const before = asked.recalled
    ? await tx.interventions.standing(
        part.judged.map(({ userId }) => userId),
        asked.recordDate,
        program.gubun,
      )
    : NOTHING_THERE;
  const written = asked.dryRun ? undefined : await tx.interventions.write(part.batch, asked.onExisting === 'REGENERATE');
  const outcomes = part.judged.map((one) =>
    again('outcome' in one ? one.outcome : replacing(outcomeOf(one.advised, generator.name, written), before.get(one.userId)), retries),
  );
  const remaining = usersLeft(held.userIds, part.judged);
  await recordOutcomes(tx, { claim, outcomes, users: part.judged, held, remaining, durationMs, actor });
  await tx.lowDays.note(asked.recordDate, lowDayNotes(outcomes, part.judged));
  return outcomes;
}

const NOTHING_THERE: ReadonlyMap<number, ReplacedText> = new Map();

/** An outcome with what it took the place of. */
function replacing(outcome: Outcome, replaced: ReplacedText | undefined): Outcome {
  return outcome.type === 'InterventionGenerated' && replaced !== undefined ? { ...outcome, data: { ...outcome.data, replaced } } : outcome;
}

/** What the day was to the users that got advice. A dry run writes none, and counts for nothing. */
function lowDayNotes(outcomes: readonly Outcome[], users: readonly Judged[]): LowDayNote[] {
  const notes: LowDayNote[] = [];
  outcomes.forEach(({ type, data }, at) => {
    if (type !== 'InterventionGenerated' || data.interventionId === null || data.lowDay === undefined) return;
    notes.push({ userId: (users[at] as Judged).userId, isLow: data.lowDay });
  });
  return notes;
}

/** What `recordOutcomes` writes of a claim. */
export interface Recording {
  readonly claim: ChunkWork['claim'];
  readonly outcomes: readonly Outcome[];
  /** Whose outcomes they are, in their order. */
  readonly users: readonly { readonly userId: number }[];
  readonly held: HeldChunk;
  /** Users without an outcome after these. */
  readonly remaining: readonly number[];
  readonly durationMs: number;
  readonly actor: string;
}

/** Appends outcomes and what they come to, and moves the counters. The caller holds the claim. */
export async function recordOutcomes(tx: Transaction, recording: Recording): Promise<void> {
  const { claim, outcomes, users, held, remaining, actor } = recording;
  const { runId, month, chunk, fence } = claim;
  const tally = tallyOf(outcomes);
  const events: NewEvent[] = outcomes.map(({ type, data }, at) => ({ type, data, userId: (users[at] as { userId: number }).userId }));
  const type = remaining.length === 0 ? 'ChunkCompleted' : 'ChunkProgressed';
  events.push({ type, data: { chunk, fence, durationMs: Math.round(recording.durationMs), ...tally } });
  const target = { stream: chunkStream(runId, chunk), expectedVersion: held.version, month, runId, actor, correlationId: runId };
  const { lastVersion } = await tx.log.append(target, events);
  await tx.chunks.advance(claim, { tally, version: lastVersion, remaining });
  await tx.rollouts.count({ runId, chunk }, figuresOfOutcomes(outcomes));
  if (remaining.length === 0 && claim.asked.mode === 'BATCH') await tx.batches.closeDone(runId);
}

/** Users of an ascending list who are not among the judged. None, without a search, where the chunk is written whole. */
function usersLeft(userIds: readonly number[], judged: readonly Judged[]): readonly number[] {
  if (judged.length >= userIds.length) return [];
  const settled = new Set(judged.map(({ userId }) => userId));
  return userIds.filter((userId) => !settled.has(userId));
}

/** Counts the database's retries as attempts, like those of a model's endpoint. */
function again(outcome: Outcome, retries: number): Outcome {
  if (retries === 0 || !('attempts' in outcome.data)) return outcome;
  return { ...outcome, data: { ...outcome.data, attempts: outcome.data.attempts + retries } } as Outcome;
}

function outcomeOf(advised: Advised, generator: ChunkWork['generator']['name'], written: readonly Written[] | undefined): Outcome {
  const { row, attempts, durationMs, fallbackOf, trace, lowDay } = advised;
  const result = written?.[row];
  if (result?.status === 'exists') return { type: 'UserSkipped', data: { reasons: ['INTERVENTION_EXISTS'] } };
  if (result?.status === 'unwritable')
    return { type: 'UserFailed', data: { code: 'UNWRITABLE_ADVICE', retryable: false, attempts, ...trace } };
  const interventionId = result?.interventionId ?? null; // null in a dry run, which writes none
  const known = { interventionId, generator: advised.generator ?? generator, attempts, durationMs };
  const data = lowDay === undefined ? known : { ...known, lowDay };
  return { type: 'InterventionGenerated', data: trace === undefined ? data : { ...data, ...(fallbackOf && { fallbackOf }), ...trace } };
}
