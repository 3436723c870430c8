import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchBehaviour } from '../../../src/local-model/batch-faults.js';
import { NOTHING, sumOf, type EndpointAccount, type Taken } from '../../../src/local-model/ledger.js';
import { supportFile } from '../../support/support-file.js';

const ENTRY = supportFile('endpoint-entry.mjs');

/** A local model in a process of its own, which can be killed and comes back with its files, its batches and its account. */
export class EndpointProcess implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
  #process: ChildProcess | undefined;
  #port = 0;
  #behaviours: readonly BatchBehaviour[] = [{}];

  /** Starts it, or starts it again; `behaviours` are its batches' in turn. */
  async start(behaviours: readonly BatchBehaviour[] = this.#behaviours): Promise<void> {
    await this.kill();
    this.#behaviours = behaviours;
    const child = spawn(process.execPath, [ENTRY, String(this.#port), this.#folder, JSON.stringify(behaviours)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#process = child;
    const [told] = (await once(child.stdout, 'data')) as [Buffer];
    this.#port = Number(told.toString());
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/v1`;
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** What it would charge for so far. */
  get account(): EndpointAccount {
    const [calls = NOTHING] = this.#entries<Taken>('account');
    const batches = this.#entries<{ end: { taken: Taken } | null }>('batches');
    return { calls, batches: batches.reduce((sum, { end }) => sumOf(sum, end?.taken ?? NOTHING), NOTHING) };
  }

  /** Keys of the batches that it was ever given. */
  get keys(): string[] {
    return this.#entries<{ metadata: Record<string, string> }>('batches').map(({ metadata }) => metadata['ibsafe_batch_key'] ?? '');
  }

  get filesLeft(): number {
    return this.#entries('files').length;
  }

  #entries<T>(kind: string): T[] {
    const names = readdirSync(join(this.#folder, kind)).filter((name) => !name.endsWith('.half'));
    return names.map((name) => JSON.parse(readFileSync(join(this.#folder, kind, name), 'utf8')) as T);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
