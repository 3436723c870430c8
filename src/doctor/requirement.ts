import type { Pool } from 'pg';
import type { Config } from '../config/config.js';
import { look, type Finding, type CheckResult } from './finding.js';

/** What a requirement is judged by. */
export interface Ground {
  readonly config: Config;
  readonly pool: Pool;
  /** Of the database, for what connects by itself. */
  readonly url: string;
}

/** What asks: readiness at each look, a process when it starts and now and then, or the doctor. */
const ASKERS = ['readiness', 'start', 'doctor'] as const;
export type Asker = (typeof ASKERS)[number];

/** Something that a run needs: how it is looked at, and what to do where it is not there. Declared once, in `REQUIREMENTS`. */
export interface Requirement {
  /** What is looked at, as findings name it. */
  readonly check: string;
  /** The first who asks; those after it ask as well. `readiness` is for what costs a statement or two, `doctor` for what takes locks or goes out. */
  readonly since: Asker;
  /** Whether a process with a problem here is not ready: no run could work on any process. */
  readonly blocks?: true;
  /** A requirement before it without which this one cannot be looked at. */
  readonly after?: string;
  readonly judge: (ground: Ground) => CheckResult | Promise<CheckResult>;
}

/** Looks at what a caller asks for, in order; what a problem before it makes pointless is left out. */
export async function examine(requirements: readonly Requirement[], ground: Ground, asker: Asker): Promise<readonly Finding[]> {
  const asked = requirements.filter(({ since }) => ASKERS.indexOf(since) <= ASKERS.indexOf(asker));
  const findings: Finding[] = [];
  for (const { check, after, judge } of asked) {
    const before = findings.find((finding) => finding.check === after);
    if (before?.status !== 'problem') findings.push(await look(check, () => judge(ground)));
  }
  return findings;
}
