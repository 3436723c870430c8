import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog } from '../../../src/application/ports.js';
import { localDate } from '../../../src/domain/local-date.js';
import { chunkStream, runStream } from '../../../src/domain/run/stream-names.js';
import { compareCursors, ORIGIN } from '../../../src/eventlog/cursor.js';
import { chunkCompleted, MONTH, paused, readAll, RESUMED, skipped, someRun, STARTED } from './events.js';

/** Users of events, ascending: outcomes of an append come in the order of their subjects. */
const usersOf = (events: readonly { readonly userId: number | null }[]): number[] =>
  events.map(({ userId }) => Number(userId)).toSorted((a, b) => a - b);

/** An empty log, and how to be rid of it. */
export interface OpenLog {
  readonly log: EventLog;
  close(): Promise<void>;
}

/** What every implementation of `EventLog` promises to those who stand on it. */
export function describeEventLog(name: string, open: () => Promise<OpenLog>): void {
  describe(`the event log (${name})`, () => {
    let opened: OpenLog;
    let log: EventLog;

    beforeEach(async () => {
      opened = await open();
      ({ log } = opened);
    });
    afterEach(() => opened.close());

    describe('append', () => {
      it('gives back what was written, with who, when and why', async () => {
        const run = someRun();
        const appended = await log.append({ ...run.own(0), causationId: run.runId }, [STARTED, paused('a pause')]);
        expect(appended).toMatchObject({ lastVersion: 2, recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) });
        const common = {
          stream: runStream(run.runId),
          runId: run.runId,
          subject: null,
          userId: null,
          actor: 'test',
          correlationId: run.runId,
        };
        expect(await log.readStream(MONTH, runStream(run.runId), 1, 10)).toEqual([
          {
            ...common,
            version: 1,
            type: 'RunStarted',
            data: {},
            causationId: run.runId,
            recordedAt: appended.recordedAt,
            cursor: expect.anything(),
          },
          {
            ...common,
            version: 2,
            type: 'RunPaused',
            data: paused('a pause').data,
            causationId: run.runId,
            recordedAt: appended.recordedAt,
            cursor: appended.cursor,
          },
        ]);
      });

      it.each([1, 3])(
        'refuses an append that expects version %i of a stream that is at 2, and writes none of it',
        async (expectedVersion) => {
          const run = someRun();
          await log.append(run.own(0), [STARTED, paused('x')]);
          await expect(log.append(run.own(expectedVersion), [RESUMED])).rejects.toMatchObject({ name: 'VersionConflict' });
          expect(await readAll(log)).toHaveLength(2);
          await expect(log.append(run.own(2), [RESUMED])).resolves.toMatchObject({ lastVersion: 3 });
        },
      );

      it('lets one of several writers win who expect the same version at the same time', async () => {
        const run = someRun();
        await log.append(run.own(0), [STARTED]);
        const answers = await Promise.allSettled(Array.from({ length: 5 }, (_, n) => log.append(run.own(1), [paused(`writer ${n}`)])));
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const reasons = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []));
        expect(reasons.map((error) => error.name)).toEqual(['VersionConflict', 'VersionConflict', 'VersionConflict', 'VersionConflict']);
        expect(await readAll(log)).toHaveLength(2);
      });

      it('takes one outcome per user and run, whichever chunk it comes from', async () => {
        const run = someRun();
        await log.append(run.chunk(0), skipped(1, 2));
        await expect(log.append(run.chunk(1), skipped(3, 2))).rejects.toMatchObject({ name: 'DuplicateOutcome' });
        await expect(log.append(run.chunk(2), skipped(4, 4))).rejects.toMatchObject({ name: 'DuplicateOutcome' });
        expect(usersOf(await readAll(log))).toEqual([1, 2]);
        await log.append(someRun().chunk(0), skipped(1, 2)); // another run may
      });

      it.each([
        ['an unknown type', { type: 'RunTeleported', data: {} }, 'RunTeleported'],
        ['a field too much', { type: 'RunStarted', data: { breakfast: 'kimchi' } }, 'data (unrecognized_keys)'],
        ['a wrong value', { type: 'UserSkipped', data: { reasons: ['kimchi'] }, userId: 1 }, 'reasons.0 (invalid_value)'],
      ])('refuses %s on the way in, naming the field and never the value', async (_, event, named) => {
        const refused = log.append(someRun().own(0), [STARTED, event]);
        await expect(refused).rejects.toMatchObject({ name: 'InvalidEvent', message: expect.stringContaining(named) });
        await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining('kimchi') });
        expect(await readAll(log)).toEqual([]);
      });
    });

    describe('readStream', () => {
      it('gives the events of one stream from a version on, in order, up to a limit', async () => {
        const [run, other] = [someRun(), someRun()];
        await log.append(run.own(0), [STARTED, paused('two')]);
        await log.append(other.own(0), [STARTED]);
        await log.append(run.own(2), [RESUMED, paused('four')]);
        const types = async (from: number, limit: number): Promise<unknown> =>
          (await log.readStream(MONTH, runStream(run.runId), from, limit)).map(({ version, type }) => `${version} ${type}`);
        expect(await types(1, 10)).toEqual(['1 RunStarted', '2 RunPaused', '3 RunResumed', '4 RunPaused']);
        expect(await types(2, 2)).toEqual(['2 RunPaused', '3 RunResumed']);
        expect(await types(5, 10)).toEqual([]);
      });

      it('keeps a stream under its month', async () => {
        const june = localDate('2026-06-01');
        const run = someRun(june);
        await log.append(run.own(0), [STARTED]);
        expect(await log.readStream(MONTH, runStream(run.runId), 1, 10)).toEqual([]);
        expect(await log.readStream(june, runStream(run.runId), 1, 10)).toHaveLength(1);
      });
    });

    describe('readAfter', () => {
      it('gives the whole log in the order of its cursors, in pages of any size', async () => {
        const runs = [someRun(), someRun(localDate('2026-06-01')), someRun()];
        for (let version = 0; version < 3; version += 1) for (const run of runs) await log.append(run.own(version), [paused(`${version}`)]);
        const events = await readAll(log);
        expect(events.map(({ runId }) => runId)).toEqual([...runs, ...runs, ...runs].map(({ runId }) => runId));
        const cursors = events.map(({ cursor }) => cursor);
        expect(cursors).toEqual(cursors.toSorted(compareCursors));
        for (const pageSize of [1, 2, 4, 9]) expect(await readAll(log, pageSize)).toEqual(events);
      });

      it('says whether the end was reached, and where to go on', async () => {
        const run = someRun();
        expect(await log.readAfter(ORIGIN, 10)).toEqual({ events: [], cursor: ORIGIN, atEnd: true });
        const { cursor } = await log.append(run.own(0), [STARTED, RESUMED]);
        expect(await log.readAfter(ORIGIN, 2)).toMatchObject({ cursor, atEnd: false });
        expect(await log.readAfter(cursor, 2)).toEqual({ events: [], cursor, atEnd: true });
      });

      it('leaves out what a filter does not name and still moves on past it', async () => {
        const [run, other] = [someRun(), someRun()];
        await log.append(run.own(0), [STARTED]);
        await log.append(run.chunk(0), skipped(1, 2));
        const { cursor } = await log.append(other.own(0), [STARTED, RESUMED]);
        const named = { run: { runId: run.runId, month: MONTH } };
        const ofRun = await log.readAfter(ORIGIN, 100, named);
        expect(ofRun.events.map(({ type }) => type)).toEqual(['RunStarted', 'UserSkipped', 'UserSkipped']);
        expect(usersOf(ofRun.events.slice(1))).toEqual([1, 2]);
        expect(ofRun.cursor).toEqual(cursor);
        const without = await log.readAfter(ORIGIN, 100, { withoutOutcomes: true });
        expect(without.events.map(({ type }) => type)).toEqual(['RunStarted', 'RunStarted', 'RunResumed']);
        const both = await log.readAfter(ORIGIN, 100, { ...named, withoutOutcomes: true });
        expect(both.events.map(({ stream, type }) => [stream, type])).toEqual([[runStream(run.runId), 'RunStarted']]);
      });

      it('gives the runs’ own events of all months when asked for runs only, and neither chunks nor schedules', async () => {
        const [run, other] = [someRun(), someRun(localDate('2026-06-01'))];
        await log.append(run.own(0), [STARTED]);
        await log.append(run.chunk(0), [...skipped(1, 2), chunkCompleted(0)]);
        const { runId: _runId, ...ofNoRun } = run.own(0);
        await log.append({ ...ofNoRun, stream: 'schedule-1' }, [STARTED]);
        const { cursor } = await log.append(other.own(0), [STARTED, RESUMED]);
        const page = await log.readAfter(ORIGIN, 100, { runsOnly: true });
        expect(page).toMatchObject({ cursor, atEnd: true });
        expect(page.events.map(({ stream, type }) => [stream, type])).toEqual([
          [runStream(run.runId), 'RunStarted'],
          [runStream(other.runId), 'RunStarted'],
          [runStream(other.runId), 'RunResumed'],
        ]);
      });

      it('gives outcomes with their user, and what ends a chunk without one', async () => {
        const run = someRun();
        const ended = chunkCompleted(7);
        await log.append(run.chunk(7), [...skipped(5), ended]);
        const events = await log.readStream(MONTH, chunkStream(run.runId, 7), 1, 10);
        expect(events.map(({ userId, data }) => [userId, data])).toEqual([
          [5, { reasons: ['NO_PROFILE'] }],
          [null, ended.data],
        ]);
      });
    });

    describe('head', () => {
      it('is the place after everything: nothing comes after it until somebody appends', async () => {
        expect(await log.head()).toEqual(ORIGIN);
        const run = someRun();
        const { cursor } = await log.append(run.own(0), [STARTED]);
        expect(await log.head()).toEqual(cursor);
        expect((await log.readAfter(await log.head(), 10)).events).toEqual([]);
        await log.append(run.own(1), [RESUMED]);
        expect((await log.readAfter(cursor, 10)).events.map(({ type }) => type)).toEqual(['RunResumed']);
      });
    });
  });
}
