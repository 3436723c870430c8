import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { openPool } from '../../src/database/pool.js';
import { ORIGIN } from '../../src/eventlog/cursor.js';
import { PostgresLog } from '../../src/eventlog/postgres-log.js';
import { WakeUps, WakeUpSender, type Heartbeat } from '../../src/feeds/wake-ups.js';
import { paused, someRun, type SomeRun } from './support/events.js';
import { Follower, NEVER_MS, stopFollowers } from './support/follower.js';
import { openTcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';
import { openPostgresLog } from './support/open-logs.js';

describe('wake-ups over PostgreSQL', () => {
  let opened: Awaited<ReturnType<typeof openPostgresLog>>;
  let wakeUps: WakeUps;
  let others: WakeUps[] = [];
  let sender: WakeUpSender;
  let run: SomeRun;
  let version = 0;

  beforeEach(async () => {
    opened = await openPostgresLog();
    wakeUps = new WakeUps(opened.url);
    sender = new WakeUpSender(opened.pool);
    await wakeUps.start();
    run = someRun();
    version = 0;
  });
  afterEach(async () => {
    await stopFollowers();
    for (const one of [wakeUps, ...others]) await one.close();
    others = [];
    await sender.flush();
    await opened.close();
  });

  const append = async (): Promise<void> => void (await opened.log.append(run.own(version), [paused(String((version += 1)))]));
  /** One with a heartbeat of its own, closed after the test. */
  const listening = async (url: string, heartbeat: Heartbeat): Promise<WakeUps> => {
    const made = new WakeUps(url, heartbeat);
    others.push(made);
    await made.start();
    return made;
  };
  const cutOff = async (): Promise<void> => {
    const text = `select pg_terminate_backend(pid, 10000) as cut from pg_stat_activity
      where datname = current_database() and application_name = 'ibsafe-batch wake-ups'`;
    expect((await opened.pool.query(text)).rows).toEqual([{ cut: true }]);
  };

  it('bring a follower to look that would not have looked for days', async () => {
    const follower = new Follower(new PostgresLog(opened.pool), ORIGIN, { bell: wakeUps, pollMs: NEVER_MS });
    for (let n = 1; n <= 3; n += 1) {
      await append();
      sender.notify(run.runId);
      await follower.has(n);
    }
    expect(follower.events.map((event) => event.version)).toEqual([1, 2, 3]);
  });

  it('are not needed: with the listening connection dead and nobody ringing, polling delivers', async () => {
    const deaf = new WakeUps(opened.url); // never started: what a connection is that died without a word
    const follower = new Follower(new PostgresLog(opened.pool), ORIGIN, { bell: deaf, pollMs: 20 });
    await cutOff();
    await append();
    await append();
    expect((await follower.has(2)).map((event) => event.version)).toEqual([1, 2]);
  });

  it('come back by themselves after their connection was cut, and then make everybody look for what they missed', async () => {
    const follower = new Follower(new PostgresLog(opened.pool), ORIGIN, { bell: wakeUps, pollMs: NEVER_MS });
    await append();
    sender.notify(run.runId);
    await follower.has(1);
    await cutOff();
    await append();
    await sender.flush();
    expect((await follower.has(2)).map((event) => event.version)).toEqual([1, 2]);
    await append();
    sender.notify(run.runId);
    expect(await follower.has(3)).toHaveLength(3);
  });

  it('are missed and polling delivers while the connection is dumb without being closed, which the heartbeat finds out', async () => {
    const { hostname: host, port } = new URL(opened.url);
    await using proxy = await openTcpProxy({ host, port: Number(port) });
    const url = Object.assign(new URL(opened.url), { hostname: '127.0.0.1', port: String(proxy.port) }).href;
    const dumb = await listening(url, { everyMs: 20, answerMs: 300 });
    await append();
    const polling = new Follower(new PostgresLog(opened.pool), ORIGIN, { bell: dumb, pollMs: 20 });
    const woken = new Follower(new PostgresLog(opened.pool), ORIGIN, { bell: dumb, pollMs: NEVER_MS });
    await woken.has(1); // its first look is done: it looks again only when it is woken
    proxy.stall();
    await append();
    await sender.flush();
    expect(await polling.has(2)).toHaveLength(2);
    // The new connection wakes everybody, as nobody knows what was missed; and from then on each change does.
    expect(await woken.has(2)).toHaveLength(2);
    expect({ listening: dumb.listening, losses: dumb.losses }).toEqual({ listening: true, losses: 1 });
    await append();
    sender.notify(run.runId);
    expect(await woken.has(3)).toHaveLength(3);
  });

  it('are asked for again where a pooler has put another session in place of the one that listened', async () => {
    const cut = await listening(opened.url, { everyMs: 20, answerMs: 5_000 });
    const { client } = cut as unknown as { client: Client };
    await client.query('unlisten *');
    await until(() => Promise.resolve(cut.losses === 1 && cut.listening));
  });

  it('that cannot be sent are no error: the change is in the log, and followers poll', async () => {
    const pool = openPool({ url: opened.url, max: 1, name: 'closed', onError: () => undefined });
    await pool.end();
    const lost = new WakeUpSender(pool);
    lost.notify(run.runId);
    await expect(lost.flush()).resolves.toBeUndefined();
  });
});
