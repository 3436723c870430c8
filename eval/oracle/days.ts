import type { Judgement } from './oracle.js';

/** What the days of one patient come to, side by side. */
export interface DaysFigures {
  /** Mean share of a day's dishes that the day before had as well; null for fewer than two days. */
  readonly overlap: number | null;
  /** Sentences that stand there on two days running. */
  readonly repeated: readonly string[];
}

/** Compares each day with the one before it. `days` are the judgements of consecutive days of one patient. */
export function compareDays(days: readonly Judgement[]): DaysFigures {
  const shares: number[] = [];
  const repeated: string[] = [];
  days.forEach((day, at) => {
    const before = days[at - 1];
    if (before === undefined) return;
    const same = day.dishes.filter((code) => before.dishes.includes(code)).length;
    shares.push(day.dishes.length === 0 ? 0 : same / day.dishes.length);
    repeated.push(...day.sentences.filter((sentence) => before.sentences.includes(sentence)));
  });
  return { overlap: shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length, repeated };
}
