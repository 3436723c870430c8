/** Steps as people write them: 4320 → "4,320". For whole numbers from 0 to 999,999; `toLocaleString` took longer than the rest of the advice. */
export function stepFigure(steps: number): string {
  if (steps < 1_000) return String(steps);
  const rest = steps % 1_000;
  return `${Math.floor(steps / 1_000)},${rest < 10 ? '00' : rest < 100 ? '0' : ''}${rest}`;
}
