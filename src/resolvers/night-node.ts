import { localDate } from '../domain/local-date.js';
import { SKIP_REASONS } from '../domain/outcome.js';
import { programOf } from '../domain/programs/all-programs.js';
import type { NightRow } from '../projections/queries/night-queries.js';
import type { Night } from '../schema/night-type.js';
import type { ReasonCount } from '../schema/progress-type.js';
import { reasonCounts } from './run/run-nodes.js';

/**
 * A night out of its row, each field worked out when it is asked for. Nights are asked for by the thousand, and most questions want a few of thirty fields: copies
 * of the rows, sorted reasons and target dates took a third of the answer's CPU.
 */
export class NightNode implements Night {
  constructor(private readonly row: NightRow) {}

  get program(): Night['program'] {
    return this.row.program;
  }

  get recordDate(): string {
    return this.row.recordDate;
  }

  get targetDate(): string {
    return programOf(this.row.program).targetDate(localDate(this.row.recordDate));
  }

  get runs(): number {
    return this.row.runs;
  }

  get openRuns(): number {
    return this.row.openRuns;
  }

  get pausedRuns(): number {
    return this.row.pausedRuns;
  }

  get failedRuns(): number {
    return this.row.failedRuns;
  }

  get startedAt(): Date | null {
    return this.row.startedAt;
  }

  get endedAt(): Date | null {
    return this.row.endedAt;
  }

  get seconds(): number {
    return this.row.seconds;
  }

  get generated(): number {
    return this.row.generated;
  }

  get existed(): number {
    return this.row.existed;
  }

  get skipped(): number {
    return this.row.skipped;
  }

  get failed(): number {
    return this.row.failed;
  }

  get cancelled(): number {
    return this.row.cancelled;
  }

  get skipReasons(): ReasonCount[] {
    return reasonCounts(those(this.row.reasons, isSkip));
  }

  get failures(): ReasonCount[] {
    return reasonCounts(those(this.row.reasons, (code) => !SKIPS.has(code)));
  }

  get tokensIn(): number {
    return this.row.tokensIn;
  }

  get tokensOut(): number {
    return this.row.tokensOut;
  }

  get costUsd(): number {
    return this.row.costMicros / 1_000_000;
  }

  get usersEstimated(): number {
    return this.row.usersEstimated;
  }

  get fallbacks(): ReasonCount[] {
    return reasonCounts(this.row.fallbacks);
  }

  get eligible(): number {
    const { generated, existed, failed, cancelled } = this.row;
    return generated + existed + failed + cancelled;
  }

  get coverage(): number | null {
    const { eligible } = this;
    return eligible === 0 ? null : (this.row.generated + this.row.existed) / eligible;
  }

  get readyBy(): Date | null {
    return this.row.readyBy;
  }

  get ready(): number | null {
    return this.row.ready;
  }

  get readyCoverage(): number | null {
    const { eligible } = this;
    const { ready } = this.row;
    return eligible === 0 || ready === null ? null : ready / eligible;
  }

  get isBeforeRetention(): boolean {
    return this.row.isBeforeRetention;
  }
}

const SKIPS: ReadonlySet<string> = new Set(SKIP_REASONS);

/** `existed` tells of advice that was there. */
function isSkip(code: string): boolean {
  return SKIPS.has(code) && code !== 'INTERVENTION_EXISTS';
}

function those(counts: Readonly<Record<string, number>>, wanted: (code: string) => boolean): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([code]) => wanted(code)));
}
