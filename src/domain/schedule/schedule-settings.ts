import type { GeneratorName } from '../outcome.js';
import type { ProgramName } from '../program.js';
import type { Cadence } from './cadence.js';

/** What to do with slots that were not fired on time: none, only the latest, or each. */
export const CATCH_UP_POLICIES = ['SKIP', 'LATEST', 'ALL'] as const;
export type CatchUpPolicy = (typeof CATCH_UP_POLICIES)[number];

/** What a slot does while a run of its schedule is active: give way, fire and let its run wait, or fire at once. */
export const OVERLAP_POLICIES = ['SKIP', 'QUEUE', 'ALLOW'] as const;
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

/** How missed slots are made up for. */
export interface CatchUp {
  readonly policy: CatchUpPolicy;
  /** Slots older than this many hours are never made up for. 1 to 720 (30 days). */
  readonly windowHours: number;
}

/** Everything an operator decides about a schedule. */
export interface ScheduleSettings extends Cadence {
  /** 1 to 100 characters on one line. */
  readonly name: string;
  readonly active: boolean;
  readonly program: ProgramName;
  /** null for the service's own default. */
  readonly generator: GeneratorName | null;
  readonly catchUp: CatchUp;
  readonly overlap: OverlapPolicy;
  /** By when the advice of a slot is to be there: `HH:MM` after the slot, on the day that the advice is for. Absent or null for no time. */
  readonly readyBy?: string | null;
}

/** What a new schedule takes for granted: all but its name, frequency and time. */
export const SETTINGS_DEFAULTS = {
  dayOfWeek: 0,
  dayOfMonth: 1,
  cron: null,
  timeZone: 'Asia/Seoul',
  active: true,
  program: 'daily',
  generator: null,
  catchUp: { policy: 'LATEST', windowHours: 24 },
  overlap: 'SKIP',
} as const satisfies Partial<ScheduleSettings>;

/** The schedule that a fresh installation gets: IBSafe's own "make the daily advice", every morning at nine in Korea. */
export const DEFAULT_SCHEDULE: ScheduleSettings = {
  ...SETTINGS_DEFAULTS,
  name: '일일 중재 권고사항 생성',
  frequency: 'DAILY',
  hour: 9,
  minute: 0,
};
