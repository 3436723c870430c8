import type { Difference } from './difference.js';

/**
 * Whether all that differed is that nights lacked runs: what a release that knows no nights leaves behind, which ended runs beside this one. A bug or
 * a change by hand can look the same; what looks otherwise is one of these.
 */
export function isLackOfRuns(differences: readonly Difference[]): boolean {
  const lacking = new Set(differences.filter(lacksRuns).map(({ key }) => key));
  return differences.length > 0 && differences.every(({ view, key }) => view === 'night_view' && lacking.has(key));
}

function lacksRuns({ column, live, rebuilt }: Difference): boolean {
  return column === '(row)' ? live === 'missing' : column === 'runs' && Number(live) < Number(rebuilt);
}
