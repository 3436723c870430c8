import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { requestRun } from '../../src/application/run/request-run.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { keptFrom, type MonthRefusal } from '../../src/domain/retention/retention.js';
import { archiveName } from '../../src/lifecycle/archive/archive-format.js';
import { writeHead } from '../../src/eventlog/log-heads.js';
import { compareWithLog } from '../../src/lifecycle/archive/compare-with-log.js';
import { verifyArchive } from '../../src/lifecycle/archive/read-archive.js';
import { letMonthGo } from '../../src/lifecycle/retention/let-month-go.js';
import { whyHeld } from '../../src/lifecycle/retention/refusal-words.js';
import { runRetention } from '../../src/lifecycle/retention/run-retention.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createYears, type Years } from '../support/years.js';

const MONTHS = 4;

describe('A month that is older than what is kept', () => {
  let years: Years;
  let month: string;

  beforeEach(async () => {
    years = await createYears(MONTHS);
    [month = ''] = await years.months();
  });
  afterEach(async () => years[Symbol.asyncDispose]());

  const broken = async (): Promise<string[]> => (await checkInvariants(years.pool)).filter(({ ok }) => !ok).map(({ name }) => name);
  const run = `(select run_id from batch.run_view where run_month = $1::date order by requested_at limit 1)`;

  it.each<[MonthRefusal, string, (() => Promise<unknown>) | string]>([
    ['RUN_UNFINISHED', 'a run of it has not ended', `update batch.run_view set ended_at = null where run_id = ${run}`],
    [
      'RETRY_WAITING',
      'a run that repeats users of it has not begun',
      `insert into batch.run_view select (jsonb_populate_record(v, jsonb_build_object('run_id', gen_random_uuid(), 'run_month', date_trunc('month', now())::date, 'parent_run_id', v.run_id,
        'retry', '{"outcomes": ["FAILED"]}'::jsonb, 'planned_at', null, 'ended_at', null))).* from batch.run_view v where run_id = ${run}`,
    ],
    [
      'EVENTS_NOT_FOLLOWED',
      'alerts have not read it',
      `update batch.alert_follower set xid = '0', position = 0 where $1::date is not null`,
    ],
    ['VIEWS_DIFFER', 'a view of it was changed by hand', `update batch.chunk_view set generated = generated + 1 where run_id = ${run}`],
    ['VIEWS_DIFFER', 'a run of it is in no view', `delete from batch.run_view where run_id = ${run}`],
    [
      'VIEWS_DIFFER',
      'a view has a run of it that the log does not know',
      `insert into batch.run_view select (jsonb_populate_record(v, jsonb_build_object('run_id', gen_random_uuid()))).* from batch.run_view v where run_id = ${run}`,
    ],
  ])('stays (%s) while %s, and nothing is written', async (code, _, damage) => {
    await years.settle();
    await years.rows(String(damage), [month]);
    const done = await letMonthGo(years.ground, month);
    expect(done).toMatchObject({ held: { code } });
    expect('held' in done && whyHeld(month, done.held).text).toMatch(/stays: /);
    expect(await years.rows(`select from batch.event where run_month = $1::date limit 1`, [month])).toHaveLength(1);
    expect(await years.rows(`select from batch.event where type = 'MonthLetGo'`)).toEqual([]);
  });

  it('stays while an event of it is not the one that was appended: an archive of it would be none of the log', async () => {
    await years.settle();
    await years.rows('alter table batch.event_log disable trigger event_no_change');
    await years.rows(`update batch.event_log set causation_id = gen_random_uuid() where run_month = $1::date and version = 1`, [month]);
    const done = await letMonthGo(years.ground, month);
    expect(done).toMatchObject({ held: { code: 'CHAIN_DIFFERS' } });
    expect('held' in done && whyHeld(month, done.held).text).toMatch(/stays: .* places its events are not those that were appended/);
  });

  it('stays while an older transaction hides an event of it from readers', async () => {
    await years.settle();
    const older = await years.pool.connect();
    try {
      await older.query('begin');
      await older.query('select pg_current_xact_id()');
      const [made] = await years.rows<{ month: string }>(
        `select date_trunc('month', now() - interval '3 months')::date::text as month from batch.append('run-' || gen_random_uuid(), 0,
           date_trunc('month', now() - interval '3 months')::date, gen_random_uuid(), 'test', gen_random_uuid(), null, '{RunStarted}', '{null}', '{"{}"}')`,
      );
      expect(await letMonthGo(years.ground, made?.month ?? '')).toMatchObject({ held: { code: 'EVENTS_UNSETTLED' } });
    } finally {
      await older.query('rollback');
      older.release();
    }
  });

  it('stays while a file with the name of its archive holds something else, which is left as it is', async () => {
    await years.settle();
    const path = join(years.archiveDir, archiveName(month));
    await writeFile(path, gzipSync('something else\n'));
    expect(await letMonthGo(years.ground, month)).toMatchObject({ held: { code: 'ARCHIVE_DIFFERS' } });
    await expect(verifyArchive(path)).rejects.toThrow('first line');
  });

  it('keeps no other month from being let go, and goes when what kept it is over', async () => {
    await years.settle();
    const [, second = ''] = await years.months();
    const [waiting] = await years.rows<{ ended_at: Date; run_id: string }>(
      `select ended_at, run_id from batch.run_view where run_id = ${run}`,
      [month],
    );
    await years.rows('update batch.run_view set ended_at = null where run_id = $1', [waiting?.run_id]);
    expect(await runRetention(years.ground, MONTHS - 2, 1)).toMatchObject({ letGo: [{ month: second }], held: [{ month }] });
    await years.rows('update batch.run_view set ended_at = $2 where run_id = $1', [waiting?.run_id, waiting?.ended_at]);
    // The time was cut to milliseconds on its way, which the views have as well.
    expect(await runRetention(years.ground, MONTHS - 2, 1)).toMatchObject({ letGo: [{ month }], held: [] });
    expect(await broken()).toEqual([]);
  });

  it('is kept where a clock is ahead, and let go by the other one alone', () => {
    const [right, ahead] = [new Date('2026-11-26T00:00:00Z'), new Date('2031-01-01T00:00:00Z')];
    expect(keptFrom(24, [right, ahead])).toBe('2024-11-01');
    expect(keptFrom(24, [ahead, right])).toBe('2024-11-01');
    expect(keptFrom(1, [new Date('2026-01-01T00:00:00Z')])).toBe('2025-12-01');
  });

  it('is dropped by no one whom the log has not told of its archive, or of another one', async () => {
    await years.settle();
    await expect(years.rows('select batch.drop_month($1::date)', [month])).rejects.toMatchObject({ code: 'BE007' });
    await expect(years.rows(`select batch.drop_month(date_trunc('month', now())::date)`)).rejects.toMatchObject({ code: 'BE006' });
    await expect(years.rows(`select batch.drop_month('1970-01-01')`)).rejects.toMatchObject({ code: 'BE006' });
    await years.rows(
      `select batch.append('retention-' || to_char($1::date, 'YYYY-MM'), 0, '1970-01-01', null, 'test', gen_random_uuid(), null, '{MonthLetGo}', '{null}',
         array['{"events": 1, "firstPosition": 1, "lastPosition": 1}'::jsonb])`,
      [month],
    );
    await expect(years.rows('select batch.drop_month($1::date)', [month])).rejects.toMatchObject({ code: 'BE008' });
    expect((await years.rows('select from batch.event where run_month = $1::date limit 1', [month])).length).toBe(1);
  });

  describe('and was let go', () => {
    beforeEach(async () => {
      await years.settle();
      await writeHead(years.pool);
      expect(await runRetention(years.ground, MONTHS - 1, 1)).toMatchObject({ letGo: [{ month }] });
    });

    it('is missed by the doctor where the log does not say so', async () => {
      await years.rows('delete from batch.let_go_month');
      expect(await broken()).toEqual(
        expect.arrayContaining([
          'every month of the runs is in the log or was let go, and none is both',
          'the views hold what the log says, row for row',
        ]),
      );
      const report = await rebuildViews(years.pool, { verify: true });
      expect(report.differences.map(({ view, column }) => [view, column])).toEqual([['let_go_month', '(row)']]);
      expect(await broken()).toEqual([]);
    });

    it('is found by the doctor where a half of it is left', async () => {
      const part = `event_${month.slice(0, 7).replace('-', '_')}`;
      await years.rows(`create table batch.${part} (like batch.event_log including defaults including constraints)`);
      expect(await broken()).toEqual(['every month of the runs is in the log or was let go, and none is both']);
      await years.rows(
        `alter table batch.event_log attach partition batch.${part} for values from ('${month}') to ('${month}'::date + interval '1 month')`,
      );
      expect(await broken()).toEqual(['every month of the runs is in the log or was let go, and none is both']);
    });

    it('lets a night be what it was, also when another run is made for its date', async () => {
      const [night] = await years.rows<{ record_date: Date; night: string }>(
        `select record_date, n::text as night from batch.night_view n where record_date < $1::date + interval '1 month' order by record_date limit 1`,
        [month],
      );
      const [run_] = await years.rows<{ program: string; date: string }>(
        `select program, record_date::text as date from batch.run_view where run_month = $1::date limit 1`,
        [month],
      );
      const answer = await requestRun(years.deps, { trigger: 'MANUAL', recordDate: run_?.date as never }, { actor: 'test' });
      if (answer.status !== 'accepted') throw new Error(answer.code);
      const { planRun } = await import('../../src/application/run/plan-run.js');
      const { runLane } = await import('../../src/application/chunk/run-lane.js');
      await planRun(years.deps, answer.run.runId);
      await runLane(years.deps, answer.run.runId, new AbortController().signal);
      const [after] = await years.rows<{ night: string }>(
        `select n::text as night from batch.night_view n where record_date = $1 and program = $2`,
        [night?.record_date, run_?.program],
      );
      expect(after?.night).toBe(night?.night);
      expect((await compareViews(years.pool)).differences).toEqual([]);
    });

    it('has the archive that the log tells of, and no other one', async () => {
      const path = join(years.archiveDir, archiveName(month));
      const manifest = await verifyArchive(path);
      expect(await compareWithLog(years.pool, path, manifest)).toBe('SAME');
      expect(await compareWithLog(years.pool, path, { ...manifest, sha256: '0'.repeat(64) })).toBe('OTHER');
      expect(await compareWithLog(years.pool, path, { ...manifest, month: '1999-01-01' })).toBe('NOT_LET_GO');
      expect(manifest).toMatchObject({ links: expect.any(Number), chain: expect.stringMatching(/^[0-9a-f]{64}$/), head: { number: 1 } });
    });

    it('has an archive whose chain and head the log still has', async () => {
      const path = join(years.archiveDir, archiveName(month));
      const manifest = await verifyArchive(path);
      expect(await compareWithLog(years.pool, path, { ...manifest, head: { number: 2, day: '2026-01-01', hash: '0'.repeat(64) } })).toBe(
        'OTHER_CHAIN',
      );
      await years.rows('alter table batch.event_link disable trigger all');
      await years.rows(`update batch.event_link set hash = sha256('other') where run_month = $1::date and version_from = 1`, [month]);
      expect(await compareWithLog(years.pool, path, manifest)).toBe('OTHER_CHAIN');
      expect(await broken()).toEqual(['the heads of the days cover what was appended']);
    });

    it('is not made again by a clock that is years behind, and says so where it lies in the log once more', async () => {
      await years.rows(`alter table batch.let_go_month disable trigger all`);
      const part = `event_${month.slice(0, 7).replace('-', '_')}`;
      await years.rows(`create table batch.${part} (like batch.event_log including defaults including constraints)`);
      await years.rows(
        `alter table batch.event_log attach partition batch.${part} for values from ('${month}') to ('${month}'::date + interval '1 month')`,
      );
      expect(await letMonthGo(years.ground, month)).toMatchObject({ held: { code: 'LET_GO_BEFORE' } });
    });
  });
});
