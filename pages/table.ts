/** A table of Markdown, its columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => widthOf(row[column] ?? ''))));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell))).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Letters of Hangul and their punctuation take two columns, as prettier counts them. */
function widthOf(text: string): number {
  return text.length + (text.match(/[\u1100-\u11ff\u3000-\u303f\uac00-\ud7af\uff00-\uff60]/gu)?.length ?? 0);
}
