import type { ClaimedChunk, Deps } from '../ports.js';

/** A lease that is kept while a chunk is worked on. */
export interface KeptLease {
  /** Aborts when another owner has the chunk, or when the lease ran out because it could not be renewed. */
  readonly lost: AbortSignal;
  stop(): void;
}

/** Tries of a renewal within one lease. */
const RENEWALS = 3;

/** Renews a claim three times in its lease. A worker that cannot renew counts its claim as lost when the lease is over, by its own clock. */
export function keepLease(deps: Pick<Deps, 'lanes' | 'settings'>, claim: ClaimedChunk): KeptLease {
  const { leaseMs } = deps.settings;
  const lease = new AbortController();
  let renewedAt = performance.now();
  const renew = async (): Promise<void> => {
    const askedAt = performance.now();
    // What was asked for while the lease was long over must not revive it: another owner may have claimed the chunk in between.
    if (askedAt - renewedAt >= leaseMs) return lease.abort(new Error('the lease ran out before it could be renewed'));
    try {
      if (!(await deps.lanes.renew(claim, leaseMs))) return lease.abort(new Error('another owner has the chunk'));
      renewedAt = askedAt;
    } catch {
      // The database is away: tried again until the lease is over.
    }
  };
  const timer = setInterval(() => void renew(), leaseMs / RENEWALS);
  return { lost: lease.signal, stop: () => clearInterval(timer) };
}
