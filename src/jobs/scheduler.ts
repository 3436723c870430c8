import type { Agenda, Job } from 'agenda';
import type { Deps } from '../application/ports.js';
import { SCHEDULES_CHANGED } from '../application/schedules/edit-schedules.js';
import { fireDueSlots } from '../application/schedules/fire-due-slots.js';
import { wantedJob } from '../application/schedules/schedule-drift.js';
import { syncSchedules } from '../application/schedules/sync-schedules.js';
import type { Schedule } from '../domain/schedule/schedule.js';
import { LOCK_LIFETIME_MS } from './job-names.js';
import type { JobStore } from './job-store.js';

/** How a scheduler watches. */
export interface SchedulerOptions {
  /** ms between two syncs of the job store. */
  readonly syncMs: number;
  /** ms between two looks of the watchdog. */
  readonly watchMs: number;
  /** How late in ms a slot is before the watchdog rings itself. */
  readonly patienceMs: number;
  readonly subscribe: (listener: (what: string) => void) => () => void;
  readonly onWatchdogRing: (scheduleId: string) => void;
  readonly onFailure: (what: string, error: unknown) => void;
}

/**
 * Rings for due slots: through Agenda's recurring jobs, and, where a slot's time has passed and nobody rang, by itself. Which slots are due, and
 * what becomes of them, PostgreSQL decides; any number of schedulers may run.
 */
export class Scheduler {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly defined = new Set<string>();
  private stopped = false;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly deps: Deps,
    private readonly store: JobStore,
    private readonly options: SchedulerOptions,
  ) {}

  /** Syncs now, and keeps watching. */
  async start(): Promise<void> {
    await this.store.whenOpen(() => this.refresh());
    this.unsubscribe = this.options.subscribe((what) => {
      if (what === SCHEDULES_CHANGED) void this.refresh();
    });
    this.repeat('sync', this.options.syncMs, () => this.refresh());
    this.repeat('watchdog', this.options.watchMs, () => this.watch());
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Defines a handler for each active schedule's job, then makes the store hold those jobs. */
  private async refresh(): Promise<void> {
    const { agenda } = this.store;
    if (agenda === undefined || this.stopped) return;
    try {
      for (const schedule of await this.active()) this.define(agenda, wantedJob(schedule).name);
      await syncSchedules(this.deps);
    } catch (error) {
      this.options.onFailure('sync', error);
    }
  }

  private define(agenda: Agenda, name: string): void {
    if (this.defined.has(name) && agenda.definitions[name] !== undefined) return;
    this.defined.add(name);
    const handler = (job: Job<{ scheduleId: string }>): Promise<void> => this.rung(job);
    // oxlint-disable-next-line typescript/no-misused-promises -- the overload for promises stands second, and the rule reads the first
    agenda.define(name, handler, { concurrency: 1, lockLimit: 1, lockLifetime: LOCK_LIFETIME_MS, removeOnComplete: false });
  }

  private async rung(job: Job<{ scheduleId: string }>): Promise<void> {
    const { scheduleId } = job.attrs.data;
    try {
      await fireDueSlots(this.deps, scheduleId);
      const schedule = (await this.active()).find((active) => active.scheduleId === scheduleId);
      // Agenda's own reckoning fails on some daylight-saving days and would leave the job without a next time.
      if (schedule !== undefined) job.attrs.nextRunAt = wantedJob(schedule).nextRunAt;
    } catch (error) {
      // Not thrown on: Agenda would keep the error's text. The watchdog rings again.
      this.options.onFailure('ring', error);
    }
  }

  private async watch(): Promise<void> {
    const { schedules, now } = await this.deps.transaction(async (tx) => ({ schedules: await tx.schedules.all(), now: await tx.now() }));
    for (const schedule of schedules) {
      if (schedule.status !== 'ACTIVE') continue;
      const due = wantedJob(schedule).nextRunAt;
      if (due === null || now.getTime() - due.getTime() < this.options.patienceMs) continue;
      this.options.onWatchdogRing(schedule.scheduleId);
      await fireDueSlots(this.deps, schedule.scheduleId);
    }
  }

  private async active(): Promise<readonly Schedule[]> {
    const schedules = await this.deps.transaction((tx) => tx.schedules.all());
    return schedules.filter(({ status }) => status === 'ACTIVE');
  }

  private repeat(what: string, ms: number, work: () => Promise<void>): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work()
        .catch((error: unknown) => this.options.onFailure(what, error))
        .finally(() => this.repeat(what, ms, work));
    }, ms);
    this.timers.add(timer);
  }
}
