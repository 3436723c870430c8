import { Client } from 'pg';
import type { AppendTarget, NewEvent } from '../../../src/application/ports.js';
import { PostgresLog } from '../../../src/eventlog/postgres-log.js';
import { skipped, someRun } from './events.js';
import { BEGIN_HELD } from '../../support/held-transaction.js';

/** A connection that holds a transaction open for as long as the test wants. */
export class Writer {
  open = false;
  private constructor(readonly client: Client) {}

  static async connect(url: string): Promise<Writer> {
    const client = new Client({ connectionString: url });
    await client.connect();
    return new Writer(client);
  }

  async begin(): Promise<void> {
    await this.client.query(BEGIN_HELD);
    this.open = true;
  }

  append(target: AppendTarget, events: readonly NewEvent[]): Promise<unknown> {
    return new PostgresLog(this.client).append(target, events);
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    await this.client.query(how);
    this.open = false;
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** Small, seeded and the same everywhere. @returns whole numbers from 0 to below `n` */
export function seededBelow(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/**
 * Writers that begin, take their transaction id, append, commit and roll back in a random order, one step at a time. `afterStep` looks at the log
 * between the steps, as a follower does. @returns user ids of what was committed
 */
export async function interleave(
  writers: readonly Writer[],
  steps: number,
  seed: number,
  afterStep: () => Promise<void>,
): Promise<number[]> {
  const below = seededBelow(seed);
  const pending = new Map<Writer, number[]>();
  const committed: number[] = [];
  const run = someRun();
  for (let step = 1; step <= steps; step += 1) {
    const writer = writers[below(writers.length)] as Writer;
    const users = pending.get(writer);
    if (users === undefined) {
      await writer.begin();
      // Half of them take their id long before their first position.
      if (below(2) === 0) await writer.client.query('select pg_current_xact_id()');
      pending.set(writer, []);
    } else if (below(3) > 0) {
      await writer.append(run.chunk(step), skipped(step));
      users.push(step);
    } else {
      const kept = below(4) > 0;
      await writer.end(kept ? 'commit' : 'rollback');
      pending.delete(writer);
      if (kept) committed.push(...users);
    }
    await afterStep();
  }
  for (const [writer, users] of pending) {
    await writer.end('commit');
    committed.push(...users);
    await afterStep();
  }
  return committed;
}
