import type { Signable } from './signable.js';

/** What can happen to a row’s signature, on its stream `signature-<id of the row>`. */
export type SignatureEvent =
  | {
      readonly type: 'SignatureGiven';
      /** `hash` is that of exactly what was shown: SHA-256 in hexadecimal digits. */
      readonly data: { readonly row: Signable; readonly hash: string };
    }
  | { readonly type: 'SignatureWithdrawn'; readonly data: { readonly reason?: string } };

/** A row’s signature as its events tell it. */
export interface Signature {
  /** The row, as one word. */
  readonly id: string;
  readonly version: number;
  /** Of what was shown when it was signed last. */
  readonly hash: string;
  readonly signedBy: string;
  readonly signedAt: string;
  /** Both null while it stands. */
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: string | null;
}

/** Folds one event into a signature. @throws TypeError for a withdrawal of what was never signed: the stream is damaged */
export function evolveSignature(
  before: Signature | undefined,
  event: SignatureEvent,
  { id, actor, recordedAt }: { readonly id: string; readonly actor: string; readonly recordedAt: string },
): Signature {
  const version = (before?.version ?? 0) + 1;
  if (event.type === 'SignatureGiven')
    return { id, version, hash: event.data.hash, signedBy: actor, signedAt: recordedAt, withdrawnBy: null, withdrawnAt: null };
  if (before === undefined) throw new TypeError(`the signature of ${id} begins with a withdrawal, expected a signature`);
  return { ...before, version, withdrawnBy: actor, withdrawnAt: recordedAt };
}

/** A signature that stands, and what it is for. */
export type StandingSignature = Pick<Signature, 'id' | 'hash'>;

/** How it stands with a row: CHANGED since it was signed is not signed. */
export const SIGNING_STATES = ['UNSIGNED', 'SIGNED', 'CHANGED'] as const;
export type SigningState = (typeof SIGNING_STATES)[number];

/** How it stands with a row that is shown now. @param signature the log’s, whether or not it stands */
export function signingState(
  row: { readonly hash: string; readonly isSignedInFile: boolean },
  signature: Pick<Signature, 'hash' | 'withdrawnAt'> | undefined,
): SigningState {
  if (row.isSignedInFile) return 'SIGNED';
  if (signature === undefined || signature.withdrawnAt !== null) return 'UNSIGNED';
  return signature.hash === row.hash ? 'SIGNED' : 'CHANGED';
}
