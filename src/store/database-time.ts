/**
 * SQL that reads the database's clock without trusting it: it may be set ahead by days and come back, and what was written meanwhile lies in the future.
 * A time is believed where it is near enough to now, in either direction.
 */

/** ms that a lease of an older release may last, which did not note how long it was given for. */
const UNKNOWN_LEASE_MS = 3_600_000;

/**
 * Whether the lease of a row of `batch.chunk_work` holds: not over, and not longer from now than twice what it was given for. One that lies days ahead was
 * given by a clock that was wrong, and its owner, if it lives, renews it within a third of its length.
 */
export function leaseHolds(row: string): string {
  const most = `2 * coalesce(${row}.lease_ms, ${UNKNOWN_LEASE_MS}) * interval '1 ms'`;
  return `coalesce(${row}.lease_until between clock_timestamp() and clock_timestamp() + ${most}, false)`;
}

/** Whether a time is no further than so many ms from now. False for null. */
export function isNow(time: string, withinMs: number): string {
  const span = `interval '${withinMs} ms'`;
  return `coalesce(${time} between clock_timestamp() - ${span} and clock_timestamp() + ${span}, false)`;
}

/** ms that a chunk may wait at a time, as is believed: it is looked at again after minutes. */
const LONGEST_WAIT_MS = 7_200_000;

/** Whether a row of `batch.chunk_work` waits for a batch, and is not to be looked at yet. */
export function waits(row: string): string {
  return `coalesce(${row}.waits_until between clock_timestamp() and clock_timestamp() + ${LONGEST_WAIT_MS} * interval '1 ms', false)`;
}
