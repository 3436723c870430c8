import type { ScheduleSettings } from './schedule-settings.js';

/** Why a slot was not fired. */
export const SLOT_SKIP_REASONS = [
  'CATCH_UP_SKIPPED',
  'SUPERSEDED_BY_LATER',
  'OUTSIDE_WINDOW',
  'TOO_MANY',
  'OVERLAP',
  'NOT_RUNNABLE',
] as const;
export type SlotSkipReason = (typeof SLOT_SKIP_REASONS)[number];

/** What a change may touch: `active` has events of its own, so that the log has one word for a pause. */
export type SettingsChanges = Partial<Omit<ScheduleSettings, 'active'>>;

/**
 * What can happen to a schedule, on its stream `schedule-<id>`. Times are ISO texts. `effectiveAt` is the instant that was decided with:
 * slots up to and including it belong to what was before, later ones to what is now. It is not the log's own time of recording, which comes
 * a little later and would let a slot fall between the two.
 */
export type ScheduleEvent =
  | { readonly type: 'ScheduleCreated'; readonly data: { readonly settings: ScheduleSettings; readonly effectiveAt: string } }
  | { readonly type: 'ScheduleChanged'; readonly data: { readonly changes: SettingsChanges; readonly effectiveAt: string } }
  | { readonly type: 'ScheduleActivated'; readonly data: { readonly effectiveAt: string } }
  | {
      readonly type: 'SchedulePaused';
      /** `reason`: an operator's words, at most 500 characters; null when a change of settings switched it off. */
      readonly data: { readonly reason: string | null; readonly effectiveAt: string };
    }
  | { readonly type: 'ScheduleDeleted'; readonly data: { readonly effectiveAt: string } }
  | SlotsReopened
  | SlotEvent;

/**
 * The clock was ahead, slots were recorded before their time, and it came back: what was recorded of later slots than `after` does not count any more,
 * and each of them comes due at its own time. `lastSlot`, `lastFiredSlot` and `lastRunId` are what stays.
 */
export type SlotsReopened = {
  readonly type: 'SlotsReopened';
  readonly data: {
    /** The instant by the clock that came back, or just before the first slot that was taken back. */
    readonly after: string;
    readonly lastSlot: string | null;
    readonly lastFiredSlot: string | null;
    readonly lastRunId: string | null;
    /** Entries of the ledger that were taken back. */
    readonly entries: number;
  };
};

/** What became of slots. Each slot of an active schedule is named by exactly one of these that counts, a range naming all of the slots in it. */
export type SlotEvent =
  | { readonly type: 'SlotFired'; readonly data: { readonly slot: string; readonly firedAt: string; readonly runId: string } }
  | { readonly type: 'SlotSkipped'; readonly data: { readonly slot: string; readonly reason: SlotSkipReason } }
  | {
      readonly type: 'SlotRangeSkipped';
      readonly data: {
        /** The first and the last slot of the range. */
        readonly slot: string;
        readonly through: string;
        readonly reason: SlotSkipReason;
        /** How many slots; null when they were too many to count. */
        readonly count: number | null;
      };
    };
