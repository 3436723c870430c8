import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { localDate } from '../src/domain/local-date.js';
import { chunkStream, monthOf } from '../src/domain/run/stream-names.js';
import { PostgresLog } from '../src/eventlog/postgres-log.js';
import { withClient } from './sql-limit.js';

const CHUNK = 1_000;

/** Rows a second of the log alone: outcome events in thousands, each its own transaction, over as many connections as cores. */
export async function logRate(url: string, events: number): Promise<number> {
  const runId = randomUUID();
  const month = monthOf(new Date());
  let next = 0;
  const writer = (): Promise<void> =>
    withClient(url, async (client) => {
      const log = new PostgresLog(client);
      for (let chunk = next++; chunk * CHUNK < events; chunk = next++) {
        const target = { stream: chunkStream(runId, chunk), expectedVersion: 0, month, runId, actor: 'bench', correlationId: runId };
        await log.append(
          target,
          Array.from({ length: CHUNK }, (_, at) => outcome(chunk * CHUNK + at + 1)),
        );
      }
    });
  await withClient(url, (client) => client.query('select batch.ensure_partition($1)', [localDate(month)]));
  const began = performance.now();
  await Promise.all(Array.from({ length: availableParallelism() }, writer));
  return (events * 1_000) / (performance.now() - began);
}

function outcome(userId: number): { type: string; userId: number; data: object } {
  return { type: 'InterventionGenerated', userId, data: { interventionId: userId, generator: 'RULES', attempts: 1, durationMs: 0 } };
}
