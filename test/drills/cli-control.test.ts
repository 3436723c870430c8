import { describe, expect, it } from '@jest/globals';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';

const batch = cliDatabase();
const [FIRST, LAST] = ['2026-03-08', DEMO.until];
const UNKNOWN = '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10';

/** Asks for a run that no worker takes. @returns its id */
async function askedRun(): Promise<string> {
  await batch.run(['schedule', 'init']);
  const { stdout } = await batch.run(['run', '--date', DEMO.until, '--json']);
  return (documents(stdout)[0] as { runId: string }).runId;
}

describe('pause, resume and cancel', () => {
  it('tell what the run is now, and end with 1 and the reason where there is nothing to do', async () => {
    const runId = await askedRun();
    expect(await batch.run(['pause', runId, '--reason', 'a look'])).toMatchObject({ code: 0, stdout: `Run ${runId} is paused\n` });
    const again = await batch.run(['pause', runId, '--reason', 'another', '--json']);
    expect(documents(again.stdout)).toEqual([{ rejected: { code: 'RUN_ALREADY_PAUSED', message: expect.any(String), runId } }]);
    expect({ code: again.code, told: again.stderr }).toEqual({ code: 1, told: expect.stringContaining('a look') });
    expect(await batch.run(['resume', runId])).toMatchObject({ code: 0, stdout: `Run ${runId} is requested\n` });
    const cancelled = await batch.run(['cancel', runId, '--reason', 'not needed', '--json']);
    expect(documents(cancelled.stdout)).toEqual([
      expect.objectContaining({ runId, status: 'CANCELLED', cancelRequestedAt: expect.any(String) }),
    ]);
    expect(await batch.run(['cancel', UNKNOWN])).toMatchObject({ code: 1, stderr: expect.stringContaining('RUN_NOT_FOUND') });
    expect(await batch.run(['pause', runId])).toMatchObject({ code: 2, stderr: expect.stringContaining('--reason') });
  });
});

describe('retry', () => {
  it('repeats the failed users and sees them through, and refuses when nobody is left', async () => {
    await batch.rows(`update ibsafe_userexerciserecord set current_steps = -5 where user_id = (
      select e.user_id from ibsafe_userexerciserecord e join ibsafe_userfoodrecord f using (user_id, record_date) join ibsafe_userprofile using (user_id)
        join auth_user a on a.id = e.user_id and a.is_active and not a.is_staff where record_date = '${DEMO.until}'
        and not exists (select from ibsafe_interventionrecord i where i.user_id = e.user_id and i.record_date = '${DEMO.until}') limit 1)`);
    const first = documents((await batch.run(['run', '--date', DEMO.until, '--wait', '--json'])).stdout)[0] as { runId: string };
    await batch.rows(`update ibsafe_userexerciserecord set current_steps = 5000 where current_steps = -5`);
    const retried = await batch.run(['retry', first.runId, '--only', 'failed', '--why', 'mended', '--wait', '--json']);
    expect({ code: retried.code, end: documents(retried.stdout) }).toEqual({
      code: 0,
      end: [expect.objectContaining({ roster: 1, generated: 1 })],
    });
    expect(await batch.count(`batch.run_view where parent_run_id = '${first.runId}' and reason = 'mended'`)).toBe(1);
    const nobody = await batch.run(['retry', first.runId, '--reason', 'crashed_worker']);
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringMatching(/INVALID_INPUT 1.*NOTHING_TO_RETRY/s) });
    expect((await batch.run(['retry', first.runId, '--only', 'generated'])).code).toBe(2);
  });
});

describe('backfill', () => {
  it('runs the days here when no worker is alive, shows what became of each, and lists itself', async () => {
    await batch.run(['schedule', 'init']);
    const { code, stdout } = await batch.run(['backfill', '--from', FIRST, '--to', LAST, '--order', 'newest-first', '--wait']);
    expect(code).toBe(0);
    const [title = '', , ...dates] = stdout.trim().split('\n');
    expect(title).toMatch(/^Backfill [0-9a-f-]{36}, 3 dates from 2026-03-08 to 2026-03-10$/);
    expect(dates.map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['2026-03-10', 'completed'],
      ['2026-03-09', 'completed'],
      ['2026-03-08', 'completed'],
    ]);
    const { stdout: list } = await batch.run(['backfill', 'list', '--json']);
    expect(documents(list)).toEqual([{ backfills: [expect.objectContaining({ status: 'COMPLETED', from: FIRST, to: LAST })] }]);
  });

  it('is cancelled by its id, and tells what is wrong with its options', async () => {
    await batch.run(['schedule', 'init']);
    const asked = await batch.run(['backfill', '--from', FIRST, '--to', LAST, '--json']);
    const [{ id }] = documents(asked.stdout) as [{ id: string }];
    const cancelled = await batch.run(['backfill', 'cancel', id, '--reason', 'the wrong days', '--json']);
    expect(documents(cancelled.stdout)).toEqual([expect.objectContaining({ id, status: 'CANCELLED' })]);
    expect(await batch.rows(`select status from batch.run_view`)).toEqual([{ status: 'CANCELLED' }]);
    expect(await batch.run(['backfill', '--from', FIRST])).toMatchObject({ code: 2, stderr: expect.stringContaining('--from and --to') });
    expect(await batch.run(['backfill', '--from', LAST, '--to', FIRST])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATES_REVERSED'),
    });
  });
});

describe('run --dry-run --wait', () => {
  it('reports what it would have written', async () => {
    const { stdout } = await batch.run(['run', '--date', DEMO.until, '--dry-run', '--wait']);
    expect(stdout).toMatch(
      /\nNothing was written\. It would write \d+ interventions, 0 of them in the place of one that is there; \d+ users would keep theirs\.\n$/,
    );
    const { stdout: json } = await batch.run(['run', '--date', DEMO.until, '--dry-run', '--on-existing', 'regenerate', '--wait', '--json']);
    expect(documents(json)[0]).toMatchObject({ report: { interventions: expect.any(Number), replacing: expect.any(Number), keeping: 0 } });
  });
});
