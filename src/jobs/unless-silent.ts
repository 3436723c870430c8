import { endsWithin } from '../base/ends-within.js';

/** ms after which work of the store is not waited for any more. */
const SILENT_MS = 5_000;

/**
 * Waits for work of a job store, and not for ever: a driver that lost its server settles nothing of what it was asked, and a caller that waited for that would wait on when
 * another Agenda stands in its place. @throws when it has not ended within 5 s, and what it throws
 */
export async function unlessSilent<T>(work: Promise<T>): Promise<T> {
  if (await endsWithin(SILENT_MS, work)) return work;
  throw new Error(`the job store said nothing for ${SILENT_MS / 1_000} s`);
}
