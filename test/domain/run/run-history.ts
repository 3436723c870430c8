import type { Tally } from '../../../src/domain/outcome.js';
import type { RunEvent, RunRequest } from '../../../src/domain/run/run-events.js';
import { evolveRun, type Run } from '../../../src/domain/run/run.js';

/** What the runs of these tests ask for. */
export const REQUEST: RunRequest = {
  program: 'daily',
  recordDate: '2026-03-01',
  trigger: 'MANUAL',
  generator: 'RULES',
  language: 'ko',
  chunkSize: 1_000,
  dryRun: false,
  onExisting: 'SKIP',
};

/** A tally in which nothing happened but what is named. */
export function tally(changes: Partial<Tally> = {}): Tally {
  return { generated: 0, skipped: 0, failed: 0, cancelled: 0, reasons: {}, ...changes };
}

/** Events by name, for histories that can be read at a glance. */
export const EVENTS = {
  requested: { type: 'RunRequested', data: REQUEST },
  planned: {
    type: 'RunPlanned',
    data: {
      roster: 3,
      chunks: [
        { after: 0, through: 2, roster: 2 },
        { after: 6, through: 7, roster: 1 },
      ],
    },
  },
  started: { type: 'RunStarted', data: {} },
  paused: { type: 'RunPaused', data: { cause: 'GENERATOR_UNAVAILABLE', reason: 'the model is down' } },
  resumed: { type: 'RunResumed', data: {} },
  cancelRequested: { type: 'RunCancelRequested', data: {} },
  cancelled: { type: 'RunCancelled', data: tally({ generated: 1, cancelled: 2 }) },
  completed: { type: 'RunCompleted', data: tally({ generated: 3 }) },
  completedWithFailures: { type: 'RunCompleted', data: tally({ generated: 2, failed: 1, reasons: { GENERATOR_ERROR: 1 } }) },
  failed: { type: 'RunFailed', data: { code: 'NO_GENERATOR' } },
} as const satisfies Record<string, RunEvent>;

/** A minute of 1 March 2026, for events that happened one after the other. */
export function minute(at: number): string {
  return new Date(Date.UTC(2026, 2, 1, 0, at)).toISOString();
}

/** Folds a history; its first event happened in minute 0, each other one a minute later. */
export function runOf(...history: readonly (keyof typeof EVENTS)[]): Run {
  const run = history.reduce<Run | undefined>(
    (state, name, at) => evolveRun(state, EVENTS[name], { runId: 'a-run', actor: 'an operator', recordedAt: minute(at) }),
    undefined,
  );
  if (run === undefined) throw new Error('a history has at least one event');
  return run;
}
