import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readInstance } from '../../src/runtime/instance-lock.js';
import { cliDataDir } from '../support/cli-data-dir.js';
import { documents } from '../support/cli-process.js';

// Without patients: what a first start does with them is told in first-start.test.ts.
const here = cliDataDir({ DEMO_USERS: '0' });

describe('a service on the embedded database', () => {
  it('is named to whoever starts a second one, with pid and address, and goes on unharmed', async () => {
    const first = await here.startService();
    const second = await here.run(['start']);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(new RegExp(`a service already runs on .* \\(pid ${first.child.pid}, http://127.0.0.1:\\d+/\\)`));
    expect(await health()).toBe(200);
  });

  it('ends with 0 at SIGTERM, and frees lock and PostgreSQL', async () => {
    const service = await here.startService();
    expect(here.serverRuns()).toBe(true);
    service.child.kill('SIGTERM');
    const { code, stderr } = await service.ended;
    expect({ code, instance: here.instance() }).toEqual({ code: 0, instance: undefined });
    await here.serverEnded();
    expect(stderr).toMatch(/Stopping.*\n.*Stopped\.\n$/s);
  });

  it('ends at once with 1 at a second Ctrl-C, whatever it still waits for', async () => {
    const service = await here.startService({ BATCH_GRACE_MS: '600000' });
    await unfinishedRequest();
    service.child.kill('SIGINT');
    await service.said(/Stopping/);
    // Two that come together are one wish, so that one of these counts as the second.
    const again = setInterval(() => service.child.kill('SIGINT'), 100);
    expect((await service.ended).code).toBe(1);
    clearInterval(again);
  });

  it('starts again after kill -9 on the PostgreSQL it left, and then stops that too', async () => {
    const killed = await here.startService();
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect((await here.run(['status'])).code).toBe(0); // a command that only passes by does not stop what it did not start
    expect(here.serverRuns()).toBe(true);
    const next = here.start(['start']);
    await next.said(/Console/);
    await expect(next.said(/adopted the server that already runs/)).resolves.toBeDefined();
    next.child.kill('SIGTERM');
    expect((await next.ended).code).toBe(0);
    await here.serverEnded();
  });

  it('keeps its PostgreSQL when a command that used it ends, and shows what it does', async () => {
    const service = await here.startService();
    const status = await here.run(['status', '--json']);
    expect(documents(status.stdout)).toMatchObject([{ service: { pid: service.child.pid }, figures: { workers: [{ lanes: 4 }] } }]);
    expect(await here.run(['run', '--date', '2026-03-10', '--wait'])).toMatchObject({
      code: 0,
      stderr: expect.not.stringContaining('this process'),
    });
    expect(here.serverRuns()).toBe(true);
    expect(await health()).toBe(200);
  });

  it('logs JSON on stdout for whoever collects it, and speaks to people on stderr', async () => {
    const service = await here.startService();
    service.child.kill('SIGTERM');
    const { stdout, stderr } = await service.ended;
    expect(documents(stdout)).toContainEqual(expect.objectContaining({ level: 'info', role: 'all', msg: 'the service is up' }));
    expect(stderr).toMatch(/Playground +http/);
  });

  it('says in JSON lines when it is ready and when it has stopped, and logs to a file then', async () => {
    const service = here.start(['start', '--json']);
    await service.said(/"ready"/);
    service.child.kill('SIGTERM');
    const { stdout } = await service.ended;
    expect(documents(stdout)).toEqual([
      { event: 'ready', pid: service.child.pid, addresses: expect.objectContaining({ graphql: expect.stringMatching(/\/graphql$/) }) },
      { event: 'stopped', pid: service.child.pid },
    ]);
    const log = documents(readFileSync(join(here.dataDir, 'service.log'), 'utf8'));
    expect(log).toContainEqual(expect.objectContaining({ msg: 'the service is up' }));
  });

  it('is not started on a port that is taken, and leaves nothing running', async () => {
    await here.startService();
    const port = new URL(here.instance()?.addresses['frontPage'] ?? '').port;
    const other = join(here.dir, 'other');
    const { code, stderr } = await here.run(['start'], { PORT: port, DATA_DIR: other });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`cannot listen on 127.0.0.1:${port} \\(EADDRINUSE\\).*choose another port`));
    expect({ instance: readInstance(other), server: here.serverRuns(other) }).toEqual({ instance: undefined, server: false });
  });
});

async function health(): Promise<number> {
  return (await fetch(here.instance()?.addresses['health'] ?? 'http://no-service.invalid')).status;
}

/** A request that the service has begun to read and that will never be complete. */
function unfinishedRequest(): Promise<void> {
  const url = here.instance()?.addresses['graphql'] ?? '';
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
