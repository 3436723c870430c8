import { explain, type ExplainedPoint, type Explainer } from '../../domain/advice/points/explain.js';
import type { ShownRow } from '../../domain/review/decide-mark.js';
import { MenuDishes } from '../../domain/review/menu-dishes.js';
import { newVersionsAmong } from '../../domain/review/new-versions.js';
import { chooseSample, type Candidate, type Reviewed, type Risk } from '../../domain/review/risk.js';
import { signableId } from '../../domain/signing/signable.js';
import type { SignableRow } from '../../domain/signing/signable-row.js';
import type { StandingSignature } from '../../domain/signing/signature.js';
import type { Deps, SampledRow } from '../ports.js';
import { signingRows } from './list-signable.js';

/** A row that a reviewer is shown, and why. */
export interface DrawnRow {
  readonly row: SampledRow;
  readonly risks: readonly Risk[];
  readonly score: number;
  readonly why: readonly ExplainedPoint[];
  readonly dishes: readonly string[];
}

/** A sample, and how many rows it was chosen from. */
export interface DrawnSample {
  readonly rows: readonly DrawnRow[];
  readonly from: number;
}

type Drawing = Pick<Deps, 'reviews' | 'sampled' | 'words'>;

/** Chooses rows of the last nights that a reviewer should look at: the same for the same log and the same words. Nothing waits for what becomes of it. */
export async function drawSample({ reviews, sampled, words }: Drawing, explainer: Explainer, most: number): Promise<DrawnSample> {
  const [{ rows, versions }, reviewed, signatures] = await Promise.all([sampled.ground(), reviews.reviewed(), reviews.signatures()]);
  const [newVersions, menu] = [newVersionsAmong(versions), new MenuDishes(explainer.catalogue)];
  const candidates = rows.map((row): Candidate & { readonly row: SampledRow } => ({
    row,
    ...contentOf(row, menu),
    key: row.key,
    restrictions: row.restrictions,
    fallbackReason: row.fallbackReason,
    hasViolations: row.hasViolations,
    newVersions: newVersions({ ...row, vocabulary: row.advice?.vocabulary ?? null }),
  }));
  const chosen = chooseSample(candidates, withSigned(reviewed, { explainer, signed: signedRows(words.signable, signatures) }), most);
  return {
    rows: chosen.map(({ candidate: { row, dishes }, risks, score }) => {
      return { row, dishes, risks, score, why: row.advice === null ? [] : explain(row.advice, explainer) };
    }),
    from: candidates.length,
  };
}

/** What a row shows, by which it is marked. */
export function shownRow(row: SampledRow, { catalogue }: Explainer): ShownRow {
  const { generator, promptVersion, advice } = row;
  return { ...contentOf(row, new MenuDishes(catalogue)), generator, promptVersion, vocabulary: advice?.vocabulary ?? null };
}

/** Dishes of the menu, and those that a point speaks of. */
function contentOf({ advice, dietTarget }: SampledRow, menu: MenuDishes): { readonly points: string[]; readonly dishes: string[] } {
  const points = advice?.points ?? [];
  const spokenOf = points.flatMap(({ dish }) => dish ?? []);
  return { points: [...new Set(points.map(({ id }) => id))], dishes: [...new Set([...menu.of(dietTarget), ...spokenOf])] };
}

interface SignedOf {
  readonly explainer: Explainer;
  readonly signed: ReadonlySet<string>;
}

function withSigned(reviewed: Reviewed, { explainer: { vocabulary, catalogue }, signed }: SignedOf): Reviewed {
  const points = vocabulary.points.map(({ id }) => id).filter((point) => signed.has(signableId({ kind: 'POINT', point })));
  const dishes = catalogue.dishes.map(({ code }) => code).filter((dish) => signed.has(signableId({ kind: 'DISH', dish })));
  return { ...reviewed, points: new Set([...reviewed.points, ...points]), dishes: new Set([...reviewed.dishes, ...dishes]) };
}

/** Rows that are signed, in their files or in the log. */
function signedRows(rows: ReadonlyMap<string, SignableRow>, signatures: readonly StandingSignature[]): ReadonlySet<string> {
  const standing = signatures.map((signature) => ({ ...signature, withdrawnAt: null }));
  return new Set(signingRows(rows, standing).flatMap(({ row, state }) => (state === 'SIGNED' ? [row.id] : [])));
}
