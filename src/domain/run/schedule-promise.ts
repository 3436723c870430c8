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
  return reject(
    'NO_ACTIVE_SCHEDULE',
    'At least one schedule must be active, found none. Create or resume a schedule first; or, to run all the same, say why: ' +
      '--without-schedule "reason" on the command line, `withoutSchedule` in GraphQL.',
  );
}

/** Why the words of an order without a schedule cannot be kept; undefined where they can, and where there are none. */
export function refuseWithoutReason({ withoutSchedule }: MaybeWithoutSchedule): Rejection | undefined {
  if (withoutSchedule === undefined) return undefined;
  if (withoutSchedule.trim() !== '') return refuseReason(withoutSchedule);
  const wanted = `A run without a schedule needs a reason of 1 to ${REASON_LENGTH} characters, found none.`;
  return reject('REASON_MISSING', `${wanted} Say why it cannot wait for one.`);
}
