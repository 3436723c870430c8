import { hostname } from 'node:os';
import { asTyped } from '../../base/as-typed.js';
import { Workers, type WorkerEntry } from '../../store/workers.js';
import { withClient } from '../../database/connect.js';
import { say } from '../words/catalogue.js';
import { isAlive } from '../../embedded-postgres/process-identity.js';

/** What people are told where a run waits for a worker. */
export function noWorker(): string {
  return say('noWorker', { start: asTyped('start --role worker') });
}

/**
 * Processes that can work on a run. One of this machine that was killed a moment ago still counts as alive in the database for as long as a
 * missed heartbeat is forgiven; its pid tells sooner.
 */
export async function livingWorkers(workers: Pick<Workers, 'alive'>): Promise<WorkerEntry[]> {
  return (await workers.alive()).filter(({ lanes, host, pid }) => lanes > 0 && (host !== hostname() || isAlive(pid)));
}

/** The same of a database that nothing is connected to yet. */
export function livingWorkersOn(url: string): Promise<WorkerEntry[]> {
  return withClient({ url, name: 'cli' }, (client) => livingWorkers(new Workers(client)));
}
