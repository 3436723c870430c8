import { randomUUID } from 'node:crypto';
import type { AppendTarget, EventLog, NewEvent, RecordedEvent } from '../../../src/application/ports.js';
import { localDate, type LocalDate } from '../../../src/domain/local-date.js';
import { chunkStream, runStream } from '../../../src/domain/run/stream-names.js';
import { ORIGIN } from '../../../src/eventlog/cursor.js';

/** The month that events of these tests are kept under, unless they say otherwise. */
export const MONTH: LocalDate = localDate('2026-05-01');

/** A run's name, and where its events go. */
export interface SomeRun {
  readonly runId: string;
  own(expectedVersion: number): AppendTarget;
  chunk(chunk: number, expectedVersion?: number): AppendTarget;
}

/** A run that no other test has. */
export function someRun(month: LocalDate = MONTH): SomeRun {
  const runId = randomUUID();
  const rest = { month, runId, actor: 'test', correlationId: runId };
  return {
    runId,
    own: (expectedVersion) => ({ stream: runStream(runId), expectedVersion, ...rest }),
    chunk: (chunk, expectedVersion = 0) => ({ stream: chunkStream(runId, chunk), expectedVersion, ...rest }),
  };
}

export const STARTED: NewEvent = { type: 'RunStarted', data: {} };
export const RESUMED: NewEvent = { type: 'RunResumed', data: {} };

/** An event that can be told from others of its kind. */
export function paused(reason: string): NewEvent {
  return { type: 'RunPaused', data: { cause: 'OPERATOR', reason } };
}

/** Outcomes of some users, each skipped. */
export function skipped(...userIds: number[]): NewEvent[] {
  return userIds.map((userId) => ({ type: 'UserSkipped', data: { reasons: ['NO_PROFILE'] }, userId }));
}

/** Everything that can be read now, in pages of `pageSize`. */
export async function readAll(log: Pick<EventLog, 'readAfter'>, pageSize = 100): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let after = ORIGIN; ;) {
    const page = await log.readAfter(after, pageSize);
    events.push(...page.events);
    if (page.atEnd) return events;
    after = page.cursor;
  }
}

/** The end of a chunk with one user, who was skipped. */
export function chunkCompleted(chunk: number): NewEvent {
  const tally = { generated: 0, skipped: 1, failed: 0, cancelled: 0, reasons: { NO_PROFILE: 1 } };
  return { type: 'ChunkCompleted', data: { chunk, fence: 1, durationMs: 5, ...tally } };
}
