import { SKIP_REASONS, type Tally } from '../../domain/outcome.js';
import type { RunProgress } from '../../domain/run/progress.js';
import { statusWords } from './run-result.js';
import { count, duration } from '../screen/figures.js';
import { padToWidth } from '../screen/text-width.js';
import { nameOf, say } from '../words/catalogue.js';

/** How a run ended and what became of its users: a line for each outcome with its reasons, most frequent first. A user can have two reasons. */
export function summaryLines(progress: RunProgress): string[] {
  const { status, roster, startedAt, at } = progress;
  const took = startedAt === null ? '' : say('took', { time: duration((Date.parse(at) - Date.parse(startedAt)) / 1_000) });
  const title = say('runEnded', { status: statusWords(status), took, users: count(roster ?? 0) });
  return [title, ...tallyLines(progress).map((line) => `  ${line}`)];
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

function outcomeLine(outcome: 'generated' | 'skipped' | 'failed' | 'cancelled', users: number, why = ''): string {
  return `${padToWidth(say(outcome), 9)} ${count(users).padStart(9)}${why === '' ? '' : `   ${why}`}`;
}

function reasons(tally: Tally, wanted: (code: string) => boolean): string {
  const found = Object.entries(tally.reasons).filter(([code, users]) => wanted(code) && users > 0);
  const words = found.toSorted(([, a], [, b]) => b - a).map(([code, users]) => `${wordsOf(code)} ${count(users)}`);
  return words.join(', ');
}

/** A code that this release has no words for is shown as it stands: another release's worker may have written it. */
function wordsOf(code: string): string {
  return nameOf(isSkip(code) ? 'SkipReason' : 'FailureCode', code);
}
