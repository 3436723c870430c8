import { describe, expect, it } from '@jest/globals';
import { InvalidEvent } from '../../src/eventlog/log-errors.js';
import { MemoryLog } from './support/memory-log.js';
import type { ProgressState } from '../../src/feeds/progress-feed.js';
import { ProgressFeeds } from '../../src/feeds/progress-feeds.js';
import { until } from '../support/until.js';
import { MONTH, paused, RESUMED, someRun, STARTED, type SomeRun } from './support/events.js';
import { FaultyLog, nameless, restarted } from './support/faulty-log.js';
import { HandBell, NEVER_MS } from './support/follower.js';

const SHAPE = 'RunPaused has another shape';

/** A run that has begun, and feeds that look for its progress when the bell rings, or within `pollMs`. */
async function world(pollMs = NEVER_MS): Promise<{ log: FaultyLog; bell: HandBell; feeds: ProgressFeeds; run: SomeRun; follow: Follow }> {
  const log = new FaultyLog(new MemoryLog());
  const bell = new HandBell();
  const feeds = new ProgressFeeds(log, { pollMs, subscribe: bell.subscribe });
  const run = someRun();
  await log.append(run.own(0), [STARTED]);
  const follow: Follow = (signal = new AbortController().signal) => feeds.follow({ runId: run.runId, month: MONTH }, signal);
  return { log, bell, feeds, run, follow };
}

type Follow = (signal?: AbortSignal) => AsyncGenerator<ProgressState>;

const statusOf = async (states: AsyncGenerator<ProgressState>): Promise<string> =>
  ((await states.next()).value as ProgressState).progress.status;

describe('feeds of progress', () => {
  it('go on after faults of the database that pass, from the very beginning and later, and miss nothing', async () => {
    const { log, run, follow } = await world(5);
    const stop = new AbortController();
    for (let n = 0; n < 3; n += 1) log.failNext(restarted());
    const states = follow(stop.signal);
    await states.next();
    for (const fault of [restarted(), nameless(), restarted()]) log.failNext(fault);
    await log.append(run.own(1), [paused('x')]);
    expect(await statusOf(states)).toBe('PAUSED');
    expect(log.faultsLeft).toBe(0);
    stop.abort();
    expect((await states.next()).done).toBe(true);
  });

  it('end with a fault that would be the same the next time, for all who listen, and for who begins with it', async () => {
    const { log, bell, feeds, follow } = await world(5);
    log.failNext(new InvalidEvent(SHAPE));
    await expect(follow().next()).rejects.toThrow(SHAPE);
    const listeners = [follow(), follow()];
    for (const each of listeners) await each.next();
    const asked = listeners.map((each) => each.next());
    log.failNext(new InvalidEvent(SHAPE));
    bell.wake();
    for (const each of await Promise.allSettled(asked)) expect(each).toMatchObject({ status: 'rejected', reason: { message: SHAPE } });
    await until(() => Promise.resolve(bell.size === 0));
    expect(feeds.size).toBe(0);
  });

  it('tell of a paused run that it waits for something else by now', async () => {
    const { log, run, follow } = await world(5);
    const stop = new AbortController();
    const states = follow(stop.signal);
    await states.next();
    await log.append(run.own(1), [paused('the endpoint is silent')]);
    expect(await statusOf(states)).toBe('PAUSED');
    await log.append(run.own(2), [paused('the endpoint refuses the key')]);
    const { progress } = (await states.next()).value as ProgressState;
    expect(progress).toMatchObject({ status: 'PAUSED', pausedReason: 'the endpoint refuses the key' });
    stop.abort();
    expect((await states.next()).done).toBe(true);
  });

  it('say nothing of a run whose first event is hidden still, and say it when the event is seen', async () => {
    const { log, bell, feeds } = await world();
    const hidden = someRun();
    const stop = new AbortController();
    const states = feeds.follow({ runId: hidden.runId, month: MONTH }, stop.signal);
    const first = states.next();
    await until(() => Promise.resolve(bell.size > 0)); // it has read the log, and waits
    await log.append(hidden.own(0), [STARTED]);
    bell.wake(hidden.runId);
    const { progress } = (await first).value as ProgressState;
    expect({ startedAt: progress.startedAt, at: progress.at }).toEqual({ startedAt: progress.at, at: expect.stringMatching(/^20/) });
    stop.abort();
    await states.next();
  });

  it('that have ended do not take away the feed that followed them when their last listener leaves', async () => {
    const { log, bell, feeds, run, follow } = await world();
    const old = follow();
    await old.next();
    log.failNext(new InvalidEvent(SHAPE));
    bell.wake();
    await until(() => Promise.resolve(feeds.size === 0));
    const stop = new AbortController();
    const states = follow(stop.signal);
    await states.next();
    await old.return(undefined);
    expect(feeds.size).toBe(1);
    const asked = statusOf(states);
    await log.append(run.own(1), [paused('x'), RESUMED, paused('y')]);
    bell.wake(run.runId);
    expect(await asked).toBe('PAUSED');
    stop.abort();
    await until(async () => (await states.next()).done === true);
    expect(feeds.size).toBe(0);
  });
});
