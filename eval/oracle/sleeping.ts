import type { Values } from './condition.js';
import type { DayRow } from './records.js';

/** Whole minutes that advice aims at, and by how much a goal may leave the mean of the nights. */
const AIM = { least: 420, most: 480 } as const;
const STEP = 60;

/** What the nights bear out; undefined for a fact that is none of sleep. */
export function sleepFact(what: string, nights: readonly DayRow[]): Values | undefined {
  const last = nights.find(({ daysAgo }) => daysAgo === 0)?.value;
  const mean = nights.reduce((sum, { value }) => sum + value, 0) / nights.length;
  const isKnown = last !== undefined;
  switch (what) {
    case 'minutes':
      return isKnown ? [last] : [];
    case 'mean':
      return isKnown ? [Math.round(mean)] : [];
    case 'nights':
      return [nights.length];
    case 'goal':
      return isKnown ? [sleepGoal(nights) * 60] : [];
    case 'length':
      return isKnown ? [lengthOf(last)] : [];
    case 'direction':
      return isKnown ? [mean < AIM.least ? 'MORE' : mean > AIM.most ? 'LESS' : 'KEEP'] : [];
    default:
      return undefined;
  }
}

/** The next goal in hours, in halves: what is aimed at, an hour from the mean of the nights at most, never under six or over nine. */
export function sleepGoal(nights: readonly DayRow[]): number {
  const mean = nights.reduce((sum, { value }) => sum + value, 0) / nights.length;
  const aimed = mean < AIM.least ? Math.min(AIM.least, mean + STEP) : mean > AIM.most ? Math.max(AIM.most, mean - STEP) : mean;
  return Math.min(9, Math.max(6, Math.round(aimed / 30) / 2));
}

function lengthOf(minutes: number): string {
  const bounds: readonly (readonly [number, string])[] = [[240, 'VERY_SHORT'], [360, 'SHORT'], [480, 'GOOD'], [600, 'LONG']]; // prettier-ignore
  return bounds.find(([most]) => minutes <= most)?.[1] ?? 'TOO_LONG';
}
