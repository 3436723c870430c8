import { because } from '../domain/refusals.js';
import { reject, type Rejection } from '../domain/rejection.js';
import type { Transaction } from './ports.js';

/** A caller and its idempotency key: the same key from the same caller is answered with the result of the first time. */
export interface KeyedCaller {
  readonly actor: string;
  /** 1 to 128 printable ASCII characters. */
  readonly idempotencyKey?: string;
}

const KEY_FORM = /^[\x21-\x7e]{1,128}$/;

/** Why a key cannot be used; undefined for one that can, and for none. */
export function refuseKey({ idempotencyKey }: KeyedCaller): Rejection | undefined {
  if (idempotencyKey === undefined || KEY_FORM.test(idempotencyKey)) return undefined;
  return reject('IDEMPOTENCY_KEY_INVALID', because('IDEMPOTENCY_KEY_INVALID'));
}

/** Takes a caller's key for what is about to be made. @returns undefined, the id of what an earlier request with it made, or why it cannot be used */
export async function takeKey(
  tx: Pick<Transaction, 'keys'>,
  { actor, idempotencyKey: key }: KeyedCaller,
  made: { readonly id: string; readonly order: object },
): Promise<{ readonly earlierId: string } | Rejection | undefined> {
  if (key === undefined) return undefined;
  const held = await tx.keys.take({ actor, key, order: canonical(made.order), runId: made.id });
  if (held === undefined) return undefined;
  if (held.isSame) return { earlierId: held.runId };
  return refuseReused(held.runId);
}

/** Refuses a key that stands for something else. After an erasure only the kind of what it made tells: see `IdempotencyKeys`. */
export function refuseReused(made: string): Rejection {
  return reject('IDEMPOTENCY_KEY_REUSED', because('IDEMPOTENCY_KEY_REUSED', { made }), made);
}

/** JSON with the keys of every object in order, so that the same input gives the same text however it was written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
