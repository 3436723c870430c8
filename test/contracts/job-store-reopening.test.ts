import { describe, expect, it, jest } from '@jest/globals';
import type { Agenda } from 'agenda';
import { JobStore, type OpenedAgenda } from '../../src/jobs/job-store.js';

const silent = (): Promise<number> => new Promise(() => undefined);
const opening = (getQueueSize: () => Promise<number>): OpenedAgenda => {
  const db = { getQueueSize, queryJobs: () => Promise.resolve({ jobs: [] }) };
  const agenda = { on: () => undefined, start: () => Promise.resolve(), stop: () => Promise.resolve(), attrs: {}, db };
  return { agenda: agenda as unknown as Agenda, close: jest.fn(() => Promise.resolve()) };
};

describe('a job store that was opened', () => {
  it('is not opened again because something that waited for it failed', async () => {
    jest.useFakeTimers();
    try {
      const onError = jest.fn();
      const agenda = { on: () => undefined, start: () => Promise.resolve() } as unknown as Agenda;
      const make = jest.fn<() => Promise<OpenedAgenda>>().mockResolvedValue({ agenda, close: () => Promise.resolve() });
      const store = new JobStore({ kind: 'a store', make, retryMs: 100, watchMs: 600_000, onError });
      const later = jest.fn<() => Promise<void>>().mockResolvedValue();
      await store.whenOpen(() => {
        throw new Error('at once');
      });
      await store.whenOpen(() => Promise.reject(new Error('a little later')));
      await store.whenOpen(later);
      await store.start();
      await jest.advanceTimersByTimeAsync(60_000);
      expect([make.mock.calls.length, store.agenda]).toEqual([1, agenda]);
      expect(onError.mock.calls.map(([error]) => (error as Error).message)).toEqual(['at once', 'a little later']);
      expect(later).toHaveBeenCalledTimes(1);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('a job store whose driver lost it for good', () => {
  it('is left and opened anew, with everything that waited for it', async () => {
    jest.useFakeTimers();
    try {
      const [deaf, well] = [opening(silent), opening(() => Promise.resolve(0))];
      const make = jest
        .fn<() => Promise<OpenedAgenda>>()
        .mockResolvedValueOnce(deaf)
        .mockRejectedValueOnce(new Error('not yet'))
        .mockResolvedValue(well);
      const store = new JobStore({ kind: 'a store', make, retryMs: 100, watchMs: 5_000, onError: () => undefined });
      const defined: Agenda[] = [];
      await store.whenOpen((agenda) => void defined.push(agenda));
      await store.start();
      await jest.advanceTimersByTimeAsync(15_000);
      expect(store.agenda).toBe(deaf.agenda);
      await jest.advanceTimersByTimeAsync(60_000);
      expect(defined).toEqual([deaf.agenda, well.agenda]);
      expect(store.agenda).toBe(well.agenda);
      expect(make).toHaveBeenCalledTimes(3);
      expect(deaf.close).toHaveBeenCalledTimes(1);
      expect(well.close).not.toHaveBeenCalled();
      await store.stop(1_000);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is given its time when it misses an answer now and then', async () => {
    jest.useFakeTimers();
    try {
      let looks = 0;
      const slow = opening(() => ((looks += 1) % 3 === 0 ? Promise.resolve(0) : silent()));
      const make = jest.fn<() => Promise<OpenedAgenda>>().mockResolvedValue(slow);
      const store = new JobStore({ kind: 'a store', make, retryMs: 100, watchMs: 5_000, onError: () => undefined });
      await store.start();
      await jest.advanceTimersByTimeAsync(120_000);
      expect(looks).toBeGreaterThan(10);
      expect(make).toHaveBeenCalledTimes(1);
      await store.stop(1_000);
    } finally {
      jest.useRealTimers();
    }
  });
});
