import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '../../src/application/ports.js';
import { runEventStream } from '../../src/feeds/run-event-stream.js';
import { ORIGIN, readCursor, writeCursor } from '../../src/eventlog/cursor.js';
import { MONTH, paused, RESUMED, skipped, someRun, STARTED } from './support/events.js';
import { Follower, HandBell, NEVER_MS, stopFollowers } from './support/follower.js';
import type { OpenLog } from './support/log-contract.js';
import { openMemoryLog, openPostgresLog } from './support/open-logs.js';

describe.each([
  ['in memory', openMemoryLog],
  ['on PostgreSQL', openPostgresLog as () => Promise<OpenLog>],
])('followers of the log (%s)', (_, open) => {
  let opened: OpenLog;
  let log: EventLog;

  beforeEach(async () => {
    opened = await open();
    ({ log } = opened);
  });
  afterEach(async () => {
    await stopFollowers();
    await opened.close();
  });

  it('are given what is there and then what is appended, in order, without anybody ringing', async () => {
    const run = someRun();
    await log.append(run.own(0), [STARTED]);
    const follower = new Follower(log, ORIGIN);
    await follower.has(1);
    for (let version = 1; version <= 10; version += 1) await log.append(run.own(version), [paused(`${version}`)]);
    const events = await follower.has(11);
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('look again soon after a wake-up that came while they waited, for an event that an open transaction hides still', async () => {
    const run = someRun();
    const bell = new HandBell();
    const looked = { after: 0, woken: false };
    const hiding: EventLog['readAfter'] = async (...asked) => {
      const page = await log.readAfter(...asked);
      if (looked.woken) looked.after += 1;
      return looked.after >= 3 ? page : { ...page, events: [], cursor: asked[0], atEnd: true };
    };
    const follower = new Follower({ readAfter: hiding }, ORIGIN, { bell, pollMs: NEVER_MS });
    await log.append(run.own(0), [STARTED]);
    for (let at = 0; at < 10; at += 1) await turn(); // it waits now
    looked.woken = true;
    bell.wake(run.runId);
    expect((await follower.has(1)).map(({ type }) => type)).toEqual(['RunStarted']);
  });

  it('are given the outcomes of a run whose beginning was hidden, without the events of all runs before it', async () => {
    const [older, run] = [someRun(), someRun()];
    await log.append(older.own(0), [STARTED]);
    await log.append(older.chunk(0), skipped(1, 2, 3));
    const bell = new HandBell();
    const scans: string[] = [];
    const readAfter: EventLog['readAfter'] = (cursor, most, filter) => {
      if (filter?.withoutOutcomes !== true) scans.push(writeCursor(cursor));
      return log.readAfter(cursor, most, filter);
    };
    const stopping = new AbortController();
    const stream = runEventStream(
      { ...log, readAfter },
      {
        run: { runId: run.runId, month: MONTH },
        outcomes: true,
        follow: true,
        pollMs: 20,
        subscribe: bell.subscribe,
        signal: stopping.signal,
      },
    );
    const first = stream.next();
    await turn();
    await log.append(run.own(0), [STARTED]);
    await log.append(run.chunk(0), skipped(4));
    const types = [(await first).value?.type, (await stream.next()).value?.type];
    stopping.abort();
    await stream.return(undefined);
    expect(types).toEqual(['RunStarted', 'UserSkipped']);
    expect(scans.length).toBeGreaterThan(0);
    expect(scans).not.toContain(writeCursor(ORIGIN));
  });

  it('go on after any cursor that they were given, also one that went to a client and back', async () => {
    const run = someRun();
    for (let version = 0; version < 6; version += 1) await log.append(run.own(version), [paused(`${version}`)]);
    const all = await new Follower(log, ORIGIN, { pageSize: 2, pollMs: NEVER_MS }).has(6);
    for (const [at, { cursor }] of all.slice(0, -1).entries()) {
      const after = readCursor(writeCursor(cursor));
      const follower = new Follower(log, after ?? ORIGIN);
      expect((await follower.has(5 - at)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6].slice(at + 1));
    }
  });

  it('see one run only when they ask for it, and no outcomes when they ask for none', async () => {
    const [run, other] = [someRun(), someRun()];
    const filter = { run: { runId: run.runId, month: MONTH }, withoutOutcomes: true };
    const follower = new Follower(log, ORIGIN, { filter, pageSize: 2 });
    await log.append(other.own(0), [STARTED, RESUMED]);
    await log.append(run.chunk(0), skipped(1, 2, 3));
    await log.append(run.own(0), [STARTED]);
    await log.append(other.own(2), [RESUMED]);
    await log.append(run.own(1), [RESUMED]);
    expect((await follower.has(2)).map(({ runId, type }) => [runId, type])).toEqual([
      [run.runId, 'RunStarted'],
      [run.runId, 'RunResumed'],
    ]);
  });

  it('end when they are told to, while they wait, and listen no longer', async () => {
    const bell = new HandBell();
    const follower = new Follower(log, ORIGIN, { bell, pollMs: NEVER_MS });
    await log.append(someRun().own(0), [STARTED]);
    bell.wake();
    await follower.has(1);
    expect(bell.size).toBe(1);
    await follower.stop();
    expect(bell.size).toBe(0);
  });
});

describe('a follower and its bell', () => {
  afterEach(stopFollowers);

  it('looks when it is rung for, long before it would by itself', async () => {
    const { log } = await counted();
    const bell = new HandBell();
    const follower = new Follower(log, ORIGIN, { bell, pollMs: NEVER_MS });
    const run = someRun();
    for (let version = 0; version < 3; version += 1) {
      await log.append(run.own(version), [paused('x')]);
      bell.wake(run.runId);
      await follower.has(version + 1);
    }
    expect(follower.events).toHaveLength(3);
  });

  it('does not look for the bell of another run, and does for that of everything', async () => {
    const { log, looks } = await counted();
    const bell = new HandBell();
    const run = someRun();
    await log.append(run.own(0), [STARTED]);
    const follower = new Follower(log, ORIGIN, { bell, pollMs: NEVER_MS, filter: { run: { runId: run.runId, month: MONTH } } });
    await follower.has(1); // its first look; now it sleeps
    await turns();
    const asleep = looks();
    bell.wake(someRun().runId);
    await turns();
    expect(looks()).toBe(asleep);
    bell.wake();
    await turns();
    expect(looks()).toBe(asleep + 1);
  });

  it('makes one look of a hundred rings', async () => {
    const { log, looks } = await counted();
    const bell = new HandBell();
    const run = someRun();
    const follower = new Follower(log, ORIGIN, { bell, pollMs: NEVER_MS });
    for (let n = 0; n < 100; n += 1) {
      await log.append(run.own(n), [paused('x')]);
      bell.wake(run.runId);
    }
    await follower.has(100);
    expect(looks()).toBeLessThan(10);
  });
});

/** Time enough for whoever was woken to have had a look. */
async function turns(): Promise<void> {
  for (let n = 0; n < 10; n += 1) await turn();
}

/** A log that counts the looks at it. */
async function counted(): Promise<{ log: EventLog; looks: () => number }> {
  const { log } = await openMemoryLog();
  let looks = 0;
  const readAfter: EventLog['readAfter'] = (...values) => {
    looks += 1;
    return log.readAfter(...values);
  };
  return {
    log: { append: log.append.bind(log), readStream: log.readStream.bind(log), head: log.head.bind(log), readAfter },
    looks: () => looks,
  };
}
