import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';

const batch = cliDatabase();

describe('run --wait', () => {
  it('does the work itself when no worker is alive, says so, and ends with 0', async () => {
    const { code, stdout, stderr } = await batch.run(['run', '--date', DEMO.until, '--wait']);
    expect(code).toBe(0);
    expect(stderr).toContain('No worker is alive: this process does the work.');
    expect(stdout).toMatch(
      new RegExp(`^Run [0-9a-f-]{36}, records of ${DEMO.until}\nRun completed in [\\d.]+ s, \\d+ users:\n  generated +\\d+\n  skipped`),
    );
    expect(await batch.count('ibsafe_interventionrecord where input_ollama_model is not null')).toBeGreaterThan(0);
    expect(await batch.count('batch.worker where stopped_at is null')).toBe(0);
    expect(readdirSync(batch.cwd)).toEqual([]); // with a database of yours there is nothing to keep in files
  });

  it('tells its progress in plain lines where stderr is no terminal, each tenth once', async () => {
    const { stderr } = await batch.run(['run', '--date', DEMO.until, '--wait']);
    const lines = stderr.split('\n').filter((line) => line.startsWith(`Records of ${DEMO.until}: `));
    const tenths = lines.map((line) => Number(/: (\d+) %/.exec(line)?.[1]));
    expect(tenths.at(-1)).toBe(100);
    expect(tenths.length).toBeGreaterThan(2);
    expect(tenths).toEqual([...new Set(tenths)].toSorted((a, b) => a - b));
    expect(stderr).toContain(': 100 %');
    expect(stderr).not.toContain('\r');
    expect(stderr).not.toContain('\u001B');
  });

  it('ends with 3 when a user failed, and leaves the others their advice', async () => {
    await batch.rows(`update ibsafe_userexerciserecord set current_steps = -5 where user_id = ${await someReadyUser()}`);
    const { code, stdout } = await batch.run(['run', '--date', DEMO.until, '--wait']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/completed with failures/);
    expect(stdout).toMatch(/failed +1 {3}records that cannot be right 1/);
    expect(stdout).toMatch(/generated +[1-9]/);
  });

  it('prints one JSON document and nothing else on stdout', async () => {
    const { code, stdout } = await batch.run(['run', '--date', DEMO.until, '--wait', '--json', '--reason', 'a test']);
    const [document, ...more] = documents(stdout);
    expect({ code, more }).toEqual({ code: 0, more: [] });
    expect(document).toMatchObject({ status: 'COMPLETED', percent: 100, failed: 0 });
    expect(await batch.rows('select reason, actor from batch.run_view')).toEqual([{ reason: 'a test', actor: 'cli' }]);
  });

  it('of a dry run writes no intervention, and takes only the users it is given', async () => {
    const before = await batch.count('ibsafe_interventionrecord');
    const { code, stdout } = await batch.run([
      'run',
      '--date',
      DEMO.until,
      '--wait',
      '--dry-run',
      '--json',
      '--user',
      String(await someReadyUser()),
    ]);
    expect({ code, after: await batch.count('ibsafe_interventionrecord') }).toEqual({ code: 0, after: before });
    expect(documents(stdout)[0]).toMatchObject({ roster: 1, generated: 1 });
  });

  it('takes users by name and the day of the advice, as the scripts of the batch before it did', async () => {
    const id = await someReadyUser();
    const [account] = await batch.rows<{ username: string }>(`select username from auth_user where id = ${id}`);
    const name = account?.username ?? '';
    const dayAfter = '2026-03-11';
    const named = await batch.run(['run', '--target-date', dayAfter, '--username', name, '--wait', '--json']);
    expect(documents(named.stdout)[0]).toMatchObject({ status: 'COMPLETED', roster: 1, generated: 1 });
    expect(await batch.rows(`select target_date::text from ibsafe_interventionrecord where user_id = ${id} and record_date = '${DEMO.until}' and gubun = 'all'`)).toEqual([{ target_date: dayAfter }]); // prettier-ignore
    const unknown = await batch.run(['run', '--username', name, 'no-such-person', '--json']);
    expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^(?!.*no-such-person).*name 2 of 2/s) });
    expect(await batch.count('batch.run_view')).toBe(1);
    const log = JSON.stringify(await batch.rows('select type, data::text as data, actor from batch.event'));
    expect(log).toContain('RunCompleted');
    expect(log).not.toContain(name);
  });
});

describe('run', () => {
  it('without a worker says that the run waits, and the next worker takes it', async () => {
    await batch.run(['run', '--date', '2026-03-01', '--wait']); // makes the first schedule, without which there is no run
    const asked = await batch.run(['run', '--date', DEMO.until]);
    expect(asked.code).toBe(0);
    expect(asked.stderr).toMatch(/No worker is alive: the run waits for one/);
    const watching = batch.start(['watch']);
    await watching.said(/No worker is alive: the run waits for one/);
    const worker = batch.start(['start', '--role', 'worker']);
    const watched = await watching.ended;
    expect({ code: watched.code, same: watched.stdout.split('\n')[0] }).toEqual({ code: 0, same: asked.stdout.split(',')[0] });
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
  });

  it('is refused with a code and what to do while another run for the day goes on, and names that run', async () => {
    await batch.run(['run', '--date', '2026-03-01', '--wait']);
    const first = documents((await batch.run(['run', '--date', DEMO.until, '--json'])).stdout)[0];
    const second = await batch.run(['run', '--date', DEMO.until, '--json']);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^ibsafe-batch: A run for 2026-03-10 is already active.*\(RUN_ALREADY_ACTIVE\)$/m);
    expect(documents(second.stdout)).toEqual([
      { rejected: expect.objectContaining({ code: 'RUN_ALREADY_ACTIVE', runId: first?.['runId'] }) },
    ]);
  });

  it('leaves the work to a worker that is alive', async () => {
    const worker = batch.start(['start', '--role', 'worker']);
    await worker.said(/Ready/);
    const { code, stderr } = await batch.run(['run', '--date', DEMO.until, '--wait']);
    expect(code).toBe(0);
    expect(stderr).toMatch(new RegExp(`Records of ${DEMO.until}: 100 %`));
    expect(stderr).not.toMatch(/No worker/);
  });

  it('leaves it to any number of workers, also to those that have no folder to write in', async () => {
    const nowhere = { DATA_DIR: '/dev/null/data' };
    const workers = [batch.start(['start', '--role', 'worker'], nowhere), batch.start(['start', '--role', 'worker'], nowhere)];
    for (const worker of workers) await worker.said(/Ready/);
    expect(await batch.run(['run', '--date', DEMO.until, '--wait'])).toMatchObject({
      code: 0,
      stderr: expect.not.stringMatching(/No worker/),
    });
    for (const { child } of workers) child.kill('SIGTERM');
    expect((await Promise.all(workers.map(({ ended }) => ended))).map(({ code }) => code)).toEqual([0, 0]);
  });

  it('does not take a worker that was killed a moment ago for one', async () => {
    const worker = batch.start(['start', '--role', 'worker']);
    await worker.said(/Ready/);
    worker.child.kill('SIGKILL');
    await worker.ended;
    expect((await batch.run(['run', '--date', DEMO.until, '--wait'])).stderr).toContain('this process does the work');
  });
});

async function someReadyUser(): Promise<number> {
  const [found] = await batch.rows<{ id: number }>(
    `select u.id from auth_user u join ibsafe_userprofile p on p.user_id = u.id
     where u.is_active and not u.is_staff
       and exists (select from ibsafe_userfoodrecord f where f.user_id = u.id and f.record_date = '${DEMO.until}')
       and exists (select from ibsafe_userexerciserecord e where e.user_id = u.id and e.record_date = '${DEMO.until}')
       and not exists (select from ibsafe_interventionrecord i where i.user_id = u.id and i.record_date = '${DEMO.until}')
     order by u.id limit 1`,
  );
  if (found === undefined) throw new Error('the demo has no patient who would get advice');
  return found.id;
}
