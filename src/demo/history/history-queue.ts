import type { Progress, WorkQueue } from '../../application/ports.js';

/** Something that workers were asked for. */
export interface HistoryJob {
  readonly kind: 'PLAN' | 'LANES';
  readonly runId: string;
}

/** Jobs of the history, kept until the story lets them be done: one lane does everything, in order, so that equal seeds make equal nights. */
export class HistoryQueue implements WorkQueue, Progress {
  private readonly jobs: HistoryJob[] = [];
  private listener: (() => void) | undefined;

  enqueuePlan(runId: string): Promise<void> {
    return this.add({ kind: 'PLAN', runId });
  }

  enqueueLanes(runId: string): Promise<void> {
    return this.add({ kind: 'LANES', runId });
  }

  /** The next job; undefined when all are done. */
  next(): HistoryJob | undefined {
    return this.jobs.shift();
  }

  /** Calls back once, when a run is told of next. */
  whenNotified(listener: () => void): void {
    this.listener = listener;
  }

  notify(): void {
    this.listener?.();
    this.listener = undefined;
  }

  private add(job: HistoryJob): Promise<void> {
    if (!this.jobs.some(({ kind, runId }) => kind === job.kind && runId === job.runId)) this.jobs.push(job);
    return Promise.resolve();
  }
}
