/** Command lines of a reviewer, as the walk of all commands takes them: `{row}` is a row of advice. */
export const REVIEW_LINES: readonly (readonly string[])[] = [
  ['review', 'sample', '--first', '2'],
  ['review', 'mark', '{row}', 'fine', '--note', '점검'],
  ['review', 'mark', '00000000-0000-4000-8000-000000000000.0.1', 'harmful', '--point', 'SWAP', '--turn-off'],
  ['review', 'marks'],
  ['review', 'points'],
  ['review', 'off', 'SMALLER_PORTION', '--reason', '점검'],
  ['review', 'off', 'NO_SUCH'],
  ['review', 'points'],
  ['review', 'on', 'SMALLER_PORTION'],
  ['review', 'on', 'SMALLER_PORTION'],
  ['review', 'points'],
];
