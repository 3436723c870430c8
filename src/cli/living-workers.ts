import { hostname } from 'node:os';
import { Client } from 'pg';
import { Workers, type WorkerEntry } from '../claims/workers.js';
import { isAlive } from '../server/embedded-postgres/process-identity.js';

/**
 * Processes that can work on a run. One of this machine that was killed a moment ago still counts as alive in the database for as long as a
 * missed heartbeat is forgiven; its pid tells sooner.
 */
export async function livingWorkers(databaseUrl: string): Promise<WorkerEntry[]> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'ibsafe-batch cli' });
  await client.connect();
  try {
    return (await new Workers(client).alive()).filter(canWork);
  } finally {
    await client.end();
  }
}

function canWork({ lanes, host, pid }: WorkerEntry): boolean {
  return lanes > 0 && (host !== hostname() || isAlive(pid));
}
