import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { z } from 'zod';
import { locateBinaries } from '../../src/embedded-postgres/binaries.js';
import { launchOnPort, freePort } from '../../src/embedded-postgres/launch-on-port.js';
import { isAlive } from '../../src/embedded-postgres/process-identity.js';
import { serverUser } from '../../src/embedded-postgres/server-user.js';
import type { EmbeddedPostgres } from '../../src/embedded-postgres/supervisor.js';
import { stopPostmaster } from '../../src/embedded-postgres/stop-postmaster.js';
import { embeddedFixture, query } from '../support/embedded-fixture.js';
import { startSourceProcess } from '../support/source-process.js';
import { until } from '../support/until.js';

const fixture = embeddedFixture();

describe('starting the embedded PostgreSQL', () => {
  it('makes a new UTF-8 database that listens on 127.0.0.1 alone and keeps what it commits', async () => {
    const server = await fixture.start({ flags: { work_mem: '9MB', listen_addresses: '*' } });
    expect(server.adopted).toBe(false);
    const names = [
      'listen_addresses',
      'unix_socket_directories',
      'synchronous_commit',
      'fsync',
      'server_encoding',
      'work_mem',
      'max_connections',
    ];
    const settings = names.map((name) => `current_setting('${name}')`).join(', ');
    expect(await query(server, `select array[${settings}] as found`)).toEqual([
      { found: ['127.0.0.1', '', 'on', 'on', 'UTF8', '9MB', '200'] },
    ]);
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    fixture.placeCluster();
    const server = await fixture.start();
    expect(statSync(join(fixture.dataDir, 'ibsafe-batch.password')).mode & 0o077).toBe(0);
    const stranger = new Client({ connectionString: server.url().replace(/:[^:@]+@/, ':guess@') });
    await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
  });

  it('keeps the data over a stop and a start', async () => {
    fixture.placeCluster();
    const first = await fixture.start();
    await query(first, 'create table kept as select 42 as answer');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    await first.stop();
    expect(await query(await fixture.start(), 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('writes an error to its log without the row or the statement that caused it', async () => {
    fixture.placeCluster();
    const server = await fixture.start();
    await query(server, 'create table patient (name text unique)');
    await query(server, `insert into patient values ('canary-name')`);
    await expect(query(server, `insert into patient values ('canary-name')`)).rejects.toThrow(/duplicate key/);
    const log = readFileSync(`${fixture.dataDir}.log`, 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('canary-name');
  });

  it('keeps its log to a size while it runs, one that it started as well as one that it adopted', async () => {
    fixture.placeCluster();
    const logKeeping = { limit: { bytes: 2_000, files: 1 }, everyMs: 5 };
    const [log, earlier] = [`${fixture.dataDir}.log`, `${fixture.dataDir}.log.1`];
    const started = await fixture.start({ logKeeping });
    await fillLog(started, earlier);
    await started.stop();
    const killed = startElsewhere();
    await killed.heard();
    await killed.process.kill();
    const adopted = await fixture.start({ logKeeping });
    expect(adopted.adopted).toBe(true);
    rmSync(earlier);
    await fillLog(adopted, earlier);
    await expect(query(adopted, 'select after_the_rotation()')).rejects.toThrow(/does not exist/);
    const kept = [log, earlier].map((path) => readFileSync(path, 'utf8')).join('');
    expect(kept).toContain('after_the_rotation');
    expect(kept.length).toBeLessThan(100_000);
    expect(statSync(log).mode & 0o077).toBe(0);
  });
});

describe('ports', () => {
  it('refuses an asked port that another program has, and starts once it is free', async () => {
    const { port, listener } = await taken();
    await expect(fixture.start({ port })).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`);
    await new Promise((done) => listener.close(done));
    expect((await fixture.start({ port })).port).toBe(port);
  });

  it('picks another port when a program was faster on the one it had picked', async () => {
    fixture.placeCluster();
    const place = { dir: fixture.dataDir, binaries: locateBinaries(), user: serverUser(fixture.dataDir) };
    const lost = await taken();
    const picks = [lost.port, await freePort()];
    const started = await launchOnPort(place, { pickPort: async () => picks.shift() ?? 0 });
    await stopPostmaster(started.pid);
    expect(started.port).not.toBe(lost.port);
    expect(picks).toEqual([]);
  });
});

describe('what an earlier service left', () => {
  it('adopts the server of a service that was killed', async () => {
    fixture.placeCluster();
    const killed = startElsewhere();
    const { pid } = await killed.heard();
    await killed.process.kill();
    const server = await fixture.start();
    expect(server).toMatchObject({ adopted: true, pid });
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
  });

  it('leads a process group of its own, so that Ctrl-C ends the service but not the database under it', async () => {
    fixture.placeCluster();
    const server = await fixture.start();
    expect(() => process.kill(-server.pid, 0)).not.toThrow(); // throws unless there is a group with this pid as its leader
  });

  it('will not pass an adopted server for one on another port', async () => {
    fixture.placeCluster();
    const server = await fixture.start();
    await expect(fixture.start({ port: server.port === 65_000 ? 65_001 : 65_000 })).rejects.toThrow(`on port ${server.port}, not on 65`);
    expect(await fixture.start({ port: server.port })).toMatchObject({ adopted: true });
  });

  it('starts over the pid file of a server that was killed, and has what it had committed', async () => {
    fixture.placeCluster();
    const killed = await fixture.start();
    await query(killed, 'create table kept as select 42 as answer');
    process.kill(killed.pid, 'SIGKILL');
    await until(() => Promise.resolve(!isAlive(killed.pid))); // a signal is delivered, not obeyed, when kill returns
    const server = await fixture.start();
    expect(server.adopted).toBe(false);
    expect(await query(server, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('starts over a pid file whose pid another program has by now', async () => {
    fixture.placeCluster();
    const owner = statSync(fixture.dataDir);
    const program = spawn('sleep', ['600'], { uid: owner.uid, gid: owner.gid, cwd: '/' });
    fixture.onEnd(() => program.kill());
    await once(program, 'spawn');
    writeFileSync(join(fixture.dataDir, 'postmaster.pid'), `${program.pid}\n${fixture.dataDir}\n1\n5432\n\n127.0.0.1\n\nready\n`);
    chownSync(join(fixture.dataDir, 'postmaster.pid'), owner.uid, owner.gid);
    expect((await fixture.start()).adopted).toBe(false);
  });

  it('lets one of two services that start at the same moment make the database, and the other adopt it', async () => {
    const both = [startElsewhere(), startElsewhere()];
    const heard = await Promise.all(both.map((one) => one.heard()));
    await fixture.start(); // so that it is stopped at the end
    expect(heard.filter((one) => one.adopted)).toHaveLength(1);
    expect(new Set(heard.map((one) => one.pid)).size).toBe(1);
    expect(existsSync(`${fixture.dataDir}.lock`)).toBe(false);
  });

  it('removes drafts of a database whose making was killed', async () => {
    mkdirSync(`${fixture.dataDir}.init-abandoned/fixture.base`, { recursive: true });
    writeFileSync(`${fixture.dataDir}.init-abandoned.password`, 'x');
    await fixture.start();
    expect(readdirSync(fixture.base).toSorted()).toEqual(['data', 'data.log', 'data.port']);
  });
});

/** Makes the server say what is wrong until its log was rotated. @throws when the log grows without end */
async function fillLog(server: EmbeddedPostgres, earlier: string): Promise<void> {
  while (!existsSync(earlier)) {
    await expect(query(server, `select ${'n'.repeat(60)}()`)).rejects.toThrow(/does not exist/);
    expect(statSync(`${fixture.dataDir}.log`).size).toBeLessThan(100_000);
  }
}

const Started = z.object({ pid: z.number(), adopted: z.boolean() });

function startElsewhere() {
  const other = startSourceProcess(`
    const { startEmbeddedPostgres } = await load('embedded-postgres/supervisor.ts');
    const { pid, adopted } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(fixture.dataDir)} });
    say({ pid, adopted });
  `);
  fixture.onEnd(() => other.kill());
  return { process: other, heard: async () => Started.parse(await other.heard()) };
}

async function taken(): Promise<{ port: number; listener: Server }> {
  const port = await freePort();
  const listener = createServer().listen(port, '127.0.0.1');
  fixture.onEnd(() => listener.close());
  await once(listener, 'listening');
  return { port, listener };
}
