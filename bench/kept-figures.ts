import { readFileSync, writeFileSync } from 'node:fs';
import type { Row } from './modes/bench-mode.js';

/** A measured figure that the project keeps and shows. */
export interface KeptFigure {
  readonly what: string;
  readonly found: string;
  /** Empty where there is none. */
  readonly budget: string;
  /** Date of the measurement. */
  readonly on: string;
  /** Machine, size and release of the measurement. */
  readonly conditions: string;
  /** Command that measures it. */
  readonly command: string;
}

/** The committed figures, from the project's root: the one source of every figure of performance that a page shows. */
export const FIGURES = 'bench/figures.json';

export function keptFigures(path: string = FIGURES): readonly KeptFigure[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { figures: KeptFigure[] }).figures;
}

/** Puts the rows of a run in place of earlier figures of the same name; new names go to the end. */
export function keepFigures(rows: readonly Row[], made: Pick<KeptFigure, 'on' | 'conditions' | 'command'>, path: string = FIGURES): void {
  writeFileSync(path, `${JSON.stringify({ figures: withRows(keptFigures(path), rows, made) }, null, 2)}\n`);
}

/** What `keepFigures` writes. */
export function withRows(
  kept: readonly KeptFigure[],
  rows: readonly Row[],
  made: Pick<KeptFigure, 'on' | 'conditions' | 'command'>,
): readonly KeptFigure[] {
  const found = new Map(rows.map(([what, value, budget]) => [what, { what, found: value, budget, ...made }]));
  const before = kept.map((figure) => found.get(figure.what) ?? figure);
  const names = new Set(kept.map(({ what }) => what));
  return [...before, ...[...found.values()].filter(({ what }) => !names.has(what))];
}
