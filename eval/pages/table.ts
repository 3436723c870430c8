/** A table of Markdown. A bar within a cell is written so that it ends no cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

/** Who signed a row, or a box to tick. */
export function signed({ reviewedBy, reviewedOn }: { readonly reviewedBy: string; readonly reviewedOn: string }): string {
  return reviewedBy === '' ? '☐' : `${reviewedBy}, ${reviewedOn}`;
}
