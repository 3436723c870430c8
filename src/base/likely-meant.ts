/** The one of `names` that the writer of `written` is likely to have meant: letter case, separators or a slip of the keyboard apart. Undefined when it is none, or one itself. */
export function likelyMeant(written: string, names: readonly string[]): string | undefined {
  if (names.includes(written)) return undefined;
  const bare = bareName(written);
  return names.find((name) => bareName(name) === bare) ?? names.find((name) => slips(bare, bareName(name)) <= slipsAllowed(name));
}

// Among short names, such as HOST and HOME, two slips make one word of another.
function slipsAllowed(name: string): number {
  return name.length < 8 ? 1 : 2;
}

function bareName(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/gu, '');
}

/** Letters left out, added, taken for others, or swapped with their neighbour (optimal string alignment). */
function slips(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const at = (up: number, left: number): number => (up === 0 ? row : rows[i - up])?.[j - left] ?? 0;
      const isSame = one[i - 1] === other[j - 1];
      row.push(Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + (isSame ? 0 : 1)));
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) row[j] = Math.min(row[j] ?? 0, at(2, 2) + 1);
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}
