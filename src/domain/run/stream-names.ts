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
