import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';

/** What can happen to a point, on its stream `point-<id>`. */
export type PointEvent =
  | { readonly type: 'PointTurnedOff'; readonly data: { readonly markId?: string; readonly reason?: string } }
  | { readonly type: 'PointTurnedOn'; readonly data: { readonly reason?: string } };

/** Whether a point is said, as its events tell it. */
export interface PointSwitch {
  readonly point: string;
  /** Events so far on its stream: each changes what advice is made of. */
  readonly version: number;
  readonly isOff: boolean;
  /** The mark for which it was turned off. */
  readonly markId: string | null;
  readonly actor: string;
  readonly changedAt: string;
}

/** Folds one event into a switch. */
export function evolvePoint(
  before: PointSwitch | undefined,
  event: PointEvent,
  context: { readonly point: string; readonly actor: string; readonly recordedAt: string },
): PointSwitch {
  const { point, actor, recordedAt: changedAt } = context;
  const isOff = event.type === 'PointTurnedOff';
  return { point, version: (before?.version ?? 0) + 1, isOff, markId: (isOff && event.data.markId) || null, actor, changedAt };
}

/** What the decision needs to know of a point. */
export interface PointFacts {
  readonly isKnown: boolean;
  readonly warns: boolean;
  readonly isOff: boolean;
  /** What advice could not be made without. */
  readonly lacking: readonly string[];
}

/** Why a point cannot be turned off; undefined for one that can. */
export function refuseOff(point: string, { isKnown, warns, isOff, lacking }: PointFacts): Rejection | undefined {
  if (!isKnown) return reject('POINT_UNKNOWN', because('POINT_UNKNOWN'));
  if (isOff) return reject('POINT_IS_OFF', because('POINT_IS_OFF', { point }));
  if (warns) return reject('POINT_IS_WARNING', because('POINT_IS_WARNING', { point }));
  if (lacking.length > 0) return reject('POINT_LEAVES_NOTHING', because('POINT_LEAVES_NOTHING', { point, lacking: [...lacking] }));
  return undefined;
}
