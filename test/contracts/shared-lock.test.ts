import { describe, expect, it } from '@jest/globals';
import { SharedLock } from '../../src/application/chunk/lane-room.js';
import { gate } from '../support/gate.js';

/** Work that says when it begins and goes on until it is told to end. */
function work(told: string[], name: string): { run: () => Promise<string>; end: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async (): Promise<string> => {
    told.push(`${name} in`);
    await promise;
    told.push(`${name} out`);
    return name;
  };
  return { run, end: resolve };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

const fails = (): Promise<never> => Promise.reject(new Error('failed'));

describe('the room of a process’s lanes', () => {
  it('holds many beside one another, and gives back what they come to', async () => {
    const [room, told] = [new SharedLock(), [] as string[]];
    const [a, b] = [work(told, 'a'), work(told, 'b')];
    const both = Promise.all([room.shared(a.run), room.shared(b.run)]);
    await turns();
    expect(told).toEqual(['a in', 'b in']);
    a.end();
    b.end();
    expect(await both).toEqual(['a', 'b']);
  });

  it('lets somebody be alone only when all have left, and nobody in until then', async () => {
    const [room, told] = [new SharedLock(), [] as string[]];
    const [a, b, alone, late] = [work(told, 'a'), work(told, 'b'), work(told, 'alone'), work(told, 'late')];
    const all = [room.shared(a.run), room.exclusive(alone.run), room.shared(b.run)];
    await turns();
    a.end();
    await turns();
    expect(told).toEqual(['a in', 'b in', 'a out']); // who waits to be alone holds up nobody
    b.end();
    await turns();
    all.push(room.shared(late.run));
    await turns();
    expect(told.slice(3)).toEqual(['b out', 'alone in']);
    alone.end();
    late.end();
    await Promise.all(all);
    expect(told.slice(5)).toEqual(['alone out', 'late in', 'late out']);
  });

  it('tells whether somebody waits to be alone, or is', async () => {
    const [room, inside, alone] = [new SharedLock(), gate(), gate()];
    const working = room.shared(() => inside.opened);
    expect(room.isAwaited).toBe(false);
    const waiting = room.exclusive(() => alone.opened);
    expect(room.isAwaited).toBe(true);
    inside.open();
    await working;
    expect(room.isAwaited).toBe(true);
    alone.open();
    await waiting;
    expect(room.isAwaited).toBe(false);
  });

  it('lets several be alone one after the other', async () => {
    const [room, told] = [new SharedLock(), [] as string[]];
    const [a, b] = [work(told, 'a'), work(told, 'b')];
    a.end();
    b.end();
    await Promise.all([room.exclusive(a.run), room.exclusive(b.run)]);
    expect(told).toEqual(['a in', 'a out', 'b in', 'b out']);
  });

  it('is free again after work that failed', async () => {
    const room = new SharedLock();
    await expect(room.shared(fails)).rejects.toThrow('failed');
    await expect(room.exclusive(fails)).rejects.toThrow('failed');
    expect(await room.exclusive(() => Promise.resolve('done'))).toBe('done');
  });
});
