import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cliDataDir } from '../support/cli-data-dir.js';
import { documents } from '../support/cli-process.js';

// Without patients: what a first start does with them is told in first-start.test.ts.
const here = cliDataDir({ DEMO_USERS: '0' });

describe('a service in the background', () => {
  it('is ready when start --detach returns, and gone when stop does', async () => {
    const started = await here.run(['start', '--detach', '--json']);
    expect(started.code).toBe(0);
    const { pid } = documents(started.stdout)[0] as { pid: number };
    expect(here.instance()?.pid).toBe(pid);
    expect(await health()).toBe(200);
    expect(await here.run(['start', '--detach'])).toMatchObject({ code: 1, stderr: expect.stringContaining(`pid ${pid}`) });
    expect(documents((await here.run(['stop', '--json'])).stdout)).toEqual([{ stopped: 'service', pid }]);
    expect(here.instance()).toBeUndefined();
    await here.serverEnded();
  });

  it('speaks the language that start --detach was told: what the process in the background says, too', async () => {
    const { code, stdout } = await here.run(['start', '--detach', '--lang', 'ko'], { LANG: 'C' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('백그라운드에서 실행 중입니다') });
    expect(stdout).toContain('이 컴퓨터의 사용자는 모두 관리자입니다.'); // said by the other process
    expect(await here.run(['stop', '--lang', 'ko'])).toMatchObject({ code: 0, stdout: expect.stringContaining('서비스를 멈췄습니다') });
    await here.serverEnded();
  });

  it('that dies before it is ready has the end of its log shown', async () => {
    mkdirSync(join(here.dataDir, 'postgres'), { recursive: true });
    writeFileSync(join(here.dataDir, 'postgres', 'thesis.txt'), 'mine');
    const { code, stderr } = await here.run(['start', '--detach']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/the service ended while starting \(exit 1\)\. The end of .*service\.log:\n.*no PG_VERSION/s);
  });

  it('is not begun on a port that is taken: it says which, and makes nothing', async () => {
    await here.startService();
    const port = new URL(here.instance()?.addresses['frontPage'] ?? '').port;
    const other = { PORT: port, DATA_DIR: join(here.dir, 'other') };
    const refused = { code: 1, stderr: expect.stringContaining(`cannot listen on 127.0.0.1:${port} (EADDRINUSE)`) };
    expect(await here.run(['start', '--detach'], other)).toMatchObject(refused);
    expect(await here.run(['start'], other)).toMatchObject(refused);
    expect(existsSync(other.DATA_DIR)).toBe(false);
  });

  it('comes up and stays when nobody reads what its start says any more', async () => {
    const starting = here.start(['start', '--detach']);
    starting.child.stdout?.destroy();
    starting.child.stderr?.destroy();
    expect((await starting.ended).code).toBe(0);
    expect(await health()).toBe(200);
  });
});

describe('stop', () => {
  it('ends with 1 where nothing runs, and stops the PostgreSQL that a killed service has left', async () => {
    expect(await here.run(['stop'])).toMatchObject({ code: 1, stderr: expect.stringMatching(/no service runs on .*: nothing to stop/) });
    const killed = await here.startService();
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await here.run(['stop'])).toMatchObject({ code: 0, stdout: expect.stringContaining('PostgreSQL that a killed one had left') });
    expect(here.serverRuns()).toBe(false);
  });
});

describe('commands without a service', () => {
  it('start the embedded database for their time only, and the last of several at once stops it', async () => {
    expect((await here.run(['migrate'])).code).toBe(0);
    expect(here.serverRuns()).toBe(false);
    const together = await Promise.all([here.run(['status']), here.run(['migrate', '--json']), here.run(['status', '--json'])]);
    expect(together.map(({ code, stderr }) => ({ code, stderr }))).toEqual(together.map(() => ({ code: 0, stderr: '' })));
    expect(here.serverRuns()).toBe(false);
  });
});

async function health(): Promise<number> {
  return (await fetch(here.instance()?.addresses['health'] ?? 'http://no-service.invalid')).status;
}
