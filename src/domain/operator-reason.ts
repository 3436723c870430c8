import { isPrintable, lengthOf, REASON_LENGTH } from './operator-text.js';
import { reject, type Rejection } from './rejection.js';

/** Why an operator's reason cannot be kept; undefined for one that can, and for none. The same rule for runs, backfills and schedules. */
export function refuseReason(reason: string | undefined): Rejection | undefined {
  if (reason === undefined) return undefined;
  const length = lengthOf(reason.trim());
  if (length > REASON_LENGTH) {
    return reject('REASON_TOO_LONG', `A reason takes at most ${REASON_LENGTH} characters, found ${length}. Shorten it.`);
  }
  if (isPrintable(reason.trim())) return undefined;
  const found = 'found a line break, a control character or half of a surrogate pair';
  return reject('REASON_UNPRINTABLE', `A reason is one line of printable characters, ${found}. Leave them out.`);
}

/** An operator's reason as it is kept: without the space around it, and no reason at all where that leaves none. */
export function keptReason(reason: string | undefined): { readonly reason?: string } {
  const kept = reason?.trim() ?? '';
  return kept === '' ? {} : { reason: kept };
}
