import { describe, expect, it, jest } from '@jest/globals';
import type { Agenda } from 'agenda';
import { enqueuePlans } from '../../src/application/run/enqueue-plans.js';
import { AgendaQueue } from '../../src/jobs/agenda-queue.js';
import { JobStore } from '../../src/jobs/job-store.js';
import type { OpenedAgenda } from '../../src/jobs/leave-agenda.js';
import { AgendaScheduleJobs } from '../../src/jobs/schedule-jobs.js';

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

const never = (): Promise<never> => new Promise(() => undefined);

/** What its driver does with work: it settles nothing, as where its server was lost without a word. */
function fallenSilent(): OpenedAgenda {
  const db = { getQueueSize: never, queryJobs: never, saveJob: never, removeJobs: never, saveJobState: never };
  const agenda = { on: () => undefined, start: () => Promise.resolve(), stop: never, now: never, attrs: {}, db };
  return { agenda: agenda as unknown as Agenda, close: jest.fn(() => Promise.resolve()) };
}

/** A store that has fallen silent, and what is done with it. */
async function onSilentStore(work: (store: JobStore) => Promise<void>): Promise<void> {
  jest.useFakeTimers();
  const store = new JobStore({ kind: 'a store', make: () => Promise.resolve(fallenSilent()), retryMs: 100, watchMs: 600_000, onError: () => undefined }); // prettier-ignore
  try {
    await store.start();
    await work(store);
  } finally {
    const stopping = store.stop(0);
    await jest.advanceTimersByTimeAsync(60_000);
    await stopping;
    jest.useRealTimers();
  }
}

describe('a job store that neither answers nor refuses', () => {
  const job = { scheduleId: 'a', name: 'schedule: a', cron: '0 9 * * *', timeZone: 'Asia/Seoul', nextRunAt: null, enabled: true };
  const asked: readonly [string, (jobs: AgendaScheduleJobs) => Promise<unknown>][] = [
    ['listed', (jobs) => jobs.list()],
    ['put', (jobs) => jobs.put(job)],
    ['removed', (jobs) => jobs.remove(['1'])],
  ];

  // A sync that waited on would be the last one: those after it wait for its end, also when another Agenda stands in its place.
  it.each(asked)('is given up where jobs of schedules are %s', (_what, ask) =>
    onSilentStore(async (store) => {
      const refused = expect(ask(new AgendaScheduleJobs(store))).rejects.toThrow('said nothing for 5 s');
      await jest.advanceTimersByTimeAsync(5_000);
      await refused;
    }),
  );

  it('is told of as having lost the job that an order or a sweep enqueued, neither of which waits on', () =>
    onSilentStore(async (store) => {
      const onLost = jest.fn();
      const queue = new AgendaQueue(store, onLost);
      const enqueued = Promise.all([queue.enqueuePlan('a'), queue.enqueueLanes('a', 3)]);
      await jest.advanceTimersByTimeAsync(5_000);
      await enqueued;
      expect(onLost).toHaveBeenCalledTimes(4);
    }));

  it('costs many runs that wait no longer than one', () =>
    onSilentStore(async (store) => {
      const onLost = jest.fn();
      const enqueued = enqueuePlans(
        { queue: new AgendaQueue(store, onLost) },
        Array.from({ length: 30 }, (_, at) => `run ${at}`),
      );
      await jest.advanceTimersByTimeAsync(5_000);
      expect(onLost).toHaveBeenCalledTimes(30);
      await enqueued;
    }));

  it('keeps a start no longer than 5 s, and has its listeners when it opens after all', async () => {
    jest.useFakeTimers();
    try {
      const late = opening(() => Promise.resolve(0));
      const { promise, resolve } = Promise.withResolvers<OpenedAgenda>();
      const store = new JobStore({ kind: 'a store', make: () => promise, retryMs: 100, watchMs: 600_000, onError: () => undefined });
      const defined: Agenda[] = [];
      await store.whenOpen((agenda) => void defined.push(agenda));
      const started = store.start().then(() => 'started');
      await jest.advanceTimersByTimeAsync(5_000);
      expect(await Promise.race([started, jest.advanceTimersByTimeAsync(0).then(() => 'waiting')])).toBe('started');
      expect(defined).toEqual([]);
      resolve(late);
      await jest.advanceTimersByTimeAsync(0);
      expect(defined).toEqual([late.agenda]);
      await store.stop(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is stopped and closed where it starts after it was given up', async () => {
    jest.useFakeTimers();
    try {
      const [late, well] = [opening(() => Promise.resolve(0)), opening(() => Promise.resolve(0))];
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = jest.fn(() => Promise.resolve());
      Object.assign(late.agenda, { start: () => promise, stop });
      const make = jest.fn<() => Promise<OpenedAgenda>>().mockResolvedValueOnce(late).mockResolvedValue(well);
      const store = new JobStore({ kind: 'a store', make, retryMs: 100, watchMs: 600_000, onError: () => undefined });
      const started = store.start();
      await jest.advanceTimersByTimeAsync(6_000);
      await started;
      expect([store.agenda === well.agenda, stop.mock.calls.length]).toEqual([true, 0]);
      resolve();
      await jest.advanceTimersByTimeAsync(1_000);
      expect(stop).toHaveBeenCalledTimes(1);
      expect(late.close).toHaveBeenCalledTimes(2); // once at once, and once for what it opened since
      await store.stop(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is closed though it does not say what it held, and what is opened in its place has its listeners', async () => {
    jest.useFakeTimers();
    try {
      const [deaf, well] = [fallenSilent(), opening(() => Promise.resolve(0))];
      Object.assign(well.agenda.db, { queryJobs: never }); // what was held by the one before cannot be freed
      const make = jest.fn<() => Promise<OpenedAgenda>>().mockResolvedValueOnce(deaf).mockResolvedValue(well);
      const store = new JobStore({ kind: 'a store', make, retryMs: 100, watchMs: 5_000, onError: () => undefined });
      const defined: Agenda[] = [];
      await store.whenOpen((agenda) => void defined.push(agenda));
      await store.start();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(defined).toEqual([deaf.agenda, well.agenda]);
      expect(deaf.close).toHaveBeenCalledTimes(1);
      const stopping = store.stop(0);
      await jest.advanceTimersByTimeAsync(60_000);
      await stopping;
    } finally {
      jest.useRealTimers();
    }
  });
});
