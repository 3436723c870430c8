import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agenda, Job } from 'agenda';
import { bulkhead, type BulkheadPolicy } from 'cockatiel';
import { cleanUpBatches } from '../application/batches/clean-up-batches.js';
import { advanceBackfills } from '../application/backfills/advance-backfills.js';
import { watchRollouts } from '../application/rollouts/watch-rollouts.js';
import { listRecalls } from '../application/recalls/list-recalls.js';
import { completeRun } from '../application/run/complete-run.js';
import { resumeServed } from '../application/run/pause-run.js';
import { planRun } from '../application/run/plan-run.js';
import type { Deps, DueRun } from '../application/ports.js';
import { runLane } from '../application/chunk/run-lane.js';
import { assertNever } from '../domain/assert-never.js';
import { isUuid } from '../domain/ids.js';
import { endsWithin } from '../base/ends-within.js';
import { traced } from '../base/tracing.js';
import { JOBS, LOCK_LIFETIME_MS } from './job-names.js';
import type { JobStore } from './job-store.js';

/** Runs that are tried at the end of another, oldest first; jobs of the store call for all of them. */
const MAX_PLANNED_HERE = 10;

/** Plans at once by jobs, and as many without one: a plan reads the ids of all users. */
const MAX_PLANS = 2;

/** What a worker needs to know beside its use cases. */
export interface WorkerOptions {
  readonly lanes: number;
  readonly sweepMs: number;
  /** Told of a failed job; the sweep tries again. */
  readonly onFailure: (job: string, runId: string, error: unknown) => void;
}

/** What a job of a run names; a hand may have changed it. */
type RunJob = Job<{ readonly runId?: unknown } | null>;

/** A worker: takes up Agenda's jobs of plans and lanes, and sweeps for runs whose job was lost. */
export class Worker {
  private readonly stopping = new AbortController();
  private readonly busy = new Set<Promise<unknown>>();
  /** A place for each lane of this process, however it was opened. */
  private readonly places: BulkheadPolicy;
  /** Has work begin outside of the request, and of the span, that asks for it. */
  private readonly outside = AsyncLocalStorage.snapshot();
  /** Plans that are begun at once without a job. */
  private readonly plans = bulkhead(MAX_PLANS, Number.POSITIVE_INFINITY);
  /** Runs whose rest is being recorded as cancelled. */
  private readonly cancelling = new Set<string>();
  private sweeper: NodeJS.Timeout | undefined;
  private asking = false;
  private cleaning = false;

  constructor(
    private readonly deps: Deps,
    private readonly store: JobStore,
    private readonly options: WorkerOptions,
  ) {
    this.places = bulkhead(options.lanes, Number.POSITIVE_INFINITY);
  }

  /** Takes work from now on. */
  async start(): Promise<void> {
    const { lanes } = this.options;
    await this.store.whenOpen(async (agenda) => {
      this.define(agenda, JOBS.plan, MAX_PLANS, (runId) => this.plan(runId));
      this.define(agenda, JOBS.lane, lanes, (runId) => this.inPlace(runId));
      // Runs that began before this process enqueued lanes only for the workers of that time.
      for (const runId of await this.deps.lanes.active()) await this.deps.queue.enqueueLanes(runId, lanes);
    });
    this.store.planHere = (runId) => this.planNow(runId);
    void this.sweepAndPlanNext();
  }

  /** Takes no new work, lets the current write finish, gives everything held back. Waits at most `graceMs`. @returns whether all work ended in time */
  async stop(graceMs: number): Promise<boolean> {
    this.stopping.abort(new Error('the worker is stopping'));
    this.store.planHere = undefined;
    clearTimeout(this.sweeper);
    return endsWithin(graceMs, Promise.allSettled(this.busy));
  }

  /** Plans a run, and begins it in the places that are free here: the jobs of its lanes call the other processes. */
  private async plan(runId: string): Promise<void> {
    const begin = (lanes: number): void => this.outside(() => this.takePlaces(JOBS.lane, runId, lanes));
    await traced('plan', { runId }, () => planRun(this.deps, runId, begin), { run: runId });
  }

  /** @returns whether the plan begins here: not where every place is taken, since another process may have one */
  private planNow(runId: string): boolean {
    if (this.plans.executionSlots === 0 || this.places.executionSlots === 0) return false;
    this.outside(() => void this.guarded(JOBS.plan, runId, () => this.plans.execute(() => this.plan(runId))));
    return true;
  }

  /** @returns whether that ended the run */
  private lane(runId: string): Promise<boolean> {
    return traced('lane', { runId }, () => runLane(this.deps, runId, this.stopping.signal), { run: runId });
  }

  private takePlaces(job: string, runId: string, lanes: number): void {
    for (let free = Math.min(lanes, this.places.executionSlots); free > 0; free -= 1)
      void this.guarded(job, runId, () => this.inPlace(runId));
  }

  private async inPlace(runId: string): Promise<void> {
    if (await this.places.execute(() => this.lane(runId))) await this.planWaiting();
  }

  /** Plans here what waited for a run's end, in the place that it left: by way of the job store that took up to half a second. */
  private async planWaiting(): Promise<void> {
    const waiting = await this.deps.lanes.requested();
    for (const runId of waiting.slice(0, MAX_PLANNED_HERE)) await this.guarded(JOBS.plan, runId, () => this.plan(runId));
  }

  private define(agenda: Agenda, name: string, concurrency: number, work: (runId: string) => Promise<unknown>): void {
    const handler = async (job: RunJob): Promise<void> => {
      const { runId } = job.attrs.data ?? {};
      if (typeof runId !== 'string' || !isUuid(runId)) return; // no job of ours: a hand has made or changed it, and it goes
      const alive = setInterval(() => void job.touch().catch(() => undefined), LOCK_LIFETIME_MS / 3);
      await this.guarded(name, runId, work).finally(() => clearInterval(alive));
    };
    // A lock limit equal to the concurrency leaves the rest of the backlog to other processes.
    // oxlint-disable-next-line typescript/no-misused-promises -- the overload for promises stands second, and the rule reads the first
    agenda.define(name, handler, { concurrency, lockLimit: concurrency, lockLifetime: LOCK_LIFETIME_MS });
  }

  private async guarded(name: string, runId: string, work: (runId: string) => Promise<unknown>): Promise<void> {
    if (this.stopping.signal.aborted) return;
    // Not thrown on: Agenda would keep and publish the error's text, which may hold a record.
    const ending = work(runId).catch((error: unknown) => this.options.onFailure(name, runId, error));
    this.busy.add(ending);
    await ending.finally(() => this.busy.delete(ending));
  }

  /** Sweeps, and again `sweepMs` after that has ended: a slow database is not asked twice at once. */
  private async sweepAndPlanNext(): Promise<void> {
    await this.tried(async () => {
      const able = { generators: [...this.deps.generators.keys()], programs: [...this.deps.programs.keys()] };
      for (const due of await this.deps.lanes.due(able)) await this.takeUp(due);
    });
    await this.tried(() => advanceBackfills(this.deps));
    await this.tried(() => listRecalls(this.deps));
    await this.tried(() => watchRollouts(this.deps));
    this.askGenerators();
    this.cleanUp();
    if (!this.stopping.signal.aborted) this.sweeper = setTimeout(() => void this.sweepAndPlanNext(), this.options.sweepMs);
  }

  /** Beside the sweep: an endpoint may be slow to answer, and no other work waits for that. */
  private askGenerators(): void {
    if (this.asking) return;
    this.asking = true;
    const ending = this.tried(() => resumeServed(this.deps, this.stopping.signal)).finally(() => (this.asking = false));
    this.busy.add(ending); // it holds a chunk, which is to be given back
    void ending.finally(() => this.busy.delete(ending));
  }

  /** Beside the sweep as well: providers are asked. */
  private cleanUp(): void {
    if (this.cleaning) return;
    this.cleaning = true;
    void this.tried(() => cleanUpBatches(this.deps)).finally(() => (this.cleaning = false));
  }

  private async tried(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.stopping.signal.aborted) this.options.onFailure('sweep', '', error);
    }
  }

  /** Does what a run waits for, without asking the job store: it may be what failed. */
  private async takeUp({ runId, needs }: DueRun): Promise<void> {
    switch (needs) {
      case 'PLAN':
        return this.guarded('sweep', runId, () => this.plan(runId));
      case 'END':
        return this.guarded('sweep', runId, () => completeRun(this.deps, runId));
      case 'CANCELLING':
        this.cancelRest(runId);
        return;
      case 'LANES':
        this.takePlaces('sweep', runId, this.options.lanes);
        return;
      default:
        return assertNever(needs);
    }
  }

  /** Beside the lanes, which another run may keep for hours: nothing is generated for it. */
  private cancelRest(runId: string): void {
    if (this.cancelling.has(runId)) return;
    this.cancelling.add(runId);
    void this.guarded('sweep', runId, () => this.lane(runId)).finally(() => this.cancelling.delete(runId));
  }
}
