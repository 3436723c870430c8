import { describe, expect, it } from '@jest/globals';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';

const batch = cliDatabase();

const SLEPT = `ibsafe_usersleeprecord s join auth_user a on a.id = s.user_id where a.is_active and not a.is_staff and s.record_date = '${DEMO.until}'`;

describe('run --program sleep', () => {
  it('advises on sleep and says so, beside the rows of the daily program', async () => {
    await batch.run(['run', '--date', DEMO.until, '--wait']);
    const daily = await batch.count(`ibsafe_interventionrecord where gubun = 'all'`);
    const { code, stdout } = await batch.run(['run', '--program', 'sleep', '--date', DEMO.until, '--wait']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Run [0-9a-f-]{36}, sleep, records of ${DEMO.until}\n`));
    expect(stdout).toMatch(/skipped +\d+ {3}no sleep record \d+$/m);
    expect(await batch.count(`ibsafe_interventionrecord where gubun = 'sleep'`)).toBe(await batch.count(SLEPT));
    expect(await batch.count(`ibsafe_interventionrecord where gubun = 'all'`)).toBe(daily);
    expect((await batch.run(['status'])).stdout).toMatch(/completed \(sleep\) {2}records of/);
  });

  it('is refused for a program that there is not', async () => {
    const { code, stderr } = await batch.run(['run', '--program', 'dreams']);
    expect(code).toBe(2);
    expect(stderr).toContain('Allowed choices are daily, sleep');
  });
});

describe('run --shadow', () => {
  it('tells where its advice differs from what is saved, and writes none', async () => {
    await batch.run(['run', '--date', DEMO.until, '--wait']);
    await batch.rows(`update ibsafe_interventionrecord set exercise_target = 1 where outputs is not null`);
    const before = await batch.rows('select md5(string_agg(i::text, chr(10) order by id)) from ibsafe_interventionrecord i');
    const { code, stdout } = await batch.run(['run', '--shadow', '--date', DEMO.until, '--wait']);
    expect(code).toBe(0);
    const changed = await batch.count('ibsafe_interventionrecord where exercise_target = 1');
    expect(stdout).toMatch(/^Run [0-9a-f-]{36}, records of 2026-03-10, shadow\n/);
    expect(stdout).toMatch(/^Compared with the saved advice of \d+ users: the same for 0\. 0 had none to compare with\.$/m);
    expect(Number(/^ {2}exercise target +(\d+)$/m.exec(stdout)?.[1])).toBeGreaterThanOrEqual(changed);
    expect(await batch.rows('select md5(string_agg(i::text, chr(10) order by id)) from ibsafe_interventionrecord i')).toEqual(before);
  });

  it('gives its figures in the one JSON document', async () => {
    const { stdout } = await batch.run(['run', '--shadow', '--date', DEMO.until, '--wait', '--json']);
    const [document, ...more] = documents(stdout);
    expect(more).toEqual([]);
    expect(document).toMatchObject({ status: 'COMPLETED', shadowReport: { same: 0, withoutSaved: expect.any(Number), byField: expect.any(Object) } }); // prettier-ignore
  });
});

describe('forecast', () => {
  it('says what a run would come to, and more once there was one', async () => {
    const first = await batch.run(['forecast', '--date', DEMO.until]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(
      /^Forecast of a run of daily by rules, records of 2026-03-10 \(estimated: there were no such runs yet\)\n {2}users {5}\d+, \d+ of them would get advice\n {2}time {6}not known\n$/,
    );
    expect(await batch.count('batch.run_view')).toBe(0);
    const [, eligible] = /(\d+) of them would/.exec(first.stdout) ?? [];
    const [run] = documents((await batch.run(['run', '--date', DEMO.until, '--wait', '--json'])).stdout);
    expect(run?.['generated']).toBe(Number(eligible));
    const { stdout } = await batch.run(['forecast', '--date', DEMO.until, '--on-existing', 'regenerate', '--json']);
    expect(documents(stdout)).toEqual([
      expect.objectContaining({
        generator: 'RULES',
        recordDate: DEMO.until,
        basis: 'PAST_RUNS',
        seconds: expect.any(Number),
        costUsd: 0,
      }),
    ]);
  });

  it('ends with 1 and the reason where the run would be refused', async () => {
    const { code, stderr } = await batch.run(['forecast', '--date', '2999-01-01']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('(DATE_IN_FUTURE)') });
  });
});
