import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchBehaviour } from '../../../src/local-model/batch-faults.js';
import { NOTHING, sumOf, type EndpointAccount, type Taken } from '../../../src/local-model/ledger.js';
import { joinedEntry } from '../../support/joined-entry.js';

/** A connection of another process may have been given its port while it was down: it has it again when that has ended. */
const PORT_TAKEN = 'EADDRINUSE';

/** A local model in a process of its own, which can be killed and comes back with its files, its batches and its account. */
export class EndpointProcess implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
  #process: ChildProcess | undefined;
  #port = 0;
  #behaviours: readonly BatchBehaviour[] = [{}];

  /** Starts it, or starts it again; `behaviours` are its batches' in turn. @throws with what it said when it cannot be started */
  async start(behaviours: readonly BatchBehaviour[] = this.#behaviours): Promise<void> {
    await this.kill();
    this.#behaviours = behaviours;
    let said = PORT_TAKEN;
    while (said.includes(PORT_TAKEN)) said = await this.#launch();
    this.#port = Number(said);
    if (!(this.#port > 0)) throw new Error(`the endpoint could not be started: ${said}`);
  }

  /** @returns its port, or its last words */
  async #launch(): Promise<string> {
    const args = [joinedEntry('endpoint-entry.mjs'), String(this.#port), this.#folder, JSON.stringify(this.#behaviours)];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process = child;
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    const told = once(child.stdout, 'data').then(([text]) => String(text));
    return Promise.race([told, once(child, 'close').then(() => errors)]);
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
