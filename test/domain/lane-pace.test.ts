import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { inPortions } from '../../src/application/chunk/process-chunk.js';
import { LanePace, watchingReaders } from '../../src/application/chunk/lane-pace.js';
import { LaneRoom } from '../../src/application/chunk/lane-room.js';
import type { ReaderLook } from '../../src/application/ports/readers.js';

const unending = new AbortController().signal;
const reads = (ms: number): number[] => Array.from({ length: 50 }, () => ms);
const alone: ReaderLook = { othersAsk: true, isRunning: false, readMs: reads(0.5) };
const beside = (ms: number): ReaderLook => ({ othersAsk: true, isRunning: true, readMs: reads(ms) });

/** A pace of four lanes that saw readers alone, and then so many looks at slow ones. */
function paceAfter(slowLooks: number): LanePace {
  const pace = new LanePace();
  pace.bound(4);
  for (let look = 0; look < 2; look += 1) pace.look(alone);
  for (let look = 0; look < slowLooks; look += 1) pace.look(beside(1.5));
  return pace;
}

describe('the pace of the lanes of a process', () => {
  it('lets in as many lanes as come, where none was set', async () => {
    const pace = new LanePace();
    await Promise.all(Array.from({ length: 64 }, () => pace.enter(unending)));
    expect(pace.usersAtOnce).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives way at each slow look', () => {
    const pace = paceAfter(0);
    expect(pace.seen).toMatchObject({ lanes: 4, aloneMs: 0.5 });
    expect([pace.look(beside(0.9)), pace.seen.lanes, pace.seen.readMs]).toEqual([false, 4, 0.9]);
    expect([pace.look(beside(1.5)), pace.seen.lanes]).toEqual([true, 2]);
    expect([pace.look(beside(1.5)), pace.seen.lanes]).toEqual([true, 1]);
  });

  it('does not know what a reader takes alone by the first look', () => {
    const pace = new LanePace();
    pace.bound(4);
    pace.look(alone);
    expect(pace.seen.aloneMs).toBeUndefined();
  });

  it('concludes nothing from readers that are quicker than clocks can tell', () => {
    const pace = new LanePace();
    pace.bound(4);
    pace.look({ ...alone, readMs: reads(0.05) });
    pace.look({ ...alone, readMs: reads(0.05) });
    for (let look = 0; look < 10; look += 1) pace.look(beside(0.2));
    expect(pace.seen.lanes).toBe(4);
  });

  it('takes no more lanes in than it has places, in the order of asking, and each gets its turn', async () => {
    const pace = paceAfter(4);
    const order: string[] = [];
    let inside = 0;
    const lane = async (name: string): Promise<void> => {
      for (let chunk = 1; chunk <= 3; chunk += 1) {
        const leave = await pace.enter(unending);
        inside += 1;
        expect(inside).toBe(1);
        order.push(`${name}${chunk}`);
        await yieldToEventLoop();
        inside -= 1;
        leave();
      }
    };
    await Promise.all(['a', 'b', 'c'].map(lane));
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3']);
    expect(pace.isBusy).toBe(false);
  });

  it('never has more at work than a pace of the time of their coming allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant('enter'), fc.constant('leave'), fc.double({ min: 0.3, max: 5, noNaN: true })), { maxLength: 60 }),
        async (steps) => {
          const pace = paceAfter(0);
          const inside: (() => void)[] = [];
          let most = 0;
          for (const step of steps) {
            if (step === 'enter') void pace.enter(unending).then((leave) => inside.push(leave));
            else if (step === 'leave') inside.shift()?.();
            else pace.look(beside(step));
            const before = inside.length;
            await yieldToEventLoop();
            if (inside.length > before) expect(inside.length).toBeLessThanOrEqual(pace.seen.lanes);
            most = Math.max(most, inside.length);
          }
          expect(most).toBeLessThanOrEqual(4);
        },
      ),
    );
  });

  it('lets waiting lanes in as soon as it is fuller', async () => {
    const pace = paceAfter(4);
    const leave = await pace.enter(unending);
    let isIn = false;
    const second = pace.enter(unending).then(() => (isIn = true));
    await yieldToEventLoop();
    expect(isIn).toBe(false);
    for (let look = 0; look < 4; look += 1) pace.look({ othersAsk: false, isRunning: true, readMs: [] });
    await second;
    expect(isIn).toBe(true);
    leave();
  });

  it('keeps no lane that is to stop, and no place for it', async () => {
    const pace = paceAfter(4);
    const leave = await pace.enter(unending);
    const stopping = new AbortController();
    const waiting = pace.enter(stopping.signal);
    stopping.abort();
    (await waiting)();
    leave();
    expect(pace.isBusy).toBe(false);
    (await pace.enter(stopping.signal))();
  });

  it('takes as much at once as its time is worth by what users took, and rests', () => {
    const pace = paceAfter(40);
    expect(pace.seen).toMatchObject({ lanes: 1, portionMs: 50, rest: 3 });
    expect(pace.usersAtOnce).toBe(25);
    expect(pace.worked(100, 10)).toBe(30);
    expect(pace.usersAtOnce).toBe(500);
    for (let portion = 0; portion < 50; portion += 1) pace.worked(100, 50);
    expect(pace.usersAtOnce).toBe(100);
  });
});

describe('looks at readers', () => {
  it('are made each time while a lane works, else each twentieth time, and tell of another pace', async () => {
    const pace = paceAfter(0);
    const told: number[] = [];
    let looked = 0;
    const watch = watchingReaders(
      pace,
      {
        look: () => {
          looked += 1;
          return Promise.resolve(pace.isBusy ? beside(1.5) : alone);
        },
      },
      ({ lanes }) => told.push(lanes),
    );
    for (let time = 0; time < 20; time += 1) await watch();
    expect(looked).toBe(1);
    const leave = await pace.enter(unending);
    for (let time = 0; time < 4; time += 1) await watch();
    expect([looked, told]).toEqual([5, [2, 1, 1, 1]]);
    leave();
  });
});

describe('a chunk at the least pace', () => {
  const userIds = Array.from({ length: 60 }, (_, at) => at + 1);

  /** How many users each portion had, of which the one at `stopAt` stops. */
  async function portionsOf(concurrency: number, stopAt = Number.POSITIVE_INFINITY): Promise<{ sizes: number[]; status: string }> {
    const room = new LaneRoom();
    room.pace.bound(1);
    for (let look = 0; look < 40; look += 1) room.pace.look(beside(9));
    const sizes: number[] = [];
    const judge = (portion: readonly number[]): Promise<{ status: 'judged' | 'stopped' }> => {
      sizes.push(portion.length);
      return Promise.resolve({ status: sizes.length === stopAt ? 'stopped' : 'judged' });
    };
    const { status } = await inPortions({ elapsed: () => 0, room }, { userIds, generator: { concurrency }, judge }, unending);
    return { sizes, status };
  }

  it('is done in portions, each user once', async () => {
    expect(await portionsOf(1)).toEqual({ sizes: [25, 35], status: 'judged' });
  });

  it('ends with the portion that is stopped', async () => {
    expect(await portionsOf(1, 1)).toEqual({ sizes: [25], status: 'stopped' });
  });

  it('is asked of a model as a whole', async () => {
    expect(await portionsOf(16)).toEqual({ sizes: [60], status: 'judged' });
  });
});
