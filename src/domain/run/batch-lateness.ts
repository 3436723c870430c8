/** What is known of a batch that has not come back. */
export interface AwaitedBatch {
  readonly now: Date;
  /** Until when its run waits for it. */
  readonly waitUntil: Date;
  /** When the provider was first asked to end it; null where it was not. */
  readonly cancelAskedAt: Date | null;
  /** ms that the provider may take to end it, counted from when it was asked. */
  readonly cancelMs: number;
  /** Whether the provider did not answer at this look. */
  readonly isAway: boolean;
}

/** How much longer a provider that does not answer is waited for: its batch may have ended, with answers that are paid for, and calls would not be answered either. */
const AWAY_TIMES = 5;

/** What is to be done about it. CANCEL: the provider is asked to end it, again where it was asked before: the order may not have reached it. */
export function afterLook({ now, waitUntil, cancelAskedAt, cancelMs, isAway }: AwaitedBatch): 'WAIT' | 'CANCEL' | 'GIVE_UP' {
  if (cancelAskedAt === null) return now < waitUntil ? 'WAIT' : 'CANCEL';
  const askedMs = now.getTime() - cancelAskedAt.getTime();
  return askedMs >= cancelMs * (isAway ? AWAY_TIMES : 1) ? 'GIVE_UP' : 'CANCEL';
}
