import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { compileCache } from './compile-cache.js';
import type { JobStorePlace } from './job-places.js';
import { joinedEntry } from './joined-entry.js';

/** A clock that all processes of a test share: `base` at the machine's instant `since`, running `factor` times as fast. ISO times. */
export interface SharedClock {
  readonly base: string;
  readonly since: string;
  readonly factor: number;
}

/** How a scheduler's process differs from the usual one. */
export interface SchedulerProcessOptions {
  /** Of the PostgreSQL database. */
  readonly url: string;
  readonly place: Pick<JobStorePlace, 'urls'>;
  /** The database's clock and, but for `skewMs`, the node's. The machine's own when left out. */
  readonly clock?: SharedClock & { readonly skewMs?: number };
  /** How late a slot is, in ms by the database's clock, before the watchdog rings. 2,000 as in the service. */
  readonly patienceMs?: number;
  /** ms of the machine's clock between two syncs of the job store; 300 when left out. */
  readonly syncMs?: number;
  /** Brings an empty database up to date first, as every role does when it starts. */
  readonly migrate?: boolean;
}

/** Something that a scheduler's process said: `ready`, `ring`, `watchdog`, `failure`, `error`. */
export type Said = { readonly event: string } & Readonly<Record<string, string>>;

/** A process of its own that rings for slots and plans runs. */
export interface SchedulerProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly name: string;
  readonly said: readonly Said[];
  /** Resolves once it has said so, or said so before. Rejects, with its last words, when it ends without. */
  heard(event: string, matching?: (said: Said) => boolean): Promise<Said>;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts one; it is not ready yet. */
export function startSchedulerProcess({ place, ...options }: SchedulerProcessOptions): SchedulerProcess {
  const workerId = randomUUID();
  const name = workerId.slice(0, 8);
  const { PATH } = process.env;
  const argument = JSON.stringify({ ...options, ...place.urls, workerId, name });
  const child = spawn(process.execPath, [joinedEntry('scheduler-entry.mjs'), argument], {
    env: { PATH, ...compileCache() },
    stdio: 'pipe',
  });
  const [said, errors, waiting] = [[] as Said[], [] as string[], new Set<() => void>()];
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(JSON.parse(line) as Said);
    wake();
  });
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const ended = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? '')));
  let over = false;
  child.once('close', () => {
    over = true;
    wake();
  });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    child,
    name,
    said,
    ended,
    kill,
    async heard(event, matching = () => true) {
      for (;;) {
        const found = said.find((each) => each.event === event && matching(each));
        if (found !== undefined) return found;
        if (over)
          throw new Error(`the scheduler ended without "${event}": ${JSON.stringify(said.slice(-5))} ${errors.slice(-10).join('\n')}`);
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
    [Symbol.asyncDispose]: kill,
  };
}
