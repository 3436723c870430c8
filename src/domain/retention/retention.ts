import { localDate, type LocalDate } from '../local-date.js';

/** What the log says of a month that it no longer holds. Positions are null for a month without events. */
export interface MonthLetGo {
  readonly type: 'MonthLetGo';
  readonly data: {
    readonly runs: number;
    readonly events: number;
    readonly firstPosition: number | null;
    readonly lastPosition: number | null;
    /** Name of the archive's file, without its folder. */
    readonly file: string;
    readonly bytes: number;
    /** Of what the archive holds uncompressed, but for its manifest. */
    readonly sha256: string;
  };
}

/** A month that was let go, as its stream tells it. */
export interface LetGoMonth {
  /** Its first day. */
  readonly month: LocalDate;
  readonly told: MonthLetGo['data'];
  readonly actor: string;
  /** ISO time. */
  readonly letGoAt: string;
}

/** Months that may be kept beside the one that goes on. */
export const KEEP_RANGE = { least: 1, most: 1_200 } as const;

/**
 * First day of the oldest month that is kept: the month that goes on and `keep` before it. Times are those of all clocks that are asked; the earliest counts,
 * so that a clock that is ahead lets nothing go.
 */
export function keptFrom(keep: number, times: readonly [Date, ...Date[]]): LocalDate {
  const now = new Date(Math.min(...times.map((time) => time.getTime())));
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - keep, 1));
  return localDate(first.toISOString().slice(0, 10));
}

/** Why a month stays although it is older than what is kept. */
export const MONTH_REFUSALS = [
  'RUN_UNFINISHED',
  'RETRY_WAITING',
  'EVENTS_UNSETTLED',
  'EVENTS_NOT_FOLLOWED',
  'VIEWS_DIFFER',
  'CHAIN_DIFFERS',
  'LET_GO_BEFORE',
  'ARCHIVE_DIFFERS',
  'ARCHIVE_NO_ROOM',
  'ARCHIVE_UNWRITABLE',
  'ARCHIVE_GONE',
  'LOG_BUSY',
] as const;
export type MonthRefusal = (typeof MONTH_REFUSALS)[number];
