import { describe, expect, it } from '@jest/globals';
import { apartMs, MAX_WAITING, StatesToTake } from '../../src/feeds/progress-pace.js';
import type { ProgressState } from '../../src/feeds/progress-feed.js';
import { ProgressFeeds } from '../../src/feeds/progress-feeds.js';
import { until } from '../support/until.js';
import { chunkCompleted, MONTH, paused, RESUMED, someRun, STARTED } from './support/events.js';
import { HandBell, NEVER_MS } from './support/follower.js';
import { MemoryLog } from './support/memory-log.js';

const CHUNKS = 50;
const PLANNED = { type: 'RunPlanned', data: { roster: CHUNKS, chunks: Array.from({ length: CHUNKS }, (_, at) => ({ after: at, through: at + 1, roster: 1 })) } }; // prettier-ignore
const COMPLETED = {
  type: 'RunCompleted',
  data: { generated: 0, skipped: CHUNKS, failed: 0, cancelled: 0, reasons: { NO_PROFILE: CHUNKS } },
};

/** A run of fifty chunks that has begun, with so many who follow it and keep what they hear. */
async function followedBy(listeners: number) {
  const [log, bell, run] = [new MemoryLog(), new HandBell(), someRun()];
  const feeds = new ProgressFeeds(log, { pollMs: NEVER_MS, subscribe: bell.subscribe });
  await log.append(run.own(0), [PLANNED, STARTED]);
  const heard = Array.from({ length: listeners }, (): ProgressState[] => []);
  const ends = heard.map(async (states) => {
    for await (const state of feeds.follow({ runId: run.runId, month: MONTH }, new AbortController().signal)) states.push(state);
  });
  await until(() => Promise.resolve(heard.every((states) => states.length > 0)));
  return { log, bell, run, feeds, heard, ends };
}

describe('five thousand followers of one run', () => {
  it('each hear of every change of status and of the end, and of few changes of percent: the machine is left to the run', async () => {
    const { log, bell, run, feeds, heard, ends } = await followedBy(5_000);
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      await log.append(run.chunk(chunk), [chunkCompleted(chunk)]);
      bell.wake(run.runId);
    }
    await log.append(run.own(2), [paused('a look'), RESUMED, COMPLETED]);
    bell.wake(run.runId);
    await Promise.all(ends);
    expect(new Set(heard.map((states) => [...new Set(states.map(({ progress }) => progress.status))].join(' ')))).toEqual(
      new Set(['RUNNING PAUSED COMPLETED']),
    );
    expect(new Set(heard.map((states) => states.at(-1)?.progress.skipped))).toEqual(new Set([CHUNKS]));
    expect(Math.max(...heard.map(({ length }) => length))).toBeLessThan(12);
    expect(feeds.size).toBe(0);
  });
});

describe('a few followers', () => {
  it('each hear of percents so far apart as it wants, and of every status at once', async () => {
    const { log, bell, run, feeds, heard, ends } = await followedBy(1);
    const stop = new AbortController();
    const slow = feeds.follow({ runId: run.runId, month: MONTH }, stop.signal, 3_600_000);
    const next = async (): Promise<object> => ((await slow.next()).value as ProgressState).progress;
    expect(await next()).toMatchObject({ status: 'RUNNING', skipped: 0 });
    for (let chunk = 0; chunk < 10; chunk += 1) {
      await log.append(run.chunk(chunk), [chunkCompleted(chunk)]);
      bell.wake(run.runId);
      await until(() => Promise.resolve(heard[0]?.at(-1)?.progress.chunksDone === chunk + 1));
    }
    await log.append(run.own(2), [paused('a look')]);
    bell.wake(run.runId);
    expect(await next()).toMatchObject({ status: 'RUNNING', skipped: 1 });
    expect(await next()).toMatchObject({ status: 'PAUSED', skipped: 10 }); // with what it did not hear of meanwhile
    await log.append(run.own(3), [COMPLETED]);
    bell.wake(run.runId);
    expect(await next()).toMatchObject({ status: 'COMPLETED' });
    expect((await slow.next()).done).toBe(true);
    await Promise.all(ends);
  });

  it('each hear of every change of percent as it comes', async () => {
    const { log, bell, run, heard, ends } = await followedBy(3);
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      await log.append(run.chunk(chunk), [chunkCompleted(chunk)]);
      bell.wake(run.runId);
      await until(() => Promise.resolve(heard.every((states) => states.at(-1)?.progress.chunksDone === chunk + 1)));
    }
    await log.append(run.own(2), [COMPLETED]);
    bell.wake(run.runId);
    await Promise.all(ends);
    expect(heard.map(({ length }) => length)).toEqual(heard.map(() => CHUNKS + 2));
  });
});

describe('the time between two changes of percent', () => {
  it.each([
    [1, 0],
    [100, 0],
    [1_000, 540],
    [1_600, 900],
    [5_000, 900],
    [100_000, 900],
  ])('for %i followers is about %i ms: within the second in which each is to hear', (listeners, ms) => {
    expect(Math.round(apartMs(listeners))).toBe(ms);
  });
});

const state = (status: string, percent: number) => ({ progress: { status, percent } });

const allOf = (waiting: StatesToTake<ReturnType<typeof state>>) => {
  const taken: ReturnType<typeof state>['progress'][] = [];
  for (let next = waiting.take(); next !== undefined; next = waiting.take()) taken.push(next.progress);
  return taken;
};

describe('what waits for a listener who takes nothing', () => {
  it('is each percent in its order, up to those of a run', () => {
    const waiting = new StatesToTake<ReturnType<typeof state>>();
    for (let percent = 0; percent <= 100; percent += 1) waiting.put(state('RUNNING', percent));
    expect(allOf(waiting).map(({ percent }) => percent)).toEqual(Array.from({ length: MAX_WAITING }, (_, percent) => percent));
  });

  it('is beyond these each status in its order, and of each the newest: it does not grow with what is told', () => {
    const waiting = new StatesToTake<ReturnType<typeof state>>();
    for (let told = 0; told < 1_000; told += 1) waiting.put(state('RUNNING', told % 101));
    waiting.put(state('PAUSED', 90));
    waiting.put(state('RUNNING', 91));
    waiting.put(state('RUNNING', 99));
    const last = state('COMPLETED', 100);
    waiting.put(last);
    waiting.put(last);
    const taken = allOf(waiting);
    expect(taken).toHaveLength(MAX_WAITING + 3);
    expect(taken.slice(-4)).toEqual([
      { status: 'RUNNING', percent: 999 % 101 },
      { status: 'PAUSED', percent: 90 },
      { status: 'RUNNING', percent: 99 },
      { status: 'COMPLETED', percent: 100 },
    ]);
  });
});
