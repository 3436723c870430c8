import type { BenchServer } from '../bench-database.js';

/** A line of the report: what was measured, what was found, and the budget, empty where there is none. */
export type Row = readonly [what: string, found: string, budget: string];

/** What a measurement is given, and where it puts what it finds. */
export interface Bench {
  readonly server: BenchServer;
  readonly users: number;
  readonly rounds: number;
  readonly say: (line: string) => void;
  readonly add: (row: Row) => void;
  /** Figures for the JSON report. */
  readonly keep: (figures: Readonly<Record<string, unknown>>) => void;
}

/** A whole number for people. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
