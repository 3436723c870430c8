import { evolveRun } from '../../domain/run/run.js';
import type { RunEvent } from '../../domain/run/run-events.js';
import { runStream } from '../../domain/run/stream-names.js';
import type { StoredRun, Transaction } from '../ports.js';

/** Appends to a run's stream after the version that was loaded, and keeps its view in step, in one transaction. @throws VersionConflict */
export async function appendRunEvents(tx: Transaction, stored: StoredRun, events: readonly RunEvent[], actor: string): Promise<StoredRun> {
  const { run, month } = stored;
  const target = { stream: runStream(run.runId), expectedVersion: run.version, month, runId: run.runId, actor, correlationId: run.runId };
  const { recordedAt } = await tx.log.append(target, events);
  const context = { runId: run.runId, actor, recordedAt };
  const next = { run: events.reduce((state, event) => evolveRun(state, event, context), run), month };
  await tx.runs.save(next);
  return next;
}
