import { refuseReason } from '../operator-reason.js';

/** Longest that alerts can be silenced, in days. */
export const LONGEST_SILENCE_DAYS = 30;

/** Why alerts cannot be silenced so. */
export interface SilenceRefusal {
  readonly status: 'rejected';
  readonly code: 'SILENCE_TOO_LONG' | 'REASON_MISSING' | 'REASON_TOO_LONG' | 'REASON_UNPRINTABLE';
  readonly message: string;
}

/** Why a silence cannot be kept; undefined for one that can. It has an end and a reason: one that is forgotten would keep a bad night from all readers. */
export function refuseSilence({ until, reason }: { readonly until: Date; readonly reason: string }, now: Date): SilenceRefusal | undefined {
  const ms = until.getTime() - now.getTime();
  if (!(ms > 0 && ms <= LONGEST_SILENCE_DAYS * 86_400_000)) {
    const message = `A silence ends within ${LONGEST_SILENCE_DAYS} days from now, found ${until.toISOString()}. Choose a time after now and before that.`;
    return { status: 'rejected', code: 'SILENCE_TOO_LONG', message };
  }
  if (reason.trim() === '')
    return { status: 'rejected', code: 'REASON_MISSING', message: 'A silence needs a reason, found none. Say why it is not to be sent.' };
  const refused = refuseReason(reason);
  return refused === undefined ? undefined : { status: 'rejected', code: refused.code as SilenceRefusal['code'], message: refused.message };
}
