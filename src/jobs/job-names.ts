/** Agenda's jobs, as its dashboard shows them. */
export const JOBS = {
  /** Plans a requested run. Data: `{ runId }`. */
  plan: 'run: plan',
  /** Works on a run's chunks until none is left. Data: `{ runId }`. */
  lane: 'run: lane',
} as const;

/** After this many ms without a sign of life, Agenda gives a job to another process. Handlers sign every third of it. */
export const LOCK_LIFETIME_MS = 30_000;
/** Longest time in ms between a job that is due and its start, when no notification arrives: with a small lock limit a finished job does not trigger a refill. */
export const PROCESS_EVERY_MS = 200;
