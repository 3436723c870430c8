import type { Agenda, Job } from 'agenda';
import { offerLateData } from '../application/patients/offer-late-data.js';
import type { Deps } from '../application/ports.js';
import { fireSlotsOf, SCHEDULES_CHANGED } from '../application/schedules/fire-due-slots.js';
import { wantedJob } from '../application/schedules/schedule-drift.js';
import { syncSchedules } from '../application/schedules/sync-schedules.js';
import { isSettledAhead, type Schedule } from '../domain/schedule/schedule.js';
import { isUuid } from '../domain/ids.js';
import { LOCK_LIFETIME_MS } from './job-names.js';
import type { JobStore } from './job-store.js';

/** How a scheduler watches. */
export interface SchedulerOptions {
  /** ms between two syncs of the job store. */
  readonly syncMs: number;
  /** ms between two looks of the watchdog. */
  readonly watchMs: number;
  /** How late in ms a slot is before the watchdog acts itself. */
  readonly patienceMs: number;
  /** Offers users again whose records came late, every so many ms until an hour of the day; undefined for never. */
  readonly lateData?: { readonly untilHour: number; readonly everyMs: number } | undefined;
  readonly subscribe: (listener: (what: string) => void) => () => void;
  readonly onWatchdogWake: (scheduleId: string) => void;
  /** Told of a schedule whose slots were recorded by a clock that was ahead, and come due again at their own time. */
  readonly onReopened: (scheduleId: string) => void;
  readonly onFailure: (what: string, error: unknown) => void;
}

/**
 * Rings for due slots: through Agenda's recurring jobs, and, where a slot's time has passed and no job told of it, by itself. Which slots are due, and
 * what becomes of them, PostgreSQL decides; any number of schedulers may run.
 */
export class Scheduler {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly defined = new Set<string>();
  /** The sync under way, and whether something changed since it began. */
  private syncing: Promise<void> | undefined;
  private stale = false;
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
      // An empty one says that wake-ups may have been lost.
      if (what === SCHEDULES_CHANGED || what === '') void this.refresh();
    });
    this.repeat('sync', this.options.syncMs, () => this.refresh());
    this.repeat('watchdog', this.options.watchMs, () => this.watch());
    const { lateData } = this.options;
    if (lateData !== undefined)
      this.repeat('late data', lateData.everyMs, async () => void (await offerLateData(this.deps, lateData.untilHour)));
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe();
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** Syncs, one at a time: each waits for its turn among all processes on a connection, and a burst of edits must not take every one of the pool. */
  private refresh(): Promise<void> {
    this.stale = true;
    this.syncing ??= this.syncWhileStale().finally(() => (this.syncing = undefined));
    return this.syncing;
  }

  private async syncWhileStale(): Promise<void> {
    while (this.stale && !this.stopped) {
      this.stale = false;
      await this.sync().catch((error: unknown) => this.options.onFailure('sync', error));
    }
  }

  /** Defines a handler for each active schedule's job, then makes the store hold those jobs. */
  private async sync(): Promise<void> {
    const { agenda } = this.store;
    if (agenda === undefined) return;
    for (const schedule of (await this.active()).schedules) this.define(agenda, wantedJob(schedule).name);
    await syncSchedules(this.deps);
  }

  private define(agenda: Agenda, name: string): void {
    if (this.defined.has(name) && agenda.definitions[name] !== undefined) return;
    this.defined.add(name);
    const handler = (job: Job<{ readonly scheduleId?: unknown } | null>): Promise<void> => this.woken(job);
    // oxlint-disable-next-line typescript/no-misused-promises -- the overload for promises stands second, and the rule reads the first
    agenda.define(name, handler, { concurrency: 1, lockLimit: 1, lockLifetime: LOCK_LIFETIME_MS, removeOnComplete: false });
  }

  private async woken(job: Job<{ readonly scheduleId?: unknown } | null>): Promise<void> {
    const { scheduleId } = job.attrs.data ?? {};
    if (typeof scheduleId !== 'string' || !isUuid(scheduleId)) return; // a hand has changed it; the next sync makes it anew
    try {
      await this.fire(scheduleId);
      const { schedules, now } = await this.active();
      const schedule = schedules.find((active) => active.scheduleId === scheduleId);
      // Agenda's own reckoning fails on some daylight-saving days and would leave the job without a next time.
      if (schedule !== undefined) job.attrs.nextRunAt = nextWake(wantedJob(schedule).nextRunAt, now);
    } catch (error) {
      // Not thrown on: Agenda would keep the error's text. The watchdog tries again.
      this.options.onFailure('ring', error); // the value that metrics and the service log have had from the beginning
    }
  }

  private async watch(): Promise<void> {
    const { schedules, now } = await this.active();
    for (const schedule of schedules) {
      // One schedule that cannot fire must not keep those after it from being watched.
      await this.watchOne(schedule, now).catch((error: unknown) => this.options.onFailure('watchdog', error));
    }
  }

  private async watchOne(schedule: Schedule, now: Date): Promise<void> {
    if (this.stopped) return;
    if (isSettledAhead(schedule, now)) return this.fire(schedule.scheduleId); // or nothing would come due before that time
    const due = wantedJob(schedule).nextRunAt;
    if (due === null || now.getTime() - due.getTime() < this.options.patienceMs) return;
    this.options.onWatchdogWake(schedule.scheduleId);
    await this.fire(schedule.scheduleId);
  }

  private async fire(scheduleId: string): Promise<void> {
    if ((await fireSlotsOf(this.deps, scheduleId)).reopened) this.options.onReopened(scheduleId);
  }

  /** The active schedules, and the database's time. */
  private active(): Promise<{ schedules: readonly Schedule[]; now: Date }> {
    return this.deps.transaction(async (tx) => {
      const schedules = await tx.schedules.all();
      return { schedules: schedules.filter(({ status }) => status === 'ACTIVE'), now: await tx.now() };
    });
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

/** How soon in ms a node wakes again for a slot that its own clock takes for due and the database's does not. */
const EARLY_MS = 1_000;

/**
 * When Agenda is to wake the node for the next slot. Agenda goes by the node's clock: where that is ahead, a slot that is still to come would be due at
 * once, and the node would wake without a pause until it really is.
 */
function nextWake(slot: Date | null, databaseNow: Date): Date | null {
  if (slot === null || slot.getTime() > Date.now()) return slot;
  const toCome = slot.getTime() - databaseNow.getTime();
  return toCome <= 0 ? slot : new Date(Date.now() + Math.min(toCome, EARLY_MS));
}
