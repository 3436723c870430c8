import type { Agenda, Job } from 'agenda';
import { advanceBackfills } from '../application/backfills/advance-backfills.js';
import { completeRun } from '../application/complete-run.js';
import { resumeAnswered } from '../application/pause-run.js';
import { planRun } from '../application/plan-run.js';
import type { Deps } from '../application/ports.js';
import { runLane } from '../application/run-lane.js';
import { JOBS, LOCK_LIFETIME_MS } from './job-names.js';
import type { JobStore } from './job-store.js';

/** What a worker needs to know beside its use cases. */
export interface WorkerOptions {
  readonly lanes: number;
  readonly sweepMs: number;
  /** Told of a failed job; the sweep tries again. */
  readonly onFailure: (job: string, runId: string, error: unknown) => void;
}

type RunJob = Job<{ runId: string }>;

/** A worker: answers Agenda's rings for plans and lanes, and sweeps for runs whose ring was lost. */
export class Worker {
  private readonly stopping = new AbortController();
  private readonly busy = new Set<Promise<unknown>>();
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly deps: Deps,
    private readonly store: JobStore,
    private readonly options: WorkerOptions,
  ) {}

  /** Takes work from now on. */
  async start(): Promise<void> {
    const { lanes } = this.options;
    await this.store.whenOpen(async (agenda) => {
      this.define(agenda, JOBS.plan, 2, (runId) => planRun(this.deps, runId));
      this.define(agenda, JOBS.lane, lanes, (runId) => this.lane(runId));
      // Runs that began before this process did have put up lanes only for those who were there.
      for (const runId of await this.deps.lanes.active()) await this.deps.bell.openLanes(runId, lanes);
    });
    void this.sweepAndPlanNext();
  }

  /** Takes no new work, lets the current write finish, gives everything held back. Waits at most `graceMs`. @returns whether all work ended in time */
  async stop(graceMs: number): Promise<boolean> {
    this.stopping.abort(new Error('the worker is stopping'));
    clearTimeout(this.sweeper);
    return endsWithin(Promise.allSettled(this.busy), graceMs);
  }

  private lane(runId: string): Promise<void> {
    return runLane(this.deps, runId, this.stopping.signal);
  }

  private define(agenda: Agenda, name: string, concurrency: number, work: (runId: string) => Promise<void>): void {
    const handler = async (job: RunJob): Promise<void> => {
      const alive = setInterval(() => void job.touch().catch(() => undefined), LOCK_LIFETIME_MS / 3);
      await this.guarded(name, job.attrs.data.runId, work).finally(() => clearInterval(alive));
    };
    // A lock limit equal to the concurrency leaves the rest of the backlog to other processes.
    // oxlint-disable-next-line typescript/no-misused-promises -- the overload for promises stands second, and the rule reads the first
    agenda.define(name, handler, { concurrency, lockLimit: concurrency, lockLifetime: LOCK_LIFETIME_MS });
  }

  private async guarded(name: string, runId: string, work: (runId: string) => Promise<void>): Promise<void> {
    if (this.stopping.signal.aborted) return;
    // Not thrown on: Agenda would keep and publish the error's text, which may hold a record.
    const ending = work(runId).catch((error: unknown) => this.options.onFailure(name, runId, error));
    this.busy.add(ending);
    await ending.finally(() => this.busy.delete(ending));
  }

  /** Sweeps, and again `sweepMs` after that has ended: a slow database is not asked twice at once. */
  private async sweepAndPlanNext(): Promise<void> {
    try {
      for (const runId of await this.deps.lanes.stranded()) await this.rescue(runId);
      await resumeAnswered(this.deps);
      await advanceBackfills(this.deps);
    } catch (error) {
      this.options.onFailure('sweep', '', error);
    }
    if (!this.stopping.signal.aborted) this.sweeper = setTimeout(() => void this.sweepAndPlanNext(), this.options.sweepMs);
  }

  /** Takes up a run that nobody is at, without asking the job store: it may be what failed. */
  private async rescue(runId: string): Promise<void> {
    await this.guarded('sweep', runId, () => planRun(this.deps, runId));
    await this.guarded('sweep', runId, () => completeRun(this.deps, runId));
    const free = this.options.lanes - this.busy.size;
    for (let lane = 0; lane < free; lane += 1) void this.guarded('sweep', runId, () => this.lane(runId));
  }
}

async function endsWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const ended = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
