import { v7 as uuidv7 } from 'uuid';
import { statementOwner } from '../database/statement-owner.js';
import { endsWithin } from '../base/ends-within.js';
import type { ReadWay } from '../domain/read-way.js';
import type { PersonRead, ReadGap, Seen, WholeRun } from './person-read.js';
import type { ReadBatch } from './read-rows.js';

/** What a journal is made of. */
export interface JournalParts {
  readonly write: (batch: ReadBatch) => Promise<void>;
  /** Told when recording begins to fail, and when it works again. */
  readonly onFailure: (error: unknown) => void;
  readonly onRecovery: () => void;
  /** Told when reads begin to be lost, and at the end of what could not be recorded by then. */
  readonly onLost: (reads: number) => void;
  readonly limits?: Partial<JournalLimits>;
}

/** How much waits at most for the database. */
export interface JournalLimits {
  readonly reads: number;
  /** Persons of all reads together. */
  readonly users: number;
}

/** Half an hour of a busy day; some 30 MB. */
const USUAL: JournalLimits = { reads: 20_000, users: 500_000 };
/** ms from a read to its record, where the database answers: reads of that time go in one statement, and a process that is killed loses no more. */
const FLUSH_MS = 200;
/** ms between tries while the database refuses. */
const [FIRST_WAIT_MS, LONGEST_WAIT_MS] = [500, 15_000];
/** Reads of one statement, and persons at which it is sent without more. */
const [BATCH_READS, BATCH_USERS] = [500, 20_000];
/** Reads within a second of one caller, of the same fields, are one read. */
const SAME_MS = 1_000;

interface Waiting extends Omit<PersonRead, 'userIds'> {
  readonly userIds: Set<number>;
}

/**
 * Records who read what, after the answer: a caller waits for none of it, and is refused nothing because of it. What waits is bounded. A read that finds no room
 * is counted, and recorded as a gap as soon as the database takes records again.
 */
export class ReadJournal {
  private readonly waiting = new Map<string, Waiting>();
  private sending: readonly Waiting[] = [];
  private users = 0;
  private gap: ReadGap | undefined;
  private sendingGap: ReadGap | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<boolean> | undefined;
  private waitMs = 0;
  private closed = false;
  private givenUp = false;
  private readonly limits: JournalLimits;
  private readonly told = { recorded: 0, lost: 0, failures: 0 };

  constructor(private readonly parts: JournalParts) {
    this.limits = { ...USUAL, ...parts.limits };
  }

  /** Notes what a caller was shown of persons. */
  note(caller: string, via: ReadWay, seen: readonly Seen[]): void {
    for (const { what, fields, userIds } of seen) this.add({ caller, via, what, fields, run: null }, userIds);
  }

  /** Notes that a caller was shown everybody of a run. */
  noteRun({ caller, via, what, run }: Pick<PersonRead, 'caller' | 'via' | 'what'> & { readonly run: WholeRun }): void {
    this.add({ caller, via, what, fields: [], run }, []);
  }

  /** Figures of this process since it started, and what waits now. `waitingSince` is null while nothing does. */
  get state(): { recorded: number; lost: number; failures: number; waiting: number; waitingSince: Date | null; failing: boolean } {
    const [oldest] = this.sending.length > 0 ? this.sending : this.waiting.values();
    return { ...this.told, waiting: this.size, waitingSince: oldest?.at ?? null, failing: this.waitMs > 0 };
  }

  /** Records what was noted up to now, for `graceMs` at most or until the database refuses it; what waits then goes on waiting. */
  async settle(graceMs: number): Promise<void> {
    const goal = this.told.recorded + this.size;
    const write = async (): Promise<void> => {
      while (this.told.recorded < goal && (await this.writeOnce()));
      this.goOn();
    };
    await endsWithin(graceMs, statementOwner.exit(write));
  }

  /** Records what waits, for `graceMs` at most. What does not get there is told of, and lost; so are gaps that were not recorded, each read of theirs once more. */
  async close(graceMs: number): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    this.givenUp = !(await endsWithin(graceMs, this.drain()));
    const lost = this.size + (this.gap?.reads ?? 0) + (this.sendingGap?.reads ?? 0);
    if (lost > 0) this.parts.onLost(lost);
  }

  private get size(): number {
    return this.waiting.size + this.sending.length;
  }

  private add(what: Omit<PersonRead, 'id' | 'at' | 'userIds'>, userIds: readonly number[]): void {
    const at = new Date();
    const { caller, via, fields, run } = what;
    const key = [Math.floor(at.getTime() / SAME_MS), caller, via, what.what, run?.runId ?? '', ...fields].join('\n');
    const same = this.waiting.get(key);
    const isFull = this.users + userIds.length > this.limits.users || (same === undefined && this.size >= this.limits.reads);
    if (isFull) return this.lose(at);
    const read = same ?? { ...what, id: uuidv7(), at, userIds: new Set<number>() };
    const before = read.userIds.size;
    for (const userId of userIds) read.userIds.add(userId);
    this.users += read.userIds.size - before;
    this.waiting.set(key, read);
    this.writeSoon(this.users >= BATCH_USERS ? 0 : FLUSH_MS);
  }

  private lose(at: Date): void {
    if (this.gap === undefined) this.parts.onLost(1);
    const { id = uuidv7(), since = at, reads = 0 } = this.gap ?? {};
    this.gap = { id, since, until: at, reads: reads + 1 };
    this.told.lost += 1;
  }

  private writeSoon(ms: number): void {
    if (this.timer !== undefined || this.writing !== undefined || this.closed) return;
    // Not in the caller's name: their operation is over by then, and its statements are cut off.
    this.timer = statementOwner.exit(() => setTimeout(() => void this.turn(), Math.max(ms, this.waitMs)));
    this.timer.unref();
  }

  private async turn(): Promise<void> {
    await this.writeOnce();
    this.timer = undefined;
    this.goOn();
  }

  /** What came while a write was under way found no timer. */
  private goOn(): void {
    if (this.size > 0 || this.gap !== undefined || this.sendingGap !== undefined) this.writeSoon(0);
  }

  /** @returns whether the database took it */
  private writeOnce(): Promise<boolean> {
    return (this.writing ??= this.write().finally(() => (this.writing = undefined)));
  }

  private async write(): Promise<boolean> {
    if (this.sending.length === 0) this.sending = this.takeBatch();
    this.sendingGap ??= this.gap;
    this.gap = this.sendingGap === this.gap ? undefined : this.gap;
    const { sending, sendingGap } = this;
    try {
      await this.parts.write({ reads: sending.map((read) => ({ ...read, userIds: [...read.userIds] })), gap: sendingGap });
    } catch (error) {
      this.told.failures += 1;
      if (this.waitMs === 0) this.parts.onFailure(error);
      this.waitMs = Math.min(LONGEST_WAIT_MS, this.waitMs * 2 || FIRST_WAIT_MS);
      return false;
    }
    if (this.waitMs > 0) this.parts.onRecovery();
    this.waitMs = 0;
    this.told.recorded += sending.length;
    this.users -= sending.reduce((sum, { userIds }) => sum + userIds.size, 0);
    this.sending = [];
    this.sendingGap = undefined;
    return true;
  }

  private takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    let users = 0;
    for (const [key, read] of this.waiting) {
      if (batch.length === BATCH_READS || users >= BATCH_USERS) break;
      batch.push(read);
      users += read.userIds.size;
      this.waiting.delete(key);
    }
    return batch;
  }

  private async drain(): Promise<void> {
    while (!this.givenUp && (this.size > 0 || this.gap !== undefined || this.sendingGap !== undefined)) {
      if (!(await this.writeOnce())) await new Promise((resolve) => setTimeout(resolve, CLOSING_MS));
    }
  }
}

/** ms between tries while it closes. */
const CLOSING_MS = 100;
