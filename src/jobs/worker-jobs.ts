import type { Agenda, Job } from 'agenda';
import { planRun } from '../application/plan-run.js';
import type { Deps } from '../application/ports.js';
import { runLane } from '../application/run-lane.js';
import { sweep } from '../application/sweep.js';
import { JOBS, LOCK_LIFETIME_MS } from './job-names.js';

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
    private readonly agenda: Agenda,
    private readonly options: WorkerOptions,
  ) {}

  /** Takes work from now on. */
  async start(): Promise<void> {
    const { lanes } = this.options;
    this.define(JOBS.plan, 2, (runId) => planRun(this.deps, runId));
    this.define(JOBS.lane, lanes, (runId) => runLane(this.deps, runId, this.stopping.signal));
    await this.agenda.start();
    // Runs that began before this process did have put up lanes only for those who were there.
    for (const runId of await this.deps.lanes.active()) await this.deps.bell.openLanes(runId, lanes);
    void this.sweepAndPlanNext();
  }

  /** Chunks in work here now. */
  get active(): number {
    return this.busy.size;
  }

  /** Takes no new work, lets the current write finish, gives everything held back. Waits at most `graceMs`. @returns whether all work ended in time */
  async stop(graceMs: number): Promise<boolean> {
    this.stopping.abort(new Error('the worker is stopping'));
    clearTimeout(this.sweeper);
    const ended = await endsWithin(Promise.allSettled(this.busy), graceMs);
    await this.agenda.stop(false); // unlocks what was locked and had not started
    return ended;
  }

  private define(name: string, concurrency: number, work: (runId: string) => Promise<void>): void {
    const handler = async (job: RunJob): Promise<void> => {
      if (this.stopping.signal.aborted) return;
      const ending = this.guarded(job, work);
      this.busy.add(ending);
      await ending.finally(() => this.busy.delete(ending));
    };
    // A lock limit equal to the concurrency leaves the rest of the backlog to other processes.
    // oxlint-disable-next-line typescript/no-misused-promises -- the overload for promises stands second, and the rule reads the first
    this.agenda.define(name, handler, { concurrency, lockLimit: concurrency, lockLifetime: LOCK_LIFETIME_MS });
  }

  private async guarded(job: RunJob, work: (runId: string) => Promise<void>): Promise<void> {
    const { runId } = job.attrs.data;
    const alive = setInterval(() => void job.touch().catch(() => undefined), LOCK_LIFETIME_MS / 3);
    try {
      await work(runId);
    } catch (error) {
      // Not thrown on: Agenda would keep and publish the error's text, which may hold a record.
      this.options.onFailure(job.attrs.name, runId, error);
    } finally {
      clearInterval(alive);
    }
  }

  /** Sweeps, and again `sweepMs` after that has ended: a slow database is not asked twice at once. */
  private async sweepAndPlanNext(): Promise<void> {
    try {
      await sweep(this.deps);
    } catch (error) {
      this.options.onFailure('sweep', '', error);
    }
    if (!this.stopping.signal.aborted) this.sweeper = setTimeout(() => void this.sweepAndPlanNext(), this.options.sweepMs);
  }
}

async function endsWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  const ended = await Promise.race([work.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
