import type { SigningRow } from '../application/reviews/list-signable.js';
import type { NotedSignature } from '../projections/queries/review-queries.js';
import { SignableLine, SignableRow } from '../schema/signing-type.js';
import { nodeOf } from './node-of.js';

/** A row and its signature as a GraphQL node. */
export function signableNode({ row, state, signature }: SigningRow<NotedSignature>): SignableRow {
  const { id, nameKo, nameEn, lines, hash, isSignedInFile, reviewedBy, reviewedOn } = row;
  const signed = isSignedInFile
    ? { signedBy: reviewedBy, signedAt: new Date(`${reviewedOn}T00:00:00Z`), withdrawnBy: null, withdrawnAt: null, reason: null }
    : {
        signedBy: signature?.signedBy ?? null,
        signedAt: dateOf(signature?.signedAt),
        withdrawnBy: signature?.withdrawnBy ?? null,
        withdrawnAt: dateOf(signature?.withdrawnAt),
        reason: signature?.reason ?? null,
      };
  return nodeOf(SignableRow, {
    id,
    kind: row.row.kind,
    nameKo,
    nameEn,
    lines: lines.map((line) => nodeOf(SignableLine, line)),
    hash,
    state,
    inFile: isSignedInFile,
    ...signed,
  });
}

function dateOf(text: string | null | undefined): Date | null {
  return text == null ? null : new Date(text);
}
