import { SIGNABLE_KINDS, type SignableKind } from '../../domain/signing/signable.js';
import type { SignableRow } from '../../domain/signing/signable-row.js';
import { signingState, type Signature, type SigningState } from '../../domain/signing/signature.js';

/** Which rows are asked for; what is absent does not narrow them. */
export interface SignableFilter {
  readonly kinds?: readonly SignableKind[];
  readonly states?: readonly SigningState[];
  /** A text that the row holds, in either language, whatever its case. */
  readonly search?: string;
}

/** What must be known of a signature to tell how a row stands with it. */
type KnownSignature = Pick<Signature, 'id' | 'hash' | 'withdrawnAt'>;

/** A row, and how it stands with its signature. */
export interface SigningRow<Signed extends KnownSignature = Signature> {
  readonly row: SignableRow;
  readonly state: SigningState;
  /** The log's, whether or not it stands. */
  readonly signature: Signed | undefined;
}

/** Joins rows with their signatures, in the order of the rows. */
export function signingRows<Signed extends KnownSignature>(
  rows: ReadonlyMap<string, SignableRow>,
  signatures: readonly Signed[],
): SigningRow<Signed>[] {
  const byRow = new Map(signatures.map((signature) => [signature.id, signature]));
  return [...rows.values()].map((row) => {
    const signature = byRow.get(row.id);
    return { row, signature, state: signingState(row, signature) };
  });
}

/** The rows that a filter lets through. */
export function filterSigning<Row extends Pick<SigningRow, 'row' | 'state'>>(
  rows: readonly Row[],
  { kinds, states, search }: SignableFilter,
): Row[] {
  const wanted = search?.trim().toLowerCase() ?? '';
  return rows.filter(
    ({ row, state }) =>
      (kinds === undefined || kinds.includes(row.row.kind)) && (states === undefined || states.includes(state)) && holds(row, wanted),
  );
}

function holds({ id, nameKo, nameEn, lines }: SignableRow, wanted: string): boolean {
  if (wanted === '') return true;
  const texts = [id, nameKo, nameEn, ...lines.flatMap(({ ko, en }) => [ko, en])];
  return texts.some((text) => text.toLowerCase().includes(wanted));
}

/** How much of a kind is signed. */
export interface SigningTally {
  readonly kind: SignableKind;
  readonly all: number;
  readonly signed: number;
  readonly changed: number;
}

/** Counts rows by kind. */
export function tallySigning(rows: readonly SigningRow[]): SigningTally[] {
  return SIGNABLE_KINDS.map((kind) => {
    const own = rows.filter(({ row }) => row.row.kind === kind);
    const count = (state: SigningState): number => own.filter((each) => each.state === state).length;
    return { kind, all: own.length, signed: count('SIGNED'), changed: count('CHANGED') };
  });
}
