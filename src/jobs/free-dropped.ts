import type { Agenda, Job } from 'agenda';

/** What a processor of Agenda's keeps of the jobs that it has locked. */
interface Processor {
  readonly lockedJobs: Job[];
  readonly runningJobs: readonly Job[];
  readonly jobQueue: { getQueue(): readonly Job[] };
  updateStatus(name: string, key: 'locked', by: number): void;
}

/**
 * Has an Agenda forget jobs that it dropped: one whose lock was older than its lifetime when its turn came, since the store or this process stood still meanwhile. It begins
 * none of them, and counts them as locked for ever, so that a name with a limit of one was never looked for again in this process: a schedule's slots were late, found by the
 * watchdog, until a restart. The lock in the store is found by its age.
 *
 * @returns how many it dropped
 */
export function freeDropped(agenda: Agenda): number {
  const { jobProcessor } = agenda as unknown as { readonly jobProcessor?: Processor };
  if (jobProcessor === undefined) return 0;
  const { lockedJobs, runningJobs, jobQueue } = jobProcessor;
  const kept = new Set([...runningJobs, ...jobQueue.getQueue()]);
  const dropped = lockedJobs.filter((job) => !kept.has(job) && isExpired(agenda, job));
  for (const job of dropped) {
    lockedJobs.splice(lockedJobs.indexOf(job), 1);
    jobProcessor.updateStatus(job.attrs.name, 'locked', -1);
  }
  return dropped.length;
}

function isExpired({ definitions }: Agenda, { attrs: { name, lockedAt } }: Job): boolean {
  const lifetime = definitions[name]?.lockLifetime ?? 0;
  return lockedAt === undefined || lockedAt === null || lockedAt.getTime() < Date.now() - lifetime;
}
