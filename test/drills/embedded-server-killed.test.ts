import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keepUp } from '../../src/embedded-postgres/keep-up.js';
import { runningPostmaster } from '../../src/embedded-postgres/postmaster-file.js';
import { stopPostmaster } from '../../src/embedded-postgres/stop-postmaster.js';
import { cliDataDir } from '../support/cli-data-dir.js';
import { documents } from '../support/cli-process.js';
import { embeddedFixture, query } from '../support/embedded-fixture.js';
import { until } from '../support/until.js';

describe('A service whose embedded PostgreSQL is killed', () => {
  const here = cliDataDir({ DEMO_USERS: '40', DEMO_DAYS: '7', DATA_DIR: 'data' });

  it('starts it again on its port, and goes on: a run that is asked for afterwards completes', async () => {
    const service = await here.startService();
    const killed = running();
    process.kill(killed.pid, 'SIGKILL');
    await until(() => {
      const found = runningPostmaster(folder());
      return Promise.resolve(found !== undefined && found.pid !== killed.pid && found.status === 'ready');
    });
    expect(running().port).toBe(killed.port);
    const { code, stdout } = await here.run(['run', '--on-existing', 'regenerate', '--wait', '--json']);
    expect({ code, last: documents(stdout).at(-1) }).toMatchObject({ code: 0, last: { status: 'COMPLETED' } });
    service.child.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0 });
    await here.serverEnded();
  });

  it('is stopped with it: no server is started behind the stop', async () => {
    const service = await here.startService({ DEMO_USERS: '0' });
    process.kill(running().pid, 'SIGKILL');
    service.child.kill('SIGTERM');
    expect(await service.ended).toMatchObject({ code: 0 });
    await here.serverEnded();
    expect(here.serverRuns()).toBe(false);
  });

  function folder(): string {
    return join(here.dataDir, 'postgres');
  }

  function running() {
    const found = runningPostmaster(folder());
    if (found === undefined) throw new Error('no PostgreSQL runs');
    return found;
  }
});

describe('The watch over an embedded PostgreSQL', () => {
  const fixture = embeddedFixture();

  it('takes a server that another process started on the port of before, and keeps what was committed', async () => {
    fixture.placeCluster();
    const first = await fixture.start();
    await query(first, 'create table kept as select 1 as n');
    await stopPostmaster(first.pid);
    const second = await fixture.start(); // as a command does, which names no port
    expect(second.port).toBe(first.port);
    expect(readFileSync(`${fixture.dataDir}.port`, 'utf8')).toBe(`${first.port}\n`);
    expect(await query(second, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  it('tells why it cannot start one, and tries until it can: a data folder that is gone is not made anew', async () => {
    fixture.placeCluster();
    const server = await fixture.start();
    const told: string[] = [];
    const [place, elsewhere] = [fixture.dataDir, `${fixture.dataDir}-elsewhere`];
    renameSync(place, elsewhere);
    await stopPostmaster(server.pid);
    const leave = keepUp(
      { dataDir: place, port: server.port },
      {
        onEnded: () => told.push('ended'),
        onFailed: (error) => told.push((error as Error).message),
        onStarted: ({ port }) => told.push(`started on ${port}`),
      },
      10,
    );
    fixture.onEnd(leave);
    await until(() => Promise.resolve(told.length >= 3));
    expect(existsSync(place)).toBe(false);
    renameSync(elsewhere, place);
    await until(() => Promise.resolve(told.at(-1)?.startsWith('started') === true));
    fixture.onEnd(async () => stopPostmaster(runningPostmaster(place)?.pid ?? 0));
    const gone = `the data folder ${place} is gone while its service runs: bring it back, or stop the service and start it to begin anew`;
    expect([...new Set(told)]).toEqual(['ended', gone, `started on ${server.port}`]);
    expect(await query(server, 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});
