import type { Deps } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import { ORIGIN } from '../eventlog/cursor.js';
import type { ProgressState } from './progress-feed.js';

const NOBODY = { generated: 0, skipped: 0, failed: 0, cancelled: 0, reasons: {} };

/** The last state of a run whose events were let go, as the views keep it; undefined while the log has them. To follow such a run in the log would never end. */
export async function progressAsKept(
  deps: Pick<Deps, 'outcomes' | 'runs'>,
  { runId, month }: { readonly runId: string; readonly month: LocalDate },
): Promise<ProgressState | undefined> {
  if ((await deps.outcomes.letGo(month)) === undefined) return undefined;
  const run = (await deps.runs.find(runId))?.run;
  if (run === undefined) return undefined;
  const { status, roster, chunkCount, startedAt, endedAt, requestedAt, tally } = run;
  const place = { runId, status, roster, chunkCount, chunksDone: chunkCount ?? 0, pausedCause: null, pausedReason: null, startedAt };
  return { progress: { ...place, ...(tally ?? NOBODY), at: endedAt ?? requestedAt }, cursor: ORIGIN };
}
