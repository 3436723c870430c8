import type {
  Appended,
  AppendTarget,
  Cursor,
  EventLog,
  LogFilter,
  LogPage,
  NewEvent,
  RecordedEvent,
} from '../../../src/application/ports.js';
import type { LocalDate } from '../../../src/domain/local-date.js';
import { runStream } from '../../../src/domain/run/stream-names.js';
import { decode, encode } from '../../../src/eventlog/codec.js';
import { compareCursors, ORIGIN } from '../../../src/eventlog/cursor.js';
import { DuplicateOutcome, VersionConflict } from '../../../src/eventlog/log-errors.js';

/** The month is part of a stream's key and no part of an event. */
interface Kept {
  readonly month: LocalDate;
  readonly event: RecordedEvent;
}

/** The log's twin in memory, for tests of what stands on it. Passes the same contract suite as the one on PostgreSQL. */
export class MemoryLog implements EventLog {
  private readonly kept: Kept[] = [];
  private transactions = 0;

  constructor(private readonly clock: () => Date = () => new Date()) {}

  append(target: AppendTarget, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve) => resolve(this.appendNow(target, events)));
  }

  private appendNow(target: AppendTarget, events: readonly NewEvent[]): Appended {
    const current = this.stream(target.month, target.stream).length;
    if (current !== target.expectedVersion) {
      throw new VersionConflict(`stream ${target.stream} is at version ${current}, expected ${target.expectedVersion}`);
    }
    this.refuseSecondOutcome(target, events);
    const xid = String(++this.transactions);
    const recordedAt = this.clock().toISOString();
    const added = events.map((event, at) =>
      keep(target, event, { cursor: { xid, position: String(this.kept.length + at + 1) }, recordedAt, version: current + at + 1 }),
    );
    this.kept.push(...added.map((event) => ({ month: target.month, event })));
    return { lastVersion: current + added.length, recordedAt, cursor: added.at(-1)?.cursor ?? ORIGIN };
  }

  private refuseSecondOutcome(target: AppendTarget, events: readonly NewEvent[]): void {
    const ofRun = this.kept.filter(({ event }) => event.runId === (target.runId ?? null));
    const users = new Set(ofRun.map(({ event }) => event.userId));
    for (const { userId } of events) {
      if (userId === undefined) continue;
      if (users.has(userId)) throw new DuplicateOutcome('a user of this run already has an outcome');
      users.add(userId);
    }
  }

  readStream(month: LocalDate, stream: string, fromVersion: number, limit: number): Promise<readonly RecordedEvent[]> {
    const found = this.stream(month, stream).filter(({ version }) => version >= fromVersion);
    return Promise.resolve(found.slice(0, limit));
  }

  private stream(month: LocalDate, stream: string): RecordedEvent[] {
    return this.kept.filter((kept) => kept.month === month && kept.event.stream === stream).map(({ event }) => event);
  }

  readAfter(after: Cursor, limit: number, filter: LogFilter = {}): Promise<LogPage> {
    const page = this.kept
      .map(({ event }) => event)
      .filter(({ cursor }) => compareCursors(cursor, after) > 0)
      .slice(0, limit);
    const events = page.filter((event) => matches(event, filter));
    return Promise.resolve({ events, cursor: page.at(-1)?.cursor ?? after, atEnd: page.length < limit });
  }

  head(): Promise<Cursor> {
    return Promise.resolve(this.kept.at(-1)?.event.cursor ?? ORIGIN);
  }
}

function matches({ stream, runId, userId }: RecordedEvent, filter: LogFilter): boolean {
  if (filter.runsOnly === true) return runId !== null && stream === runStream(runId);
  return (filter.run === undefined || runId === filter.run.runId) && !(filter.withoutOutcomes === true && userId !== null);
}

function keep(target: AppendTarget, event: NewEvent, place: Pick<RecordedEvent, 'cursor' | 'recordedAt' | 'version'>): RecordedEvent {
  const { stream, actor, correlationId } = target;
  const data = decode(event.type, JSON.parse(JSON.stringify(encode(event.type, event.data))));
  const who = {
    runId: target.runId ?? null,
    subject: event.userId ?? null,
    userId: event.userId ?? null,
    causationId: target.causationId ?? null,
  };
  return { ...place, stream, actor, correlationId, ...who, type: event.type, data };
}
