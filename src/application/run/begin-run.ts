import type { RunRequest } from '../../domain/run/run-events.js';
import { monthOf } from '../../domain/run/stream-names.js';
import { append } from '../decide-and-append.js';
import type { Deps, StoredRun, Transaction } from '../ports.js';
import { streamOfNewRun } from '../written-streams.js';

/** Records a decided run as the first event of its stream. @throws VersionConflict when the id has a run */
export async function beginRun(
  deps: Pick<Deps, 'clock'>,
  tx: Transaction,
  start: { runId: string; request: RunRequest; actor: string },
): Promise<StoredRun> {
  const { runId, request, actor } = start;
  const month = monthOf(deps.clock());
  return { run: await append(tx, streamOfNewRun(runId, month, actor), [{ type: 'RunRequested', data: request }]), month };
}
