import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, LogFilter, RecordedEvent } from '../../src/application/ports.js';
import { ORIGIN } from '../../src/eventlog/cursor.js';
import { readLifecycle, readRun } from '../../src/feeds/read-run.js';
import { MONTH, skipped, someRun, STARTED, type SomeRun } from './support/events.js';
import { openMemoryLog } from './support/open-logs.js';

const ENDED = { type: 'RunFailed', data: { code: 'TEST' } };
const CHUNKS = 26;
const CHUNK = 100;

async function all(pages: AsyncGenerator<readonly RecordedEvent[]>): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
}

describe('the events of a run in pages', () => {
  let log: EventLog;
  let run: SomeRun;
  let asked: LogFilter[];

  beforeEach(async () => {
    ({ log } = await openMemoryLog());
    run = someRun();
    asked = [];
    const other = someRun();
    await log.append(other.own(0), [STARTED]);
    await log.append(run.own(0), [STARTED]);
    for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
      await log.append(run.chunk(chunk), skipped(...Array.from({ length: CHUNK }, (_, at) => chunk * CHUNK + at)));
      await log.append(other.chunk(chunk), skipped(...Array.from({ length: CHUNK }, (_, at) => chunk * CHUNK + at)));
    }
  });

  const counting = (): EventLog => ({
    append: log.append.bind(log),
    readStream: log.readStream.bind(log),
    head: log.head.bind(log),
    readAfter(after, limit, filter) {
      asked.push(filter ?? {});
      return log.readAfter(after, limit, filter);
    },
  });

  const wanted = (): NonNullable<LogFilter['run']> => ({ runId: run.runId, month: MONTH });

  it.each([true, false])(
    'are all there, in their order, and where they begin and end is asked once for all pages (ended: %s)',
    async (ended) => {
      if (ended) await log.append(run.own(1), [ENDED]);
      const events = await all(readRun(counting(), wanted(), ORIGIN));
      expect(events.map(({ userId }) => userId)).toEqual([
        null,
        ...Array.from({ length: CHUNKS * CHUNK }, (_, at) => at),
        ...(ended ? [null] : []),
      ]);
      const forBounds = asked.filter(({ withoutOutcomes }) => withoutOutcomes === true).length;
      expect(asked.length - forBounds).toBeGreaterThan(5); // so many pages
      expect(forBounds).toBeLessThan((asked.length - forBounds) * 2);
      const again = asked.map(({ withoutOutcomes }) => withoutOutcomes === true).lastIndexOf(true);
      expect(again).toBe(forBounds - 1); // before the first page, and never again
    },
  );

  it('go on after a cursor', async () => {
    const events = await all(readRun(log, wanted(), ORIGIN));
    const rest = await all(readRun(log, wanted(), events[1_500]?.cursor ?? ORIGIN));
    expect(rest).toEqual(events.slice(1_501));
  });

  it('are none of a run without events', async () => {
    expect(await all(readRun(log, { runId: someRun().runId, month: MONTH }, ORIGIN))).toEqual([]);
  });

  it('are those of the run alone without its outcomes', async () => {
    await log.append(run.own(1), [ENDED]);
    expect((await all(readLifecycle(log, wanted(), ORIGIN))).map(({ type }) => type)).toEqual(['RunStarted', 'RunFailed']);
  });
});
