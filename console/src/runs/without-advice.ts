/** What the runs of a night came to, as far as they have ended. */
interface NightSoFar {
  readonly runs: number;
  readonly openRuns: number;
  readonly eligible: number;
  readonly generated: number;
  readonly existed: number;
}

/**
 * How many of a night's patients were to have advice and have none: they failed, or no run that was not cancelled came to them. Undefined while no run of the night has
 * ended: it counts no patient then.
 */
export function withoutAdviceIn(night: NightSoFar | undefined): number | undefined {
  if (night === undefined || night.runs === night.openRuns) return undefined;
  return Math.max(0, night.eligible - night.generated - night.existed);
}
