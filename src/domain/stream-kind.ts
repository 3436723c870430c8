/** What an event of the log is about, by its stream. */
export const STREAM_KINDS = ['RUN', 'CHUNK', 'SCHEDULE', 'BACKFILL', 'RETENTION', 'RECALL', 'REVIEW', 'ERASURE', 'ROLLOUT'] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];
