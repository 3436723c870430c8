import { explain, type ExplainedPoint, type Explainer } from '../../domain/advice/points/explain.js';
import { isSigned } from '../../domain/advice/signed.js';
import type { ShownRow } from '../../domain/review/decide-mark.js';
import { MenuDishes } from '../../domain/review/menu-dishes.js';
import { newVersionsAmong } from '../../domain/review/new-versions.js';
import { chooseSample, type Candidate, type Reviewed, type Risk } from '../../domain/review/risk.js';
import type { Deps, SampledRow } from '../ports.js';

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

type Drawing = Pick<Deps, 'reviews' | 'sampled'>;

/** Chooses rows of the last nights that a reviewer should look at: the same for the same log and the same words. Nothing waits for what becomes of it. */
export async function drawSample({ reviews, sampled }: Drawing, explainer: Explainer, most: number): Promise<DrawnSample> {
  const [{ rows, versions }, reviewed] = await Promise.all([sampled.ground(), reviews.reviewed()]);
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
  const chosen = chooseSample(candidates, withSigned(reviewed, explainer), most);
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

function withSigned(reviewed: Reviewed, { vocabulary, catalogue }: Explainer): Reviewed {
  const points = vocabulary.points.filter(isSigned).map(({ id }) => id);
  const dishes = catalogue.dishes.filter(isSigned).map(({ code }) => code);
  return { ...reviewed, points: new Set([...reviewed.points, ...points]), dishes: new Set([...reviewed.dishes, ...dishes]) };
}
