import type { Rejection } from '../../domain/rejection.js';
import {
  decideSigning,
  decideWithdrawal,
  refuseSigning,
  refuseWithdrawal,
  type SigningOrder,
} from '../../domain/signing/decide-signing.js';
import type { Signature, SignatureEvent } from '../../domain/signing/signature.js';
import { append } from '../decide-and-append.js';
import type { Deps } from '../ports.js';
import { streamOfSignature } from '../written-streams.js';

/** What rows are signed with. */
export type Signing = Pick<Deps, 'idOf' | 'transaction' | 'words'>;

/** Signatures that were given or withdrawn; those that were as asked for already are not among them. */
export interface SignaturesChanged {
  readonly status: 'accepted';
  readonly changed: readonly Signature[];
}

/** Signs rows, all of them or none: where advice is made of signed words alone, it may be made of them when this answers. A row that is signed already, as it is shown now, stays as it is. */
export async function signRows(deps: Signing, orders: readonly SigningOrder[], actor: string): Promise<SignaturesChanged | Rejection> {
  const refusal = refuseSigning(orders, deps.words.signable);
  if (refusal !== undefined) return refusal;
  const hashes = new Map(orders.map(({ id, hash }) => [id, hash]));
  return changeAll(deps, [...hashes.keys()], {
    actor,
    decide: (id, before) => decideSigning({ id, hash: hashes.get(id) ?? '' }, before),
  });
}

/** Withdraws signatures, all of them or none: when this answers, no worker writes advice that needs them. Saved advice stays as it is. */
export async function withdrawSignatures(
  deps: Signing,
  { ids, reason }: { readonly ids: readonly string[]; readonly reason?: string },
  actor: string,
): Promise<SignaturesChanged | Rejection> {
  const refusal = refuseWithdrawal({ ids, reason }, deps.words.signable);
  if (refusal !== undefined) return refusal;
  return changeAll(deps, [...new Set(ids)], { actor, decide: (_, before) => decideWithdrawal(before, reason) });
}

interface Change {
  readonly actor: string;
  readonly decide: (id: string, before: Signature | undefined) => SignatureEvent | undefined;
}

/** Under the lock that writers of advice share: what is under way is let to its end, and nothing is written half by one state and half by another. */
function changeAll({ idOf, transaction }: Signing, ids: readonly string[], { actor, decide }: Change): Promise<SignaturesChanged> {
  return transaction(async (tx) => {
    await tx.recalls.holdExclusive();
    const held = await tx.reviews.lockSignatures(ids);
    const changed: Signature[] = [];
    for (const id of ids.toSorted()) {
      const before = held.get(id);
      const event = decide(id, before);
      if (event === undefined) continue;
      const stream = streamOfSignature(id, before, { actor, id: idOf('signature', id) });
      changed.push(await append<Signature, SignatureEvent>(tx, stream, [event]));
    }
    return { status: 'accepted', changed };
  });
}
