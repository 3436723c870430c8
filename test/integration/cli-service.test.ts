import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runningPostmaster } from '../../src/server/embedded-postgres/postmaster-file.js';
import { stopPostmaster } from '../../src/server/embedded-postgres/stop-postmaster.js';
import { readInstance } from '../../src/server/instance-lock.js';
import { cli, documents, startCli, type CliProcess, type Ended } from '../support/cli-process.js';

let dir: string;
let others: CliProcess[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ibsafe-batch-cli-'));
  chmodSync(dir, 0o755); // as root the database runs as another user
  others = [];
});

afterEach(async () => {
  for (const { child, ended } of others) {
    child.kill('SIGKILL');
    await ended;
  }
  const detached = readInstance(dataDir());
  if (detached !== undefined) process.kill(detached.pid, 'SIGKILL');
  const left = runningPostmaster(join(dataDir(), 'postgres'));
  if (left !== undefined) await stopPostmaster(left.pid);
  rmSync(dir, { recursive: true, maxRetries: 5 });
});

describe('a service on the embedded database', () => {
  it('is named to whoever starts a second one, with pid and address, and goes on unharmed', async () => {
    const first = await startService();
    const second = await on(['start']);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(new RegExp(`a service already runs on .* \\(pid ${first.child.pid}, http://127.0.0.1:\\d+/\\)`));
    expect(await health()).toBe(200);
  });

  it('ends with 0 at SIGTERM, and frees lock and PostgreSQL', async () => {
    const service = await startService();
    expect(serverRuns()).toBe(true);
    service.child.kill('SIGTERM');
    const { code, stderr } = await service.ended;
    expect({ code, instance: readInstance(dataDir()), server: serverRuns() }).toEqual({ code: 0, instance: undefined, server: false });
    expect(stderr).toMatch(/Stopping.*\n.*Stopped\.\n$/s);
  });

  it('ends at once with 1 at a second Ctrl-C, whatever it still waits for', async () => {
    const service = await startService({ BATCH_GRACE_MS: '600000' });
    await unfinishedRequest();
    service.child.kill('SIGINT');
    await service.said(/Stopping/);
    // Two that come together are one wish, so that one of these counts as the second.
    const again = setInterval(() => service.child.kill('SIGINT'), 100);
    expect((await service.ended).code).toBe(1);
    clearInterval(again);
  });

  it('starts again after kill -9 on the PostgreSQL it left, and then stops that too', async () => {
    const killed = await startService();
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(serverRuns()).toBe(true);
    const next = startHere(['start']);
    await next.said(/Front page/);
    await expect(next.said(/adopted the server that already runs/)).resolves.toBeDefined();
    next.child.kill('SIGTERM');
    expect((await next.ended).code).toBe(0);
    expect(serverRuns()).toBe(false);
  });

  it('keeps its PostgreSQL when a command that used it ends, and shows what it does', async () => {
    const service = await startService();
    const status = await on(['status', '--json']);
    expect(documents(status.stdout)).toMatchObject([{ service: { pid: service.child.pid }, figures: { workers: [{ lanes: 4 }] } }]);
    expect(await on(['run', '--date', '2026-03-10', '--wait'])).toMatchObject({
      code: 0,
      stderr: expect.not.stringContaining('this process'),
    });
    expect(serverRuns()).toBe(true);
    expect(await health()).toBe(200);
  });

  it('logs JSON on stdout for whoever collects it, and speaks to people on stderr', async () => {
    const service = await startService();
    service.child.kill('SIGTERM');
    const { stdout, stderr } = await service.ended;
    expect(documents(stdout)).toContainEqual(expect.objectContaining({ level: 'info', role: 'all', msg: 'the service is up' }));
    expect(stderr).toMatch(/Playground +http/);
  });

  it('says in JSON lines when it is ready and when it has stopped, and logs to a file then', async () => {
    const service = startHere(['start', '--json']);
    await service.said(/"ready"/);
    service.child.kill('SIGTERM');
    const { stdout } = await service.ended;
    expect(documents(stdout)).toEqual([
      { event: 'ready', pid: service.child.pid, addresses: expect.objectContaining({ graphql: expect.stringMatching(/\/graphql$/) }) },
      { event: 'stopped', pid: service.child.pid },
    ]);
    expect(documents(readFileSync(join(dataDir(), 'service.log'), 'utf8'))[0]).toMatchObject({ msg: 'the service is up' });
  });

  it('is not started on a port that is taken, and leaves nothing running', async () => {
    await startService();
    const port = new URL(readInstance(dataDir())?.addresses['frontPage'] ?? '').port;
    const other = join(dir, 'other');
    const { code, stderr } = await on(['start'], { PORT: port, DATA_DIR: other });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`cannot listen on 127.0.0.1:${port} \\(EADDRINUSE\\).*choose another port`));
    expect({ instance: readInstance(other), server: runningPostmaster(join(other, 'postgres')) }).toEqual({});
  });
});

describe('a service in the background', () => {
  it('is ready when start --detach returns, and gone when stop does', async () => {
    const started = await on(['start', '--detach', '--json']);
    expect(started.code).toBe(0);
    const { pid } = documents(started.stdout)[0] as { pid: number };
    expect(readInstance(dataDir())?.pid).toBe(pid);
    expect(await health()).toBe(200);
    expect(await on(['start', '--detach'])).toMatchObject({ code: 1, stderr: expect.stringContaining(`pid ${pid}`) });
    expect(documents((await on(['stop', '--json'])).stdout)).toEqual([{ stopped: 'service', pid }]);
    expect({ instance: readInstance(dataDir()), server: serverRuns() }).toEqual({ instance: undefined, server: false });
  });

  it('that dies before it is ready has the end of its log shown', async () => {
    await startService();
    const port = new URL(readInstance(dataDir())?.addresses['frontPage'] ?? '').port;
    const { code, stderr } = await on(['start', '--detach'], { PORT: port, DATA_DIR: join(dir, 'other') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/the service ended while starting \(exit 1\)\. The end of .*service\.log:\n.*cannot listen on/s);
  });
});

describe('stop', () => {
  it('ends with 1 where nothing runs, and stops the PostgreSQL that a killed service has left', async () => {
    expect(await on(['stop'])).toMatchObject({ code: 1, stderr: expect.stringMatching(/no service runs on .*: nothing to stop/) });
    const killed = await startService();
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await on(['stop'])).toMatchObject({ code: 0, stdout: expect.stringContaining('PostgreSQL that a killed one had left') });
    expect(serverRuns()).toBe(false);
  });
});

describe('commands without a service', () => {
  it('start the embedded database for their time only, and the last of several at once stops it', async () => {
    expect((await on(['migrate'])).code).toBe(0);
    expect(serverRuns()).toBe(false);
    const together = await Promise.all([on(['status']), on(['migrate', '--json']), on(['status', '--json'])]);
    expect(together.map(({ code, stderr }) => ({ code, stderr }))).toEqual(together.map(() => ({ code: 0, stderr: '' })));
    expect(serverRuns()).toBe(false);
  });
});

/** Without patients: what a first start does is another file's. */
async function startService(env: Record<string, string> = {}): Promise<CliProcess> {
  const service = startHere(['start'], env);
  await service.said(/Front page/);
  return service;
}

function startHere(args: readonly string[], env: Record<string, string> = {}): CliProcess {
  const started = startCli(args, { cwd: dir, env: { DATA_DIR: dataDir(), DEMO_USERS: '0', ...env } });
  others.push(started);
  return started;
}

function on(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return cli(args, { cwd: dir, env: { DATA_DIR: dataDir(), DEMO_USERS: '0', ...env } });
}

function dataDir(): string {
  return join(dir, 'data');
}

function serverRuns(): boolean {
  return existsSync(dataDir()) && runningPostmaster(join(dataDir(), 'postgres')) !== undefined;
}

async function health(): Promise<number> {
  const url = readInstance(dataDir())?.addresses['health'];
  return (await fetch(url ?? 'http://no-service.invalid')).status;
}

/** A request that the service has begun to read and that will never be complete. */
function unfinishedRequest(): Promise<void> {
  const url = readInstance(dataDir())?.addresses['graphql'] ?? '';
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '1000', expect: '100-continue' },
    });
    sent.on('error', () => undefined); // it is cut in the end
    sent.once('continue', resolve);
    sent.once('close', () => reject(new Error('the service did not begin to read the request')));
    sent.flushHeaders();
  });
}
