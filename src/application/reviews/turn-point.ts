import { keptReason, refuseReason } from '../../domain/operator-reason.js';
import { because } from '../../domain/refusals.js';
import { isRejection, reject, type Rejection } from '../../domain/rejection.js';
import { refuseOff, type PointEvent, type PointSwitch } from '../../domain/review/point-switch.js';
import { append } from '../decide-and-append.js';
import type { Deps, Transaction } from '../ports.js';
import { lackingWithout } from '../recalls/lacking-without.js';
import { streamOfPoint } from '../written-streams.js';

/** A point that is to be said no more, or again. */
export interface TurnPoint {
  readonly point: string;
  readonly reason?: string;
}

/** What points are turned with. */
export type Turning = Pick<Deps, 'idOf' | 'transaction' | 'words'>;

/** Turns a point off: when this answers no advice is written with it, whichever worker writes it. Saved advice stays as it is: a recall replaces it. */
export async function turnPointOff(deps: Turning, order: TurnPoint, actor: string): Promise<PointSwitch | Rejection> {
  const refusal = refuseReason(order.reason);
  if (refusal !== undefined) return refusal;
  // Before the lock of recalls, which writers of advice wait for.
  if (!deps.words.knows({ kind: 'POINT', point: order.point })) return reject('POINT_UNKNOWN', because('POINT_UNKNOWN'));
  return deps.transaction(async (tx) => {
    await tx.recalls.holdExclusive();
    return turnOffIn(deps, tx, { ...order, actor });
  });
}

/** The same within a transaction that holds the lock of recalls. */
async function turnOffIn(
  { idOf, words }: Pick<Turning, 'idOf' | 'words'>,
  tx: Transaction,
  { point, reason, actor, markId }: TurnPoint & { readonly actor: string; readonly markId?: string },
): Promise<PointSwitch | Rejection> {
  const cause = { kind: 'POINT', point } as const;
  const isKnown = words.knows(cause);
  const before = isKnown ? await tx.reviews.lockPoint(point) : undefined;
  const refusal = refuseOff(point, {
    isKnown,
    isOff: before?.isOff ?? false,
    warns: words.warns(point),
    lacking: await lackingWithout(words, tx, cause),
  });
  if (refusal !== undefined) return refusal;
  const data = { ...(markId !== undefined && { markId }), ...keptReason(reason) };
  return append<PointSwitch, PointEvent>(tx, streamOfPoint(point, before, { actor, id: idOf('point', point) }), [
    { type: 'PointTurnedOff', data },
  ]);
}

/** Turns a point on again: advice that is written from now on may say it. */
export async function turnPointOn(deps: Turning, { point, reason }: TurnPoint, actor: string): Promise<PointSwitch | Rejection> {
  const refusal = refuseReason(reason);
  if (refusal !== undefined) return refusal;
  if (!deps.words.knows({ kind: 'POINT', point })) return reject('POINT_NOT_OFF', because('POINT_NOT_OFF'));
  return deps.transaction(async (tx) => {
    await tx.recalls.holdExclusive();
    const before = await tx.reviews.lockPoint(point);
    if (before?.isOff !== true) return reject('POINT_NOT_OFF', because('POINT_NOT_OFF'));
    return append<PointSwitch, PointEvent>(tx, streamOfPoint(point, before, { actor, id: deps.idOf('point', point) }), [
      { type: 'PointTurnedOn', data: keptReason(reason) },
    ]);
  });
}

/** Turns several points off; those that are off already stay so. @returns the first refusal */
export async function turnAllOff(
  deps: Pick<Turning, 'idOf' | 'words'>,
  tx: Transaction,
  { points, ...by }: { readonly points: readonly string[]; readonly actor: string; readonly markId: string },
): Promise<Rejection | undefined> {
  for (const point of points.toSorted()) {
    const turned = await turnOffIn(deps, tx, { point, ...by });
    if (isRejection(turned) && turned.code !== 'POINT_IS_OFF') return turned;
  }
  return undefined;
}
