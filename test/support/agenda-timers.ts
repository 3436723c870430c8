import { LOCK_LIFETIME_MS } from '../../src/jobs/job-names.js';

const { setTimeout: realTimeout } = globalThis;

/** Agenda leaves a timer of half a lock's lifetime behind for each job it ran. Nothing waits for it; it must not keep the test's process either. */
export function forgetAgendaTimers(): void {
  globalThis.setTimeout = Object.assign((...[work, ms, ...rest]: Parameters<typeof realTimeout>) => {
    const timer = realTimeout(work, ms, ...rest);
    return ms === LOCK_LIFETIME_MS / 2 ? timer.unref() : timer;
  }, realTimeout);
}
