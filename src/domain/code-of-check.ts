/** A check's name as a word: letters and digits, the rest one underscore. A test holds that no two checks have the same. */
export function codeOfCheck(check: string): string {
  return check
    .toUpperCase()
    .replaceAll("'", '')
    .replaceAll(/[^A-Z0-9]+/g, '_');
}
