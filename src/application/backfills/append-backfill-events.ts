import type { BackfillEvent } from '../../domain/backfill/backfill-events.js';
import { evolveBackfill, type Backfill } from '../../domain/backfill/backfill.js';
import { backfillStream, LASTING } from '../../domain/run/stream-names.js';
import type { Transaction } from '../ports.js';

/** Whose stream is appended to, by whom, after what. */
export interface BackfillAppend {
  readonly backfillId: string;
  /** Undefined for a new backfill. */
  readonly backfill: Backfill | undefined;
  readonly actor: string;
}

/** Appends to a backfill's stream after the version that was loaded, and keeps its views in step, in one transaction. @throws VersionConflict */
export async function appendBackfillEvents(tx: Transaction, to: BackfillAppend, events: readonly BackfillEvent[]): Promise<Backfill> {
  const { backfillId, backfill, actor } = to;
  const stream = backfillStream(backfillId);
  const target = { stream, expectedVersion: backfill?.version ?? 0, month: LASTING, actor, correlationId: backfillId };
  const { recordedAt } = await tx.log.append(target, events);
  let next = backfill;
  for (const event of events) next = evolveBackfill(next, event, { backfillId, actor, recordedAt });
  if (next === undefined) throw new Error(`nothing was appended to backfill ${backfillId}`);
  await tx.backfills.save(next, backfill);
  return next;
}
