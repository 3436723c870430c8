import type { Bell } from '../application/ports.js';
import { JOBS } from './job-names.js';
import type { JobStore } from './job-store.js';

/**
 * Rings through Agenda. A ring that cannot be stored is told to `onLost` and not thrown: the run is in the log, and the sweep finds it.
 */
export class AgendaBell implements Bell {
  constructor(
    private readonly store: JobStore,
    private readonly onLost: (error: unknown) => void,
  ) {}

  async planRun(runId: string): Promise<void> {
    await this.ring(JOBS.plan, runId);
  }

  async openLanes(runId: string, lanes: number): Promise<void> {
    await Promise.all(Array.from({ length: lanes }, () => this.ring(JOBS.lane, runId)));
  }

  private async ring(name: string, runId: string): Promise<void> {
    try {
      const { agenda } = this.store;
      if (agenda === undefined) throw new Error('the job store does not answer');
      await agenda.now(name, { runId });
    } catch (error) {
      this.onLost(error);
    }
  }
}
