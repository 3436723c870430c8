/** How much a worker's lanes that compute may take: of lanes, and of time. */
export interface Pace {
  /** Lanes that may compute at once, from 1 to those that are configured. */
  readonly lanes: number;
  /** ms that a lane may take for what it reads and writes at once; beyond measure, a chunk is done as a whole. */
  readonly portionMs: number;
  /** How long a lane rests after a portion, as a multiple of what the portion took. */
  readonly rest: number;
}

/** What was seen of the application's own readers since the last look. */
export interface ReadersSeen {
  /** Whether others than this service ask the database. */
  readonly othersAsk: boolean;
  /** How many times as long as alone a reader of one row takes, at the 95th percentile; undefined while too little was seen. */
  readonly slowness: number | undefined;
}

/** Where a worker stands between its full pace and its least. */
export interface GivingWay {
  /** Place in `pacesOf`, 0 for the full one. */
  readonly step: number;
  /** Looks in a row at which readers were fast. */
  readonly calm: number;
  /** Looks since the last step back to a fuller pace. */
  readonly sinceTaken: number;
  /** Fast looks in a row before the next step back. It doubles when a step back was one too many. */
  readonly patience: number;
  /** Looks in a row at which no other asked. */
  readonly unasked: number;
}

/** Readers may take twice as long as alone, and no longer. */
const MAX_SLOWNESS = 2;
/** Beyond this, two steps are taken at once. */
const FAR_TOO_SLOW = 4;
/** Up to this they are fast. Between the two nothing changes, or the pace would go back and forth. */
const FAST = 1.5;
const LEAST_PATIENCE = 3;
const MAX_PATIENCE = 96;
/** Looks within which a step back is found to have been one too many. */
const TRIAL = 4;
/** Looks without another asking, after which the pace is full again: an application that asks now and then is still there. */
const GONE_AFTER = 4;

/** Full pace, before anything was seen. */
export const FULL_PACE: GivingWay = { step: 0, calm: 0, sinceTaken: TRIAL, patience: LEAST_PATIENCE, unasked: 0 };

/**
 * The paces of a worker with so many lanes, fullest first: half the lanes each time, then rests, which help the more the shorter they and the work between are. Even at
 * the least of them a run goes on.
 */
export function pacesOf(lanes: number): readonly Pace[] {
  const paces: Pace[] = [];
  for (let left = lanes; left > 1; left = Math.floor(left / 2)) paces.push({ lanes: left, portionMs: Number.POSITIVE_INFINITY, rest: 0 });
  paces.push({ lanes: 1, portionMs: Number.POSITIVE_INFINITY, rest: 0 });
  for (const [portionMs, rest] of SMALL_PACES) paces.push({ lanes: 1, portionMs, rest });
  return paces;
}

const SMALL_PACES = [
  [100, 0.5],
  [50, 1],
  [50, 3],
] as const;

/**
 * The next standing, after a look. Slow readers: a step down, two where they are far too slow. Fast ones: a step back after as many fast looks as there is patience
 * for. A step back that makes them slow again is taken at once, and the next one is tried after twice the time, so that the pace settles.
 * @param steps how many paces there are
 */
export function giveWay(standing: GivingWay, { othersAsk, slowness }: ReadersSeen, steps: number): GivingWay {
  if (!othersAsk) return standing.unasked + 1 >= GONE_AFTER ? FULL_PACE : { ...standing, unasked: standing.unasked + 1 };
  const asked = { ...standing, unasked: 0 };
  if (slowness === undefined) return asked;
  const seen = { ...asked, sinceTaken: Math.min(TRIAL, standing.sinceTaken + 1) };
  if (slowness > MAX_SLOWNESS) return lower(seen, slowness, steps);
  const isProven = seen.sinceTaken >= TRIAL && standing.sinceTaken < TRIAL;
  const patience = isProven ? LEAST_PATIENCE : seen.patience;
  if (slowness > FAST) return { ...seen, patience, calm: 0 };
  const calm = Math.min(seen.calm + 1, MAX_PATIENCE);
  if (standing.step === 0 || calm < patience) return { ...seen, patience, calm };
  return { ...seen, patience, step: standing.step - 1, calm: 0, sinceTaken: 0 };
}

function lower(seen: GivingWay, slowness: number, steps: number): GivingWay {
  const wasTooMuch = seen.sinceTaken < TRIAL;
  const patience = wasTooMuch ? Math.min(MAX_PATIENCE, seen.patience * 2) : seen.patience;
  const step = Math.min(steps - 1, seen.step + (slowness > FAR_TOO_SLOW ? 2 : 1));
  return { ...seen, step, patience, calm: 0, sinceTaken: TRIAL };
}

/** Users below which a portion is not worth its statements. */
const LEAST_USERS = 25;

/** Users that a lane takes at once, so that they take `portionMs`; all of them where that is beyond measure, the least while it is not known what a user takes. */
export function usersAtOnce({ portionMs }: Pace, userMs: number | undefined): number {
  if (portionMs === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return userMs === undefined ? LEAST_USERS : Math.max(LEAST_USERS, Math.floor(portionMs / userMs));
}
