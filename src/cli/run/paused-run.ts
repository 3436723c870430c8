import { asTyped } from '../../as-typed.js';
import type { PauseCause } from '../../domain/run/run-events.js';

/** A run that stands still, as views and progress tell it. */
export interface Pause {
  readonly runId: string;
  /** Null for one that an earlier release paused. */
  readonly pausedCause: PauseCause | null;
  readonly pausedReason: string | null;
}

const CAUSES: Readonly<Record<PauseCause, string>> = {
  OPERATOR: 'by an operator',
  FAILURE_RATE: 'too many users failed',
  GENERATOR_UNAVAILABLE: 'the generator answers nobody',
  FAULT: 'the database refuses its work',
};

/** Why a run stands still and what lets it go on, on lines for people: to wait for its end would otherwise be to wait for nothing. */
export function pausedLines({ runId, pausedCause: cause, pausedReason }: Pause): string[] {
  const why = cause === null ? '' : ` (${CAUSES[cause]})`;
  return [`Run ${runId} is paused${why}: ${pausedReason ?? 'no reason was kept'}`, `  ${whatResumes(runId, cause)}`];
}

function whatResumes(runId: string, cause: PauseCause | null): string {
  const [resume, cancel] = [resumeCommand(runId), asTyped(`cancel ${runId}`)];
  if (cause === 'GENERATOR_UNAVAILABLE')
    return `It goes on by itself when the generator answers. To try at once: "${resume}"; to end it: "${cancel}".`;
  const first = cause === 'FAULT' ? ` See what is wrong: "${asTyped('doctor')}".` : '';
  return `Nothing happens until an operator decides.${first} To go on: "${resume}"; to end it: "${cancel}".`;
}

/** What lets a paused run go on, as it can be typed here. */
export function resumeCommand(runId: string): string {
  return asTyped(`resume ${runId}`);
}
