import type { RunReport } from './worker-process.js';

/** Users a second of a run. */
export function pace({ roster, ms }: RunReport): number {
  return (roster * 1_000) / ms;
}
