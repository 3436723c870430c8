import { reasonIn } from '../../words/code-words.js';
import { spokenLanguage } from '../words/language.js';
import { asTyped } from '../../base/as-typed.js';
import type { PauseCause } from '../../domain/run/run-events.js';
import { say } from '../words/catalogue.js';

/** A run that stands still, as views and progress tell it. */
export interface Pause {
  readonly runId: string;
  /** Null for one that an earlier release paused. */
  readonly pausedCause: PauseCause | null;
  readonly pausedReason: string | null;
}

/** Why a run stands still and what lets it go on, on lines for people: to wait for its end would otherwise be to wait for nothing. */
export function pausedLines({ runId, pausedCause: cause, pausedReason }: Pause): string[] {
  const why = cause === null ? '' : ` (${say(`cause${cause}`)})`;
  return [
    say('paused', { run: runId, why, reason: pausedReason === null ? say('noReason') : reasonIn(pausedReason, spokenLanguage()) }),
    `  ${whatResumes(runId, cause)}`,
  ];
}

function whatResumes(runId: string, cause: PauseCause | null): string {
  const [resume, cancel] = [resumeCommand(runId), asTyped(`cancel ${runId}`)];
  if (cause === 'GENERATOR_UNAVAILABLE') return say('resumesItself', { resume, cancel });
  const first = cause === 'FAULT' ? say('seeDoctor', { doctor: asTyped('doctor') }) : '';
  return say('waitsForOperator', { first, resume, cancel });
}

/** What lets a paused run go on, as it can be typed here. */
export function resumeCommand(runId: string): string {
  return asTyped(`resume ${runId}`);
}
