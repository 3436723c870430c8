import { isPrintable, lengthOf, REASON_LENGTH } from './operator-text.js';
import { because } from './refusals.js';
import { reject, type Rejection } from './rejection.js';

/** Why an operator's reason cannot be kept; undefined for one that can, and for none. The same rule for runs, backfills and schedules. */
export function refuseReason(reason: string | undefined): Rejection | undefined {
  if (reason === undefined) return undefined;
  const length = lengthOf(reason.trim());
  if (length > REASON_LENGTH) return reject('REASON_TOO_LONG', because('REASON_TOO_LONG', { most: REASON_LENGTH, found: length }));
  if (isPrintable(reason.trim())) return undefined;
  return reject('REASON_UNPRINTABLE', because('REASON_UNPRINTABLE'));
}

/** An operator's reason as it is kept: without the space around it, and no reason at all where that leaves none. */
export function keptReason(reason: string | undefined): { readonly reason?: string } {
  const kept = reason?.trim() ?? '';
  return kept === '' ? {} : { reason: kept };
}
