import type { Values } from './condition.js';
import type { DayRow } from './records.js';

/** Whole minutes that advice aims at, and by how much a goal may leave the mean of the nights. */
const AIM = { least: 420, most: 480 } as const;
const STEP = 60;

/** Nights that say how a person sleeps: not a record of minutes, or of most of a day. */
const likely = (nights: readonly DayRow[]): readonly DayRow[] => nights.filter(({ value }) => value >= 60 && value <= 16 * 60);

function meanOf(nights: readonly DayRow[]): number {
  const sound = likely(nights);
  return sound.length === 0 ? AIM.least : sound.reduce((sum, { value }) => sum + value, 0) / sound.length;
}

/** What the nights bear out; undefined for a fact that is none of sleep. */
export function sleepFact(what: string, nights: readonly DayRow[], age: number | null): Values | undefined {
  const young = ofAge(age);
  const last = nights.find(({ daysAgo }) => daysAgo === 0)?.value;
  const mean = meanOf(nights);
  const isKnown = last !== undefined;
  switch (what) {
    case 'minutes':
      return isKnown ? [last] : [];
    case 'mean':
      return isKnown ? [Math.round(mean)] : [];
    case 'nights':
      return [likely(nights).length];
    case 'goal':
      return isKnown ? [sleepGoal(nights, age) * 60] : [];
    case 'length':
      return isKnown ? [lengthOf(last)] : [];
    case 'direction':
      return isKnown ? [mean < AIM.least ? 'MORE' : mean > AIM.most ? 'LESS' : 'KEEP'] : [];
    case 'isOfChild':
      return [young !== undefined];
    case 'least':
      return young === undefined ? [] : [young.hours[0] * 60];
    case 'most':
      return young === undefined ? [] : [young.hours[1] * 60];
    default:
      return undefined;
  }
}

/** Hours that those who grow are to sleep, until an age: AASM 2016. */
const YOUNG: readonly { readonly until: number; readonly hours: readonly [number, number] }[] = [
  { until: 5, hours: [10, 13] },
  { until: 12, hours: [9, 12] },
  { until: 18, hours: [8, 10] },
];

function ofAge(age: number | null): (typeof YOUNG)[number] | undefined {
  return age === null ? undefined : YOUNG.find(({ until }) => age <= until);
}

/**
 * The next goal in hours, in halves: what is aimed at, an hour from the mean of the nights at most, never under six or over nine. After a night of seven or eight hours it is within them; a shorter
 * night is to be longer the next time, and after a longer one it is not to be as long. That of a child is the mean, within the hours of the age.
 */
export function sleepGoal(nights: readonly DayRow[], age: number | null): number {
  const mean = meanOf(nights);
  const young = ofAge(age);
  if (young !== undefined) return Math.min(young.hours[1], Math.max(young.hours[0], Math.round(mean / 30) / 2));
  const last = nights.find(({ daysAgo }) => daysAgo === 0)?.value ?? Number.NaN;
  if (last >= AIM.least && last <= AIM.most) return Math.round(Math.min(AIM.most, Math.max(AIM.least, mean)) / 30) / 2;
  const aimed = mean < AIM.least ? Math.min(AIM.least, mean + STEP) : mean > AIM.most ? Math.max(AIM.most, mean - STEP) : mean;
  let hours = Math.round(aimed / 30) / 2;
  while (last < AIM.least && hours * 60 <= last) hours += 0.5;
  while (last > AIM.most && hours * 60 >= last) hours -= 0.5;
  return Math.min(9, Math.max(6, hours));
}

function lengthOf(minutes: number): string {
  const bounds: readonly (readonly [number, string])[] = [[240, 'VERY_SHORT'], [360, 'SHORT'], [480, 'GOOD'], [600, 'LONG']]; // prettier-ignore
  return bounds.find(([most]) => minutes <= most)?.[1] ?? 'TOO_LONG';
}
