import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RunReport, WorkerSettings } from './worker-process.js';

/** A worker in a process of its own that runs when it is told to, and shares the runs of others on its database as long as it lives. */
export interface BenchWorker {
  readonly pid: number;
  run(): Promise<RunReport>;
  /** Ends it and waits until it is gone. */
  close(): Promise<void>;
}

/** Starts a worker with so many lanes, and waits until it takes work. */
export async function startBenchWorker(url: string, lanes: number, settings: WorkerSettings = {}): Promise<BenchWorker> {
  const entry = fileURLToPath(new URL('worker-process.js', import.meta.url));
  const child = fork(entry, [url, 'Infinity', String(lanes), JSON.stringify(settings)], { stdio: 'inherit' });
  const gone = once(child, 'exit');
  const message = async (): Promise<unknown> => {
    const [first] = await Promise.race([once(child, 'message'), gone.then(() => Promise.reject(new Error('a worker of the bench ended')))]);
    return first;
  };
  await message();
  return {
    pid: child.pid ?? 0,
    run: () => {
      child.send('run');
      return message() as Promise<RunReport>;
    },
    close: async () => {
      child.disconnect();
      await gone;
    },
  };
}
