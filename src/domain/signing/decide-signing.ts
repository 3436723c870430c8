import { keptReason, refuseReason } from '../operator-reason.js';
import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import { signableOf } from './signable.js';
import type { Signature, SignatureEvent } from './signature.js';
import type { SignableRow } from './signable-row.js';

/** Most rows that one request may sign or withdraw. */
export const MAX_SIGNED = 100;

/** A row that is to be signed, and the hash of what the reviewer was shown. */
export interface SigningOrder {
  readonly id: string;
  readonly hash: string;
}

type Rows = ReadonlyMap<string, SignableRow>;

/** Why rows cannot be signed; undefined where all can. */
export function refuseSigning(orders: readonly SigningOrder[], rows: Rows): Rejection | undefined {
  const refusal = refuseCount(orders.length);
  if (refusal !== undefined) return refusal;
  for (const { id, hash } of orders) {
    const row = rows.get(id);
    if (row === undefined) return reject('SIGN_UNKNOWN', because('SIGN_UNKNOWN'));
    if (row.hash !== hash) return reject('SIGN_CHANGED', because('SIGN_CHANGED', { row: id }));
  }
  return undefined;
}

/** The event of a signature; none where it stands already, of the same content. */
export function decideSigning({ id, hash }: SigningOrder, before: Signature | undefined): SignatureEvent | undefined {
  if (before !== undefined && before.withdrawnAt === null && before.hash === hash) return undefined;
  const row = signableOf(id);
  if (row === undefined) throw new TypeError(`${id} is the id of no row, expected one that was looked up`);
  return { type: 'SignatureGiven', data: { row, hash } };
}

/** Why signatures cannot be withdrawn; undefined where all can. A signature of a row that is there no more can be withdrawn. */
export function refuseWithdrawal(
  { ids, reason }: { readonly ids: readonly string[]; readonly reason: string | undefined },
  rows: Rows,
): Rejection | undefined {
  const refusal = refuseCount(ids.length) ?? refuseReason(reason);
  if (refusal !== undefined) return refusal;
  if (ids.some((id) => signableOf(id) === undefined)) return reject('SIGN_UNKNOWN', because('SIGN_UNKNOWN'));
  const inFile = ids.find((id) => rows.get(id)?.isSignedInFile === true);
  return inFile === undefined ? undefined : reject('SIGNED_IN_FILE', because('SIGNED_IN_FILE', { row: inFile }));
}

/** The event of a withdrawal; none where no signature stands. */
export function decideWithdrawal(before: Signature | undefined, reason: string | undefined): SignatureEvent | undefined {
  if (before === undefined || before.withdrawnAt !== null) return undefined;
  return { type: 'SignatureWithdrawn', data: keptReason(reason) };
}

function refuseCount(found: number): Rejection | undefined {
  if (found >= 1 && found <= MAX_SIGNED) return undefined;
  return reject('SIGN_COUNT', because('SIGN_COUNT', { most: MAX_SIGNED, found }));
}
