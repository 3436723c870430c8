import type { GeneratorName } from '../outcome.js';
import { keptReason, refuseReason } from '../operator-reason.js';
import type { RecallCause } from '../recall/recall-cause.js';
import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import type { MarkData, MarkVerdict } from './mark-events.js';
import type { RowKey } from './row-key.js';

/** What a reviewer says of a row, and what is to follow. */
export interface MarkOrder {
  readonly row: RowKey;
  readonly verdict: MarkVerdict;
  readonly points: readonly string[];
  readonly dishes: readonly string[];
  readonly note?: string;
  /** Turns the points off: no advice says them from now on. */
  readonly turnOff: boolean;
  /** Recalls the one point or the one dish: advice for today and later that holds it is written anew. */
  readonly recall: boolean;
  /** With `recall`: whether it is for an allergen. */
  readonly allergen: boolean;
}

/** What a row shows. */
export interface ShownRow {
  readonly points: readonly string[];
  readonly dishes: readonly string[];
  readonly generator: GeneratorName;
  readonly vocabulary: string | null;
  readonly promptVersion: string | null;
}

/** A mark, and what follows of it. */
export interface DecidedMark {
  readonly status: 'decided';
  readonly mark: MarkData;
  readonly turnsOff: readonly string[];
  readonly recalls: RecallCause | undefined;
}

/** Completes a mark, or says why it is refused. @param row undefined where there is no such row any more */
export function decideMark(order: MarkOrder, row: ShownRow | undefined): DecidedMark | Rejection {
  if (row === undefined) return reject('MARK_ROW_NOT_FOUND', because('MARK_ROW_NOT_FOUND'));
  const refusal = refuseReason(order.note) ?? refuseVerdict(order, row) ?? refuseDeeds(order);
  if (refusal !== undefined) return refusal;
  const { vocabulary, promptVersion } = row;
  const mark: MarkData = {
    row: order.row,
    verdict: order.verdict,
    points: once(order.points),
    dishes: once(order.dishes),
    seenPoints: once(row.points),
    seenDishes: once(row.dishes),
    generator: row.generator,
    ...(vocabulary !== null && { vocabulary }),
    ...(promptVersion !== null && { promptVersion }),
    ...keptReason(order.note),
  };
  return { status: 'decided', mark, turnsOff: order.turnOff ? mark.points : [], recalls: order.recall ? causeOf(mark) : undefined };
}

function refuseVerdict({ verdict, points, dishes, note }: MarkOrder, row: ShownRow): Rejection | undefined {
  if (points.some((point) => !row.points.includes(point)) || dishes.some((dish) => !row.dishes.includes(dish)))
    return reject('MARK_NOT_OF_ROW', because('MARK_NOT_OF_ROW'));
  const isBad = verdict === 'WRONG' || verdict === 'HARMFUL';
  if (isBad && points.length + dishes.length === 0 && (note ?? '').trim() === '')
    return reject('MARK_WITHOUT_WHAT', because('MARK_WITHOUT_WHAT'));
  return undefined;
}

function refuseDeeds({ verdict, points, dishes, turnOff, recall }: MarkOrder): Rejection | undefined {
  if ((turnOff || recall) && verdict !== 'WRONG' && verdict !== 'HARMFUL') return reject('MARK_TOO_MILD', because('MARK_TOO_MILD'));
  if (turnOff && points.length === 0) return reject('MARK_WITHOUT_POINT', because('MARK_WITHOUT_POINT'));
  if (recall && new Set(points).size + new Set(dishes).size !== 1)
    return reject('MARK_RECALLS_ONE', because('MARK_RECALLS_ONE', { found: new Set(points).size + new Set(dishes).size }));
  return undefined;
}

function causeOf({ points: [point], dishes: [dish] }: MarkData): RecallCause | undefined {
  if (point !== undefined) return { kind: 'POINT', point };
  return dish === undefined ? undefined : { kind: 'DISH', dish };
}

function once(names: readonly string[]): string[] {
  return [...new Set(names)];
}
