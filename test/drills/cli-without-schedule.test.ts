import { describe, expect, it } from '@jest/globals';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';

const batch = cliDatabase();
const schedules = (): Promise<number> => batch.count('batch.schedule_view');
const scheduleEvents = (): Promise<number> => batch.count(`batch.event where stream like 'schedule-%'`);

describe('on a database that never had a schedule', () => {
  it.each([
    ['a dry run', ['run', '--date', DEMO.until, '--dry-run', '--wait']],
    ['a shadow run', ['run', '--date', DEMO.until, '--shadow', '--wait']],
    ['a dry run that nobody waits for', ['run', '--date', DEMO.until, '--dry-run']],
    ['a forecast', ['forecast', '--date', DEMO.until]],
    ['a look at what there is', ['status']],
    ['a run that says it goes without one', ['run', '--date', DEMO.until, '--wait', '--without-schedule', 'before the first night']],
    ['a backfill that says so', ['backfill', '--from', DEMO.until, '--to', DEMO.until, '--wait', '--without-schedule', 'moving in']],
  ])('%s makes none, and does what it is for', async (_, args) => {
    expect(await batch.run(args)).toMatchObject({ code: 0, stderr: expect.not.stringMatching(/^ibsafe-batch: /m) });
    expect({ schedules: await schedules(), events: await scheduleEvents() }).toEqual({ schedules: 0, events: 0 });
  });

  it('a retry of a dry run makes none either', async () => {
    const asked = await batch.run(['run', '--date', DEMO.until, '--dry-run', '--wait', '--json']);
    const { runId } = documents(asked.stdout)[0] as { runId: string };
    const retried = await batch.run(['retry', runId, '--only', 'skipped', '--wait']);
    expect({ code: retried.code, schedules: await schedules() }).toEqual({ code: 0, schedules: 0 });
  });

  it('a run that nobody waits for is refused, with the option that it lacks, and its reason is kept where it has one', async () => {
    const refused = await batch.run(['run', '--date', DEMO.until]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--without-schedule "reason"') });
    expect(await batch.run(['run', '--date', DEMO.until, '--without-schedule', 'a look first'])).toMatchObject({ code: 0 });
    expect(await batch.rows(`select data->>'withoutSchedule' as why from batch.event where type = 'RunRequested'`)).toEqual([
      { why: 'a look first' },
    ]);
  });
});
