import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ProcessRole } from '../../src/runtime/service.js';
import { compileCache } from './compile-cache.js';
import { joinedEntry } from './joined-entry.js';

/** A process of its own that runs the built service, with every line it printed. */
export interface ServiceProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Its worker id, as the log of events names whoever wrote. */
  readonly workerId: string;
  /** Where it answers; empty without the api role. */
  readonly url: string;
  /** Where it answers for who watches it; empty without METRICS_PORT. */
  readonly statusUrl: string;
  /** What it printed so far, stdout and stderr. */
  readonly printed: readonly string[];
  /** The first line that it prints, or has printed, with this text in it. Rejects when it ends without one. */
  heard(text: string): Promise<string>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const living = new Set<ChildProcess>();
// One that stands still sees nothing of our end, and would stand there for ever.
process.once('exit', () => living.forEach((child) => child.kill('SIGKILL')));

const fallen: string[] = [];

/** Processes that ended by themselves and not in order, with their last words: who waits for their work in vain says so. */
export const fallenProcesses = (): readonly string[] => fallen;

/** Starts a process on a database and waits until it serves. Tests run on `dist`, which `npm test` builds first; `entry` is that of another release. */
export async function startServiceProcess(
  database: { readonly url: string },
  role: ProcessRole,
  environment: Readonly<Record<string, string>> = {},
  entry = joinedEntry('service-entry.mjs'),
): Promise<ServiceProcess> {
  const quick = { PORT: '0', WORKER_LANES: '2', BATCH_SWEEP_MS: '500', BATCH_POLL_MS: '50' };
  const { PATH } = process.env;
  const child = spawn(process.execPath, [entry, role, database.url], {
    env: { PATH, ...compileCache(), ...quick, ...environment },
    stdio: 'pipe',
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  const lines = new Lines(child);
  const ended = new Promise<number | string>((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? '')));
  child.once('close', (code) => {
    if (code !== null && code !== 0) fallen.push(`a ${role} ended with ${code}: ${lines.printed.slice(-3).join(' ')}`);
  });
  const up = JSON.parse(await lines.heard('"ready"')) as { url?: string; statusUrl?: string; workerId: string };
  return {
    child,
    workerId: up.workerId,
    url: up.url ?? '',
    statusUrl: up.statusUrl ?? '',
    printed: lines.printed,
    heard: (text) => lines.heard(text),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The lines of a process, for whoever waits for one. */
class Lines {
  readonly printed: string[] = [];
  private readonly waiting = new Set<() => void>();
  private over = false;

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.wake(() => this.printed.push(line)));
    child.once('close', () => this.wake(() => (this.over = true)));
  }

  async heard(text: string): Promise<string> {
    for (;;) {
      const line = this.printed.find((each) => each.includes(text));
      if (line !== undefined) return line;
      if (this.over) throw new Error(`the process ended without "${text}": ${this.printed.slice(-20).join('\n')}`);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  private wake(change: () => unknown): void {
    change();
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
