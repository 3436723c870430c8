import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A service as a newcomer has it after the first start: demo patients, their nights, and last night's batch. */
export interface DemoService extends AsyncDisposable {
  /** Where it answers, without a trailing slash. */
  readonly url: string;
}

/** Starts the service on a new data folder, and waits for the end of its first run. @throws when it ends before it is ready */
export async function startDemoService(): Promise<DemoService> {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-screenshots-'));
  chmodSync(folder, 0o755); // as root PostgreSQL runs as another user
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), PORT: '0', NODE_ENV: 'development' };
  const child = spawn(process.execPath, ['bin/ibsafe-batch.mjs', 'start', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const { addresses } = JSON.parse(line) as { readonly addresses?: { readonly graphql: string } };
    if (addresses !== undefined) return { url: new URL(addresses.graphql).origin, [Symbol.asyncDispose]: stop };
  }
  await stop();
  throw new Error('the service ended before it was ready: its last words stand above');
}
