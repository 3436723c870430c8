import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '../../src/application/ports.js';
import { ORIGIN } from '../../src/eventlog/cursor.js';
import { endedBefore } from '../../src/feeds/run-event-stream.js';
import { MONTH, RESUMED, someRun, STARTED, type SomeRun } from './support/events.js';
import { openMemoryLog } from './support/open-logs.js';

const ENDED = { type: 'RunFailed', data: { code: 'TEST' } };

describe('whether a follower has come to the end of a run', () => {
  let log: EventLog;
  let run: SomeRun;
  beforeEach(async () => {
    ({ log } = await openMemoryLog());
    run = someRun();
    await log.append(run.own(0), [STARTED, RESUMED]);
  });

  const last = async (): Promise<ReturnType<typeof endedBefore>> => endedBefore(log, { runId: run.runId, month: MONTH }, await log.head());

  it('is no while the run goes on', async () => {
    expect(await last()).toBe(false);
  });

  it('is yes after its last event, and no before it', async () => {
    await log.append(run.own(2), [ENDED]);
    expect(await last()).toBe(true);
    expect(await endedBefore(log, { runId: run.runId, month: MONTH }, ORIGIN)).toBe(false);
  });

  it.each([1, 2, 3])('is no for a run that ends just before the log is read for the time %i: its end was not given yet', async (time) => {
    const cursor = await log.head();
    let reads = 0;
    const racing: EventLog = {
      append: log.append.bind(log),
      readStream: log.readStream.bind(log),
      head: log.head.bind(log),
      async readAfter(...asked) {
        reads += 1;
        if (reads === time) await log.append(run.own(2), [ENDED]);
        return log.readAfter(...asked);
      },
    };
    expect(await endedBefore(racing, { runId: run.runId, month: MONTH }, cursor)).toBe(false);
  });
});
