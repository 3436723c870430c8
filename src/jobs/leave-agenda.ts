import { setTimeout as sleep } from 'node:timers/promises';
import type { Agenda, JobParameters } from 'agenda';
import { unlessSilent } from './unless-silent.js';

/** An Agenda that is connected, and how to close what it stands on. */
export interface OpenedAgenda {
  readonly agenda: Agenda;
  readonly close: () => Promise<void>;
}

/** ms between two looks whether what still runs has ended. */
const LOOK_MS = 50;

/**
 * Disconnects an Agenda without leaving a lock behind. `stop` unlocks what is queued and leaves what runs, `drain` the reverse, and it may miss the
 * end of the last job; so the store is asked. What does not end in time is given back: a one-off job lost its due time when it began, and gets one
 * again, so that another process is woken for it.
 */
export async function leave({ agenda, close }: OpenedAgenda, runningMs: number): Promise<void> {
  const giveUpAt = performance.now() + runningMs;
  try {
    await unlessSilent(agenda.stop(false));
    for (;;) {
      const held = await unlessSilent(ownOf(agenda));
      if (held.length === 0) return;
      if (performance.now() >= giveUpAt) return await unlessSilent(giveBack(agenda, held));
      await sleep(LOOK_MS);
    }
  } finally {
    await close();
  }
}

/** Jobs that this process has locked. */
async function ownOf(agenda: Agenda): Promise<JobParameters[]> {
  const { jobs } = await agenda.db.queryJobs();
  return jobs.filter((job) => job.lockedAt !== undefined && job.lastModifiedBy === (agenda.attrs.name ?? ''));
}

/** Frees what an Agenda before this one had locked and can tell the store nothing of any more: it may be woken for twice, which does nothing. */
export async function freeOwn(agenda: Agenda): Promise<void> {
  await giveBack(agenda, await ownOf(agenda));
}

async function giveBack(agenda: Agenda, held: readonly JobParameters[]): Promise<void> {
  for (const { lockedAt: _lockedAt, ...job } of held) {
    const lastModifiedBy = agenda.attrs.name ?? '';
    await agenda.db.saveJobState({ ...job, nextRunAt: job.nextRunAt ?? new Date() }, { lastModifiedBy });
  }
}
