import type { WorkQueue } from '../application/ports.js';
import { traced } from '../base/tracing.js';
import { JOBS } from './job-names.js';
import type { JobStore } from './job-store.js';
import { unlessSilent } from './unless-silent.js';

/**
 * Enqueues jobs in Agenda. A job that cannot be stored, or is not within seconds, is told to `onLost` and not thrown: the run is in the log, and the sweep finds it, which
 * must not wait here either.
 */
export class AgendaQueue implements WorkQueue {
  constructor(
    private readonly store: JobStore,
    private readonly onLost: (error: unknown) => void,
  ) {}

  /** A worker of this process that has a place begins at once, with the store away as well. */
  async enqueuePlan(runId: string): Promise<void> {
    await this.enqueue(JOBS.plan, runId, this.store.planHere);
  }

  async enqueueLanes(runId: string, lanes: number): Promise<void> {
    await Promise.all(Array.from({ length: lanes }, () => this.enqueue(JOBS.lane, runId)));
  }

  private async enqueue(name: string, runId: string, here?: (runId: string) => boolean): Promise<void> {
    const done = traced(
      'enqueue run',
      { runId },
      async () => {
        if (here?.(runId) !== true) await this.keep(name, runId);
      },
      { leadsTo: runId },
    );
    await done.catch((error: unknown) => this.onLost(error));
  }

  private async keep(name: string, runId: string): Promise<void> {
    const { agenda } = this.store;
    if (agenda === undefined) throw new Error('the job store does not answer');
    await unlessSilent(agenda.now(name, { runId }));
  }
}
