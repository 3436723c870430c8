import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RunReport } from './worker-process.js';

/** Runs the batch `runs` times in a worker process of its own, which inherits this one's settings of V8; `before` is called ahead of each, to make them begin alike. */
export async function measuredRuns(url: string, runs: number, before: () => Promise<void>): Promise<RunReport[]> {
  const entry = fileURLToPath(new URL('worker-process.js', import.meta.url));
  const child = fork(entry, [url, String(runs)], { stdio: 'inherit' });
  await once(child, 'message');
  const reports: RunReport[] = [];
  for (let run = 0; run < runs; run += 1) {
    await before();
    child.send('run');
    const [report] = (await once(child, 'message')) as [RunReport];
    reports.push(report);
  }
  if (child.exitCode === null) await once(child, 'exit');
  return reports;
}
