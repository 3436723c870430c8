import { refuseReason } from '../operator-reason.js';
import { because } from '../refusals.js';
import { refusalFor, type Refusal, type RejectionCode } from '../rejection.js';

/** Longest that alerts can be silenced, in days. */
const LONGEST_SILENCE_DAYS = 30;

/** Silences that go on at once. Lists show a hundred: one that no list shows would keep a bad night from all readers. */
export const MAX_SILENCES = 90;

/** Why alerts cannot be silenced so. */
export type SilenceRefusal = Refusal<'SILENCE_TOO_LONG' | 'TOO_MANY_SILENCES' | RejectionCode>;

/** Why a silence cannot be kept; undefined for one that can. It has an end and a reason: one that is forgotten would keep a bad night from all readers. */
export function refuseSilence(
  { until, reason }: { readonly until: Date; readonly reason: string },
  { now, going }: { readonly now: Date; readonly going: number },
): SilenceRefusal | undefined {
  if (going >= MAX_SILENCES) return refusalFor('TOO_MANY_SILENCES', because('TOO_MANY_SILENCES', { going, most: MAX_SILENCES }));
  const ms = until.getTime() - now.getTime();
  if (!(ms > 0 && ms <= LONGEST_SILENCE_DAYS * 86_400_000)) {
    const found = { days: LONGEST_SILENCE_DAYS, found: until.toISOString() };
    return refusalFor('SILENCE_TOO_LONG', because('SILENCE_TOO_LONG', found));
  }
  return reason.trim() === '' ? refusalFor('REASON_MISSING', because('SILENCE_WITHOUT_REASON')) : refuseReason(reason);
}
