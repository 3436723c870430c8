import type { GeneratorName } from '../domain/outcome.js';
import type { Mark, MarkVerdict } from '../domain/review/mark-events.js';
import type { PointSwitch } from '../domain/review/point-switch.js';

/** Columns of `batch.mark_view`, in the order of `markValues`. */
export const MARK_COLUMNS = [
  'mark_id', 'version', 'run_id', 'chunk', 'outcome_version', 'verdict', 'points', 'dishes', 'seen_points', 'seen_dishes', 'generator', 'vocabulary',
  'prompt_version', 'actor', 'marked_at',
] as const; // prettier-ignore

/** A row of `batch.mark_view`. */
export interface MarkRow {
  mark_id: string;
  version: number;
  run_id: string;
  chunk: number;
  outcome_version: number;
  verdict: MarkVerdict;
  points: string[];
  dishes: string[];
  seen_points: string[];
  seen_dishes: string[];
  generator: GeneratorName;
  vocabulary: string | null;
  prompt_version: string | null;
  actor: string;
  marked_at: Date;
}

/** A mark as values for `MARK_COLUMNS`. */
export function markValues({ markId, version, data, actor, markedAt }: Mark): unknown[] {
  const { row, verdict, points, dishes, seenPoints, seenDishes, generator, vocabulary, promptVersion } = data;
  return [
    markId, version, row.runId, row.chunk, row.version, verdict, points, dishes, seenPoints, seenDishes, generator, vocabulary ?? null,
    promptVersion ?? null, actor, markedAt,
  ]; // prettier-ignore
}

/** A mark out of its row. */
export function markOfRow(row: MarkRow): Mark {
  const data: Mark['data'] = {
    row: { runId: row.run_id, chunk: row.chunk, version: row.outcome_version },
    verdict: row.verdict,
    points: row.points,
    dishes: row.dishes,
    seenPoints: row.seen_points,
    seenDishes: row.seen_dishes,
    generator: row.generator,
    ...(row.vocabulary !== null && { vocabulary: row.vocabulary }),
    ...(row.prompt_version !== null && { promptVersion: row.prompt_version }),
  };
  return { markId: row.mark_id, version: row.version, data, actor: row.actor, markedAt: row.marked_at.toISOString() };
}

/** Columns of `batch.point_view`, in the order of `pointValues`. */
export const POINT_COLUMNS = ['point', 'version', 'is_off', 'mark_id', 'actor', 'changed_at'] as const;

/** A row of `batch.point_view`. */
export interface PointRow {
  point: string;
  version: number;
  is_off: boolean;
  mark_id: string | null;
  actor: string;
  changed_at: Date;
}

/** A point's switch as values for `POINT_COLUMNS`. */
export function pointValues({ point, version, isOff, markId, actor, changedAt }: PointSwitch): unknown[] {
  return [point, version, isOff, markId, actor, changedAt];
}

/** A point's switch out of its row. */
export function pointOfRow(row: PointRow): PointSwitch {
  const { point, version, is_off: isOff, mark_id: markId, actor, changed_at: changedAt } = row;
  return { point, version, isOff, markId, actor, changedAt: changedAt.toISOString() };
}
