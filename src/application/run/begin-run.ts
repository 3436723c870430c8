import { evolveRun } from '../../domain/run/run.js';
import type { RunRequest } from '../../domain/run/run-events.js';
import { monthOf, runStream } from '../../domain/run/stream-names.js';
import type { Deps, StoredRun, Transaction } from '../ports.js';

/** Records a decided run as the first event of its stream. @throws VersionConflict when the id has a run */
export async function beginRun(
  deps: Deps,
  tx: Transaction,
  start: { runId: string; request: RunRequest; actor: string },
): Promise<StoredRun> {
  const { runId, request, actor } = start;
  const month = monthOf(deps.clock());
  const event = { type: 'RunRequested' as const, data: request };
  const target = { stream: runStream(runId), expectedVersion: 0, month, runId, actor, correlationId: runId };
  const { recordedAt } = await tx.log.append(target, [event]);
  const stored = { run: evolveRun(undefined, event, { runId, actor, recordedAt }), month };
  await tx.runs.save(stored);
  return stored;
}
