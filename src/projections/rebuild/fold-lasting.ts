import type { BackfillEvent } from '../../domain/backfill/backfill-events.js';
import { evolveBackfill, type Backfill } from '../../domain/backfill/backfill.js';
import { localDate } from '../../domain/local-date.js';
import type { RecallEvent } from '../../domain/recall/recall-events.js';
import { evolveRecall, type Recall } from '../../domain/recall/recall.js';
import type { RolloutEvent } from '../../domain/rollout/rollout-events.js';
import { evolveRollout, type Rollout } from '../../domain/rollout/rollout.js';
import { evolveMark, type Mark, type MarkEvent } from '../../domain/review/mark-events.js';
import { evolvePoint, type PointEvent, type PointSwitch } from '../../domain/review/point-switch.js';
import type { LetGoMonth, MonthLetGo } from '../../domain/retention/retention.js';
import { LASTING } from '../../domain/run/stream-names.js';
import { evolveSignature, type Signature, type SignatureEvent } from '../../domain/signing/signature.js';
import type { ScheduleEvent } from '../../domain/schedule/schedule-events.js';
import { evolveSchedule, type Schedule } from '../../domain/schedule/schedule.js';
import type { Queryable } from '../../eventlog/postgres-log.js';
import { readEvent, type FoldedRow, type ReadEvent } from './fold-runs.js';

const PAGE = 1_000;
/** What the streams of months begin with. */
const RETENTION = 'retention-';

// In the order of the key (run_month, stream, version). `$4` is what the streams begin with.
const NEXT_EVENTS = `select position::text, stream, version, type, data, actor, recorded_at, substr(stream, length($4::text) + 1) as id from batch.event
  where run_month = $1::date and (stream, version) > ($2, $3::int) and starts_with(stream, $4) order by stream, version limit ${PAGE}`;

/** Folds every schedule there ever was. @throws InvalidEvent for an event that cannot be read or is missing */
export function foldSchedules(db: Queryable): Promise<Schedule[]> {
  return foldStreams<Schedule>(db, 'schedule-', (before, { event, context }, scheduleId) =>
    evolveSchedule(before, event as ScheduleEvent, { scheduleId, ...context }),
  );
}

/** Folds every backfill there ever was. @throws InvalidEvent for an event that cannot be read or is missing */
export function foldBackfills(db: Queryable): Promise<Backfill[]> {
  return foldStreams<Backfill>(db, 'backfill-', (before, { event, context }, backfillId) =>
    evolveBackfill(before, event as BackfillEvent, { backfillId, ...context }),
  );
}

/** Folds every recall there ever was. @throws InvalidEvent for an event that cannot be read or is missing */
export function foldRecalls(db: Queryable): Promise<Recall[]> {
  return foldStreams<Recall>(db, 'recall-', (before, { event, context }, recallId) =>
    evolveRecall(before, event as RecallEvent, { recallId, ...context }),
  );
}

/** Folds every rollout there ever was. @throws InvalidEvent for an event that cannot be read or is missing */
export function foldRollouts(db: Queryable): Promise<Rollout[]> {
  return foldStreams<Rollout>(db, 'rollout-', (before, { event, context }, rolloutId) =>
    evolveRollout(before, event as RolloutEvent, { rolloutId, ...context }),
  );
}

/** Folds every mark there ever was. @throws InvalidEvent for an event that cannot be read or is missing */
export function foldMarks(db: Queryable): Promise<Mark[]> {
  return foldStreams<Mark>(db, 'mark-', (before, { event, context }, markId) =>
    evolveMark(before, event as MarkEvent, { markId, ...context }),
  );
}

/** Folds every point that was ever turned off. @throws InvalidEvent for an event that cannot be read or is missing */
export function foldPoints(db: Queryable): Promise<PointSwitch[]> {
  return foldStreams<PointSwitch>(db, 'point-', (before, { event, context }, point) =>
    evolvePoint(before, event as PointEvent, { point, ...context }),
  );
}

/** Folds every signature that was ever given. @throws InvalidEvent for an event that cannot be read or is missing */
export function foldSignatures(db: Queryable): Promise<Signature[]> {
  return foldStreams<Signature>(db, 'signature-', (before, { event, context }, id) =>
    evolveSignature(before, event as SignatureEvent, { id, ...context }),
  );
}

/** Folds every month that was let go. @throws InvalidEvent for an event that cannot be read or is missing */
export async function foldLetGo(db: Queryable): Promise<LetGoMonth[]> {
  const folded = await foldStreams<LetGoMonth & { readonly version: number }>(db, RETENTION, (before, { event, context }, month) => {
    const { actor, recordedAt: letGoAt } = context;
    return { month: localDate(`${month}-01`), told: (event as MonthLetGo).data, actor, letGoAt, version: (before?.version ?? 0) + 1 };
  });
  return folded.map(({ month, told, actor, letGoAt }) => ({ month, told, actor, letGoAt }));
}

/**
 * Folds the streams of what outlives months. Their events are read in pages; the things themselves are few (an operator makes each by hand) and
 * are held at once.
 */
async function foldStreams<T extends { readonly version: number }>(
  db: Queryable,
  prefix: string,
  evolve: (before: T | undefined, read: ReadEvent, id: string) => T,
): Promise<T[]> {
  const folded = new Map<string, T>();
  for (let stream = '', version = 0; ;) {
    const { rows } = await db.query<FoldedRow>(NEXT_EVENTS, [LASTING, stream, version, prefix]);
    for (const row of rows) {
      const before = folded.get(row.id);
      folded.set(row.id, evolve(before, readEvent(row, before?.version ?? 0), row.id));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return [...folded.values()];
    ({ stream, version } = last);
  }
}
