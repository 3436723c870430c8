import { ARM_FIGURES, NO_FIGURES, type ArmFigures, type ByArm } from '../domain/rollout/arm-figures.js';
import type { Arm } from '../domain/rollout/arm.js';

/** A figure's column: `pointsDropped` is `points_dropped`. */
export const FIGURE_COLUMNS: readonly string[] = ARM_FIGURES.map((name) =>
  name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`),
);

/** Columns of `batch.rollout_figures`; the first four are its key. */
export const ROLLOUT_FIGURES_COLUMNS: readonly string[] = ['rollout_id', 'run_id', 'chunk', 'arm', ...FIGURE_COLUMNS];

/** Sums of all figures, to be selected as numbers under their names. */
export const SUMMED_FIGURES = ARM_FIGURES.map((name, at) => `sum(${FIGURE_COLUMNS[at]})::float8 as "${name}"`).join(', ');

/** A row of sums. */
export type FigureRow = ArmFigures & { readonly arm: Arm };

/** Rows of one thing as both sides of it; a side without a row has no users. */
export function byArm(rows: readonly FigureRow[]): ByArm<ArmFigures> {
  const of = (arm: Arm): ArmFigures => {
    const row = rows.find((each) => each.arm === arm);
    return row === undefined ? NO_FIGURES : (Object.fromEntries(ARM_FIGURES.map((name) => [name, row[name]])) as unknown as ArmFigures);
  };
  return { CANDIDATE: of('CANDIDATE'), IN_FORCE: of('IN_FORCE') };
}
