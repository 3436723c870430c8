import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { projectFile } from '../../src/base/project-file.js';
import { loadPoints } from '../../src/generators/points/points-file.js';

/** A row of a table of data/, as text. */
export type TextRow = Readonly<Record<string, string>>;

/** Rows of data/sources.csv, ingredients.csv or dishes.csv. */
export function rowsOf(name: 'sources' | 'ingredients' | 'dishes'): TextRow[] {
  return parse(readFileSync(projectFile(`data/${name}.csv`), 'utf8'), { columns: true, bom: true });
}

/** A point as data/points writes it. */
export interface PointRow {
  readonly id: string;
  readonly family: string;
  readonly field: string;
  readonly when: string;
  readonly args: readonly string[];
  readonly ofLeftOut?: true;
  readonly priority: number;
  readonly warns?: true;
  readonly ko: readonly string[];
  readonly en: readonly string[];
  readonly source: string;
  readonly section: string;
  readonly reviewedBy: string;
  readonly reviewedOn: string;
}

/** Points of all files, in their order. */
export function pointRows(): PointRow[] {
  const folder = projectFile(join('data', 'points'));
  const files = readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted(); // prettier-ignore
  return files.flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as PointRow[]);
}

/** The catalogue and the vocabulary as the service reads them. */
export const catalogue = loadCatalogue();
export const vocabulary = loadPoints();
