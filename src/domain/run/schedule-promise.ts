import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import { refuseReason } from '../operator-reason.js';
import { REASON_LENGTH } from '../operator-text.js';

/** An order that may say why it goes without an active schedule. */
export interface MaybeWithoutSchedule {
  /** An operator's words, 1 to 500 characters: kept with the run. */
  readonly withoutSchedule?: string;
}

/**
 * Holds the promise that nothing runs while no schedule is active: an operator who paused the only one may count on it. An operator may say why a run goes without;
 * then the log tells who, and why. @returns why the order is refused
 */
export function refuseWithoutSchedule({ withoutSchedule }: MaybeWithoutSchedule, activeSchedules: number): Rejection | undefined {
  if (activeSchedules > 0 || withoutSchedule !== undefined) return undefined;
  return reject('NO_ACTIVE_SCHEDULE', because('NO_ACTIVE_SCHEDULE'));
}

/** Why the words of an order without a schedule cannot be kept; undefined where they can, and where there are none. */
export function refuseWithoutReason({ withoutSchedule }: MaybeWithoutSchedule): Rejection | undefined {
  if (withoutSchedule === undefined) return undefined;
  if (withoutSchedule.trim() !== '') return refuseReason(withoutSchedule);
  return reject('REASON_MISSING', because('RUN_WITHOUT_REASON', { most: REASON_LENGTH }));
}
