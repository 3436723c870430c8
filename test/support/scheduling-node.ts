import type { Deps } from '../../src/application/ports.js';
import type { JobStore } from '../../src/jobs/job-store.js';
import { AgendaQueue } from '../../src/jobs/agenda-queue.js';
import { AgendaScheduleJobs } from '../../src/jobs/schedule-jobs.js';
import { Scheduler, type SchedulerOptions } from '../../src/jobs/scheduler.js';
import { forgetAgendaTimers } from './agenda-timers.js';
import type { JobStorePlace } from './job-places.js';

/** What a process of the service is to a job store: an Agenda of its own, under its own name. */
export interface SchedulingNode extends AsyncDisposable {
  readonly store: JobStore;
  /** The use cases, with this node's queue and recurring jobs. */
  readonly deps: Deps;
  /** What went wrong, in order: of the job store (`job store`) or of the scheduler (`sync`, `ring`, `watchdog`). */
  readonly failures: readonly { readonly what: string; readonly error: unknown }[];
  /** Schedules that the watchdog rang for. */
  readonly watchdogWakes: readonly string[];
  /** Rings for slots from now on. Twenty times as watchful as in the service. */
  schedule(options?: Partial<SchedulerOptions>): Promise<Scheduler>;
}

/** Makes a node on a place for jobs and connects it; to one that does not answer it goes on connecting. */
export async function startNode(name: string, place: JobStorePlace, base: Deps): Promise<SchedulingNode> {
  forgetAgendaTimers();
  const [failures, watchdogWakes] = [[] as { what: string; error: unknown }[], [] as string[]];
  const store = place.open(name, (error) => failures.push({ what: 'job store', error }));
  const deps: Deps = {
    ...base,
    scheduleJobs: new AgendaScheduleJobs(store),
    queue: new AgendaQueue(store, (error) => failures.push({ what: 'queue', error })),
  };
  await store.start();
  let scheduler: Scheduler | undefined;
  return {
    store,
    deps,
    failures,
    watchdogWakes,
    async schedule(options = {}) {
      scheduler = new Scheduler(deps, store, {
        syncMs: 100,
        watchMs: 50,
        patienceMs: 2_000,
        subscribe: () => () => undefined,
        onWatchdogWake: (scheduleId) => watchdogWakes.push(scheduleId),
        onReopened: () => undefined,
        onFailure: (what, error) => failures.push({ what, error }),
        ...options,
      });
      await scheduler.start();
      return scheduler;
    },
    async [Symbol.asyncDispose]() {
      scheduler?.stop();
      await store.stop(3_000);
    },
  };
}
