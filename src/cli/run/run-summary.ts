import { SKIP_REASONS, type FailureCode, type SkipReason, type Tally } from '../../domain/outcome.js';
import type { RunProgress } from '../../domain/run/progress.js';
import { statusWords } from './run-result.js';
import { count, duration } from '../screen/figures.js';

const WORDS: Readonly<Record<SkipReason | FailureCode, string>> = {
  MISSING_FOOD_RECORD: 'no food record',
  MISSING_EXERCISE_RECORD: 'no exercise record',
  MISSING_SLEEP_RECORD: 'no sleep record',
  INTERVENTION_EXISTS: 'advised already',
  NO_PROFILE: 'no profile',
  ACCOUNT_CLOSED: 'account closed',
  INVALID_INPUT: 'records that cannot be right',
  GENERATOR_ERROR: 'error in the generator',
  GENERATOR_TIMEOUT: 'generator too slow',
  GENERATOR_UNAVAILABLE: 'generator not available',
  UNSAFE_ADVICE: 'advice that was not safe',
  UNWRITABLE_ADVICE: 'advice that could not be written',
  CRASHED_WORKER: 'crashed worker',
};

/** How a run ended and what became of its users: a line for each outcome with its reasons, most frequent first. A user can have two reasons. */
export function summaryLines(progress: RunProgress): string[] {
  const { status, roster, startedAt, at } = progress;
  const took = startedAt === null ? '' : ` in ${duration((Date.parse(at) - Date.parse(startedAt)) / 1_000)}`;
  return [`Run ${statusWords(status)}${took}, ${count(roster ?? 0)} users:`, ...tallyLines(progress).map((line) => `  ${line}`)];
}

function tallyLines(tally: Tally): string[] {
  const lines = [
    outcomeLine('generated', tally.generated),
    outcomeLine('skipped', tally.skipped, reasons(tally, isSkip)),
    outcomeLine(
      'failed',
      tally.failed,
      reasons(tally, (code) => !isSkip(code)),
    ),
  ];
  return tally.cancelled === 0 ? lines : [...lines, outcomeLine('cancelled', tally.cancelled)];
}

function isSkip(code: string): boolean {
  return (SKIP_REASONS as readonly string[]).includes(code);
}

function outcomeLine(outcome: string, users: number, why = ''): string {
  return `${outcome.padEnd(9)} ${count(users).padStart(9)}${why === '' ? '' : `   ${why}`}`;
}

function reasons(tally: Tally, wanted: (code: string) => boolean): string {
  const found = Object.entries(tally.reasons).filter(([code, users]) => wanted(code) && users > 0);
  const words = found.toSorted(([, a], [, b]) => b - a).map(([code, users]) => `${wordsOf(code)} ${count(users)}`);
  return words.join(', ');
}

/** A code that this release has no words for is shown as it stands: another release's worker may have written it. */
function wordsOf(code: string): string {
  return Object.hasOwn(WORDS, code) ? WORDS[code as keyof typeof WORDS] : code;
}
