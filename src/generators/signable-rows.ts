import { createHash } from 'node:crypto';
import type { Catalogue } from '../domain/advice/catalogue/catalogue.js';
import type { AdviceLanguage } from '../domain/advice/language.js';
import type { Explainer } from '../domain/advice/points/explain.js';
import type { Point } from '../domain/advice/points/point.js';
import type { SignedRows } from '../domain/advice/review.js';
import { isSigned, type Signable as SignedRow } from '../domain/advice/signed.js';
import { signableId, type Signable } from '../domain/signing/signable.js';
import { shownText, type ShownRow, type SignableRow } from '../domain/signing/signable-row.js';
import { shownDish, shownIngredient } from '../domain/signing/shown-food.js';
import { shownPoint, shownWordings } from '../domain/signing/shown-points.js';
import { signingState, type StandingSignature } from '../domain/signing/signature.js';

/** Rows by their ids, in the order in which they are shown: each point with its wordings, dishes, ingredients. */
export type SignableRows = ReadonlyMap<string, SignableRow>;

/** A cache: the same words have the same rows. */
const made = new WeakMap<Explainer, SignableRows>();

/** All that can be signed of these words, as a reviewer is shown it. Made when first asked for: the words do not change while a process runs. */
export function signableRows(words: Explainer): SignableRows {
  let rows = made.get(words);
  if (rows === undefined) made.set(words, (rows = rowsOf(words)));
  return rows;
}

function rowsOf({ vocabulary, catalogue, sources }: Explainer): SignableRows {
  const rows = [
    ...vocabulary.points.flatMap((point) =>
      [shownPoint(point, sources), ...shownWordings(point, sources)].map((shown) => hashed(shown, point)),
    ),
    ...catalogue.dishes.map((dish) => hashed(shownDish(dish, catalogue, sources), dish)),
    ...catalogue.ingredients.map((ingredient) => hashed(shownIngredient(ingredient, sources), ingredient)),
  ];
  return new Map(rows.map((row) => [row.id, row]));
}

function hashed(shown: ShownRow, written: SignedRow): SignableRow {
  const { reviewedBy, reviewedOn } = written;
  const hash = createHash('sha256').update(shownText(shown)).digest('hex');
  return { ...shown, id: signableId(shown.row), hash, isSignedInFile: isSigned(written), reviewedBy, reviewedOn };
}

/** Whether rows of these words are signed, in their files or by these signatures. A signature of other content than is shown now counts for nothing. */
export function signedBy(words: Explainer, signatures: readonly StandingSignature[]): SignedRows {
  const rows = signableRows(words);
  const hashes = new Map(signatures.map(({ id, hash }) => [id, hash]));
  const isRowSigned = (row: Signable): boolean => {
    const id = signableId(row);
    const [shown, hash] = [rows.get(id), hashes.get(id)];
    return shown !== undefined && signingState(shown, hash === undefined ? undefined : { hash, withdrawnAt: null }) === 'SIGNED';
  };
  return {
    point: ({ id: point }: Point) => isRowSigned({ kind: 'POINT', point }),
    wording: ({ id: point }: Point, language: AdviceLanguage, wording: number) =>
      isRowSigned({ kind: 'WORDING', point, language, wording }),
    dish: ({ code: dish }: Catalogue['dishes'][number]) => isRowSigned({ kind: 'DISH', dish }),
    ingredient: ({ id: ingredient }: Catalogue['ingredients'][number]) => isRowSigned({ kind: 'INGREDIENT', ingredient }),
  };
}
