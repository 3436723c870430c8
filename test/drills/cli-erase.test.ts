import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents, type Ended, MAIN } from '../support/cli-process.js';

const batch = cliDatabase();

/** Runs a night, after which the service knows patients. */
async function night(): Promise<void> {
  const done = await batch.run(['run', '--date', DEMO.until, '--wait', '--without-schedule', 'a test', '--reason', 'asked by user 1']);
  expect(done).toMatchObject({ code: 0 });
}

const erase = (...args: string[]): Promise<Ended> => batch.run(['erase', ...args, '--lang', 'en']);
const nameOf = async (id: number): Promise<string> => (await batch.rows<{ username: string }>(`select username from auth_user where id = ${id}`))[0]?.username ?? ''; // prettier-ignore
const known = (id: number): Promise<number> => batch.count(`batch.subject where user_id = ${id}`);

describe('erase --user', () => {
  it('shows first, records that look, and erases nothing that was not confirmed by the name', async () => {
    await night();
    const name = await nameOf(1);
    const preview = await erase('--user', '1', '--preview');
    expect(preview).toMatchObject({ code: 0 });
    for (const line of [
      `account "${name}"`,
      '1 outcome of 1 run;',
      '- asked by user 1',
      'What stays: ',
      'knows the person anew',
      'cannot be undone',
    ])
      expect(preview.stdout).toContain(line);
    expect(
      await batch.count(
        "batch.person_read r join batch.person_read_user u on u.read_id = r.id where what = 'erase --preview' and user_id = 1",
      ),
    ).toBe(1);

    expect(await erase('--user', '1')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/no terminal.*--name/su) });
    expect(await erase('--user', '1', '--name', 'somebody')).toMatchObject({ code: 1, stderr: expect.stringContaining('(NAME_DIFFERS)') });
    const refused = await erase('--user', '1', '--name', 'somebody', '--json');
    expect([refused.code, documents(refused.stdout)]).toMatchObject([1, [{ rejected: { code: 'NAME_DIFFERS' } }]]);
    expect(await erase()).toMatchObject({ code: 2, stderr: expect.stringContaining('--deleted') });
    expect(await erase('--user', '1', '--deleted')).toMatchObject({ code: 2 });
    expect(await erase('--user', '1', '--preview', '--name', name)).toMatchObject({ code: 2 });
    expect(await known(1)).toBe(1);

    const done = await erase('--user', '1', '--name', name, '--json');
    expect([done.code, documents(done.stdout)]).toEqual([0, [{ userId: 1, erased: { known: 1, reads: 1, runs: 0, reasons: 1 } }]]);
    expect(await known(1)).toBe(0);
    expect(await batch.rows("select actor from batch.event where type = 'PersonErased'")).toEqual([{ actor: 'cli' }]);
    expect(await erase('--user', '1', '--name', name)).toMatchObject({ code: 1, stderr: expect.stringContaining('(NOTHING_KNOWN)') });
  });

  const hasScript = spawnSync('script', ['--version']).status === 0;
  if (!hasScript) console.warn('skipped: erase asks at a terminal, because this machine has no "script" of util-linux');
  (hasScript ? it : it.skip)('asks at a terminal for the name, and takes no other', async () => {
    await night();
    expect(await eraseAtTerminal(2, 'yes')).toContain('(NAME_DIFFERS)');
    expect(await known(2)).toBe(1);
    const told = await eraseAtTerminal(2, await nameOf(2));
    expect(told).toContain('What stays: ');
    expect(told).toContain('User 2 was erased');
    expect(await known(2)).toBe(0);
  });
});

/** Erases a person at a terminal, and types an answer once the question is there. @returns all that was said */
function eraseAtTerminal(id: number, answer: string): Promise<string> {
  const command = [process.execPath, MAIN, 'erase', '--user', id, '--lang', 'en'].join(' ');
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_URL: batch.url, SHELL: '/bin/sh' };
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: batch.cwd, env, stdio: ['pipe', 'pipe', 'ignore'] });
  let said = '';
  let isAsked = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (isAsked || !said.includes('name of the account to erase')) return;
    isAsked = true;
    child.stdin.write(`${answer}\n`);
  });
  return new Promise((resolve) => child.once('close', () => resolve(said)));
}

describe('erase --deleted', () => {
  it('lists persons whose account is gone, and erases them when their number confirms it', async () => {
    await night();
    expect(await erase('--deleted', '--preview')).toMatchObject({ code: 0, stdout: expect.stringContaining('No person is known') });
    for (const table of ['interventionrecord', 'userfoodrecord', 'userexerciserecord', 'usersleeprecord', 'userprofile'])
      await batch.rows(`delete from ibsafe_${table} where user_id in (3, 4)`);
    await batch.rows('delete from auth_user where id in (3, 4)');
    expect((await batch.run(['doctor', '--lang', 'en'])).stdout).toMatch(/deleted accounts.*2 persons are known still.*erase --deleted/su);
    const preview = await erase('--deleted', '--preview', '--json');
    expect(documents(preview.stdout)).toEqual([{ persons: [3, 4] }]);
    expect(await erase('--deleted')).toMatchObject({ code: 2, stderr: expect.stringMatching(/no terminal.*--count/su) });
    expect(await erase('--deleted', '--count', '1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('2 persons are listed now'),
    });
    expect([await known(3), await known(4)]).toEqual([1, 1]);
    const done = await erase('--deleted', '--count', '2', '--json');
    expect([done.code, documents(done.stdout)]).toEqual([0, [{ erased: [3, 4], stay: [] }]]);
    expect([await known(3), await known(4)]).toEqual([0, 0]);
    expect(await known(5)).toBe(1);
  });
});
