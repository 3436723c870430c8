import type { Signature } from '../domain/signing/signature.js';

/** Columns of `batch.signature_view`, in the order of `signatureValues`. */
export const SIGNATURE_COLUMNS = ['id', 'version', 'hash', 'signed_by', 'signed_at', 'withdrawn_by', 'withdrawn_at'] as const;

/** A row of `batch.signature_view`. */
export interface SignatureRow {
  id: string;
  version: number;
  hash: string;
  signed_by: string;
  signed_at: Date;
  withdrawn_by: string | null;
  withdrawn_at: Date | null;
}

/** A signature as values for `SIGNATURE_COLUMNS`. */
export function signatureValues({ id, version, hash, signedBy, signedAt, withdrawnBy, withdrawnAt }: Signature): unknown[] {
  return [id, version, hash, signedBy, signedAt, withdrawnBy, withdrawnAt];
}

/** A signature out of its row. */
export function signatureOfRow(row: SignatureRow): Signature {
  const { id, version, hash, signed_by: signedBy, withdrawn_by: withdrawnBy } = row;
  const withdrawnAt = row.withdrawn_at?.toISOString() ?? null;
  return { id, version, hash, signedBy, signedAt: row.signed_at.toISOString(), withdrawnBy, withdrawnAt };
}
