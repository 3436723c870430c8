import { localDate, type LocalDate } from '../local-date.js';

/** The stream of a run's own events. */
export function runStream(runId: string): string {
  return `run-${runId}`;
}

/** The stream of a chunk: its outcomes, then `ChunkCompleted`. One writer each, so no stream is hot. */
export function chunkStream(runId: string, chunk: number): string {
  return `run-${runId}/chunk-${chunk}`;
}

/** First day of the month (UTC) of an instant: the key under which all events of a run requested then are kept. */
export function monthOf(at: Date): LocalDate {
  return localDate(`${at.toISOString().slice(0, 7)}-01`);
}

/** The stream of a schedule: its changes and what became of its slots. */
export function scheduleStream(scheduleId: string): string {
  return `schedule-${scheduleId}`;
}

/** The stream of a backfill: what was asked for, and what became of its dates. */
export function backfillStream(backfillId: string): string {
  return `backfill-${backfillId}`;
}

/** The stream of a recall: what was taken away, what was replaced for it, and its end. */
export function recallStream(recallId: string): string {
  return `recall-${recallId}`;
}

/** The stream of a rollout: what was tried, on which users, and how it ended. */
export function rolloutStream(rolloutId: string): string {
  return `rollout-${rolloutId}`;
}

/** The stream of a reviewer's mark. */
export function markStream(markId: string): string {
  return `mark-${markId}`;
}

/** The stream of a point that was turned off, and on again. */
export function pointStream(point: string): string {
  return `point-${point}`;
}

/** The stream of a row’s signature. @param id the row, as one word */
export function signatureStream(id: string): string {
  return `signature-${id}`;
}

/** The stream of an erasure: that a person was erased. */
export function erasureStream(id: string): string {
  return `erasure-${id}`;
}

/** The month that keys schedules and backfills: they outlive months, so retention never drops theirs. */
export const LASTING: LocalDate = localDate('1970-01-01');
