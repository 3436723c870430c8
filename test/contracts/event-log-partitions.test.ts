import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { localDate } from '../../src/domain/local-date.js';
import { runStream } from '../../src/domain/run/stream-names.js';
import { PostgresLog, READ_RUNS } from '../../src/eventlog/postgres-log.js';
import { chunkCompleted, skipped, someRun, STARTED } from './support/events.js';
import { Writer } from './support/interleaving.js';
import { openPostgresLog } from './support/open-logs.js';

const NEW_MONTH = localDate('2031-02-01');

describe('the months of the log on PostgreSQL', () => {
  let opened: Awaited<ReturnType<typeof openPostgresLog>>;

  beforeEach(async () => {
    opened = await openPostgresLog();
  });
  afterEach(() => opened.close());

  const partitions = async (): Promise<string[]> => {
    const text = `select relname as name from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'batch.event_log'::regclass`;
    return (await opened.pool.query<{ name: string }>(text)).rows.map(({ name }) => name);
  };

  it('are made by the first event of a run that was asked for in them', async () => {
    expect(await partitions()).not.toContain('event_2031_02');
    const run = someRun(NEW_MONTH);
    await opened.log.append(run.own(0), [STARTED]);
    expect(await partitions()).toContain('event_2031_02');
    expect(await opened.log.readStream(NEW_MONTH, runStream(run.runId), 1, 10)).toHaveLength(1);
  });

  it('are made once when the first events of many runs come at the same moment', async () => {
    const appends = Array.from({ length: 6 }, () => new PostgresLog(opened.pool).append(someRun(NEW_MONTH).own(0), [STARTED]));
    await Promise.all(appends);
    const { rows } = await opened.pool.query('select count(*)::int as events from batch.event_2031_02');
    expect(rows).toEqual([{ events: 6 }]);
  });

  it('let the runs’ own events be found without passing by outcomes and chunks, also in a month made later', async () => {
    const run = someRun(NEW_MONTH);
    await opened.log.append(run.own(0), [STARTED]);
    await opened.log.append(run.chunk(0), [...skipped(...Array.from({ length: 3_000 }, (_, n) => n + 1)), chunkCompleted(0)]);
    await opened.pool.query('analyze batch.event_log');
    const { rows } = await opened.pool.query<{ plan: string }>({
      text: `explain (analyze, costs off) ${READ_RUNS}`,
      values: ['0', '0', 100],
    });
    const plan = rows.map((row) => Object.values(row)[0]).join('\n');
    expect(plan).toMatch(/Index Scan using event_2031_02_\w+ on event_2031_02 .*rows=1/);
    expect(plan).not.toContain('Rows Removed');
  });

  it('are made without waiting for those who write or read elsewhere in the log', async () => {
    const [writer, reader, first] = [await Writer.connect(opened.url), await Writer.connect(opened.url), await Writer.connect(opened.url)];
    try {
      await writer.begin();
      await writer.append(someRun().own(0), [STARTED]);
      await reader.begin();
      await reader.client.query('select count(*) from batch.event');
      await first.client.query("set lock_timeout = '5s'"); // where it has to wait, the test says so
      await first.append(someRun(NEW_MONTH).own(0), [STARTED]);
      await reader.end('commit');
      await writer.end('commit');
    } finally {
      for (const each of [writer, reader, first]) await each.close();
    }
    expect(await partitions()).toContain('event_2031_02');
  });

  it('hold their own keys: one version of a stream, one outcome of a user', async () => {
    const run = someRun(NEW_MONTH);
    await opened.log.append(run.chunk(0), skipped(1));
    await expect(opened.log.append(run.chunk(1), skipped(1))).rejects.toMatchObject({ name: 'DuplicateOutcome' });
    await expect(opened.log.append(run.chunk(0), skipped(2))).rejects.toMatchObject({ name: 'VersionConflict' });
  });

  it('begin on the first: another day is no month, and what is appended to an old stream makes none', async () => {
    await expect(opened.log.append(someRun(localDate('2031-02-02')).own(0), [STARTED])).rejects.toThrow(/first of a month/);
    await expect(opened.log.append(someRun(NEW_MONTH).own(3), [STARTED])).rejects.toMatchObject({ name: 'VersionConflict' });
    const months = await partitions();
    expect(months.filter((name) => name.startsWith('event_'))).toEqual(months);
    expect(months.length).toBeGreaterThan(0);
    expect(months).not.toContain('event_2031_02');
  });
});
