import { reject, type Rejection } from '../rejection.js';
import { isPrintable } from '../schedule/operator-text.js';

/** Most characters of an operator's reason. */
export const MAX_REASON_LENGTH = 200;

/** Why an operator's reason cannot be kept; undefined for one that can, and for none. */
export function refuseReason(reason: string | undefined): Rejection | undefined {
  if (reason === undefined) return undefined;
  if (reason.length > MAX_REASON_LENGTH) {
    return reject('REASON_TOO_LONG', `A reason takes at most ${MAX_REASON_LENGTH} characters, found ${reason.length}. Shorten it.`);
  }
  if (isPrintable(reason)) return undefined;
  const found = 'found a line break, a control character or half of a surrogate pair';
  return reject('REASON_UNPRINTABLE', `A reason is one line of printable characters, ${found}. Leave them out.`);
}
