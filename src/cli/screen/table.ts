import { shown } from './terminal.js';
import { padToWidth, textWidth } from './text-width.js';

const GAP = '  ';

/** Rows as lines with aligned columns, the heads in the first line. The last column is not filled up, so that no line ends in spaces. */
export function tableLines(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [heads, ...rows].map((row) => row.map(shown)); // as wide as it will stand there
  const widths = heads.map((_, column) => Math.max(...all.map((row) => textWidth(row[column] ?? ''))));
  return all.map((row) => heads.map((_, column) => padToWidth(row[column] ?? '', widths[column] ?? 0)).join(GAP).trimEnd()); // prettier-ignore
}
