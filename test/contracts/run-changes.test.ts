import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { InvalidEvent } from '../../src/eventlog/log-errors.js';
import { MemoryLog } from './support/memory-log.js';
import type { RunViewRow } from '../../src/projections/entities.js';
import { RunChanges } from '../../src/feeds/run-changes.js';
import { RunMailbox } from '../../src/feeds/run-mailbox.js';
import { until } from '../support/until.js';
import { paused, someRun, STARTED, type SomeRun } from './support/events.js';
import { FaultyLog, restarted } from './support/faulty-log.js';
import { HandBell, NEVER_MS } from './support/follower.js';

interface World {
  readonly log: FaultyLog;
  readonly bell: HandBell;
  readonly changes: RunChanges;
  /** Ids of runs that were read because they changed. */
  readonly read: string[];
  readonly change: (run: SomeRun) => Promise<void>;
}

/** A log whose runs are known by id and version, and changes of runs over it that are looked for when the bell rings, or within `pollMs`. */
function world(pollMs = NEVER_MS): World {
  const log = new FaultyLog(new MemoryLog());
  const bell = new HandBell();
  const versions = new Map<string, number>();
  const read: string[] = [];
  const rows = (ids: readonly string[]): RunViewRow[] => ids.map((runId) => ({ runId, version: versions.get(runId) }) as RunViewRow);
  const byIds = (ids: readonly string[]): Promise<RunViewRow[]> => {
    read.push(...ids);
    return Promise.resolve(rows(ids));
  };
  const runs = () => ({ byIds, active: () => Promise.resolve(rows([...versions.keys()])), endedAfter: () => Promise.resolve([]) });
  const changes = new RunChanges({ log, runs }, { pollMs, subscribe: bell.subscribe });
  const change = async (run: SomeRun): Promise<void> => {
    const version = versions.get(run.runId) ?? 0;
    await log.append(run.own(version), [version === 0 ? STARTED : paused(`${version}`)]);
    versions.set(run.runId, version + 1);
  };
  return { log, bell, changes, read, change };
}

const runsOf = (count: number): SomeRun[] => Array.from({ length: count }, () => someRun());

async function take(values: AsyncGenerator<RunViewRow>, count: number): Promise<[string, number][]> {
  const taken: [string, number][] = [];
  while (taken.length < count) {
    const { value } = await values.next();
    taken.push([(value as RunViewRow).runId, (value as RunViewRow).version]);
  }
  return taken;
}

describe('changes of runs', () => {
  it('reach a subscriber who was away for a thousand of them, each run once, as its last change left it', async () => {
    const { log, bell, changes, change } = world();
    const [slow, quick] = [new AbortController(), new AbortController()];
    const first = someRun();
    await change(first);
    const [sleeper, reader] = [changes.follow(slow.signal), changes.follow(quick.signal)];
    expect(await take(sleeper, 1)).toEqual([[first.runId, 1]]);
    expect(await take(reader, 1)).toEqual([[first.runId, 1]]);
    const runs = runsOf(500);
    for (const run of runs) {
      await change(run);
      await change(run);
    }
    bell.wake();
    const wanted = runs.map(({ runId }) => [runId, 2]);
    expect(await take(reader, 500)).toEqual(wanted);
    const before = log.looks;
    expect(await take(sleeper, 500)).toEqual(wanted);
    expect(log.looks).toBeGreaterThan(before); // what found no room was read from the log
    await change(first);
    bell.wake();
    expect(await take(sleeper, 1)).toEqual([[first.runId, 2]]);
    slow.abort();
    quick.abort();
    expect([await sleeper.next(), await reader.next()]).toEqual([done, done]);
    await until(() => Promise.resolve(bell.size === 0));
  });

  it('are read once however many listen', async () => {
    const { bell, changes, change, read } = world();
    const stop = new AbortController();
    const run = someRun();
    await change(run);
    const listeners = Array.from({ length: 50 }, () => changes.follow(stop.signal));
    for (const each of listeners) await take(each, 1);
    expect(bell.size).toBe(1);
    const asked = listeners.map((each) => take(each, 1));
    await change(run);
    bell.wake(run.runId);
    expect(await Promise.all(asked)).toEqual(listeners.map(() => [[run.runId, 2]]));
    expect(read).toEqual([run.runId]);
    stop.abort();
    for (const each of listeners) expect(await each.next()).toEqual(done);
  });

  it('go on after faults of the database that pass, and miss nothing', async () => {
    const { log, changes, change } = world(5);
    const stop = new AbortController();
    const run = someRun();
    await change(run);
    const listener = changes.follow(stop.signal);
    await take(listener, 1);
    for (let n = 0; n < 3; n += 1) log.failNext(restarted());
    await change(run);
    expect(await take(listener, 1)).toEqual([[run.runId, 2]]);
    expect(log.faultsLeft).toBe(0);
    stop.abort();
    expect(await listener.next()).toEqual(done);
  });

  it('end with the fault that would be the same the next time, for all who listen; who comes then is given what is new', async () => {
    const { log, bell, changes, change } = world();
    const stop = new AbortController();
    const run = someRun();
    await change(run);
    const listeners = [changes.follow(stop.signal), changes.follow(stop.signal)];
    for (const each of listeners) await take(each, 1);
    await turn();
    log.failNext(new InvalidEvent('RunPaused has another shape'));
    const asked = listeners.map((each) => each.next());
    bell.wake();
    for (const each of asked) await expect(each).rejects.toThrow('another shape');
    await until(() => Promise.resolve(bell.size === 0));
    const later = changes.follow(stop.signal);
    await take(later, 1);
    await change(run);
    bell.wake();
    expect(await take(later, 1)).toEqual([[run.runId, 2]]);
    stop.abort();
    expect(await later.next()).toEqual(done);
  });
});

const done = { done: true, value: undefined };

describe('a mailbox', () => {
  it('holds no more than its two hundred, and says from where on the rest was left', () => {
    const mailbox = new RunMailbox();
    mailbox.begin({ xid: '1', position: '1' });
    for (let page = 2; page <= 9; page += 1) {
      const cursor = { xid: `${page}`, position: '1' };
      mailbox.put({ cursor, changes: runsOf(100).map(({ runId }) => ({ row: { runId, version: 1 } as RunViewRow, cursor })) });
    }
    let held = 0;
    while (mailbox.next() !== undefined) held += 1;
    expect([held, mailbox.left]).toEqual([200, { xid: '3', position: '1' }]);
  });
});
