import { describe, expect, it } from '@jest/globals';
import { cliDatabase } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';

const batch = cliDatabase();
const RUN = '018f0000-0000-7000-8000-0000000000ab';

describe('alert', () => {
  it('lists an alert, silences it with a reason, and takes that back', async () => {
    await batch.run(['migrate']);
    await batch.rows(`insert into batch.alert (id, kind, subject, facts, first_at, last_at)
      values ('018f0000-0000-7000-8000-0000000000aa', 'RUN_PAUSED', '${RUN}', '{"program":"daily","recordDate":"2026-03-10","cause":"OPERATOR"}', now(), now())`);
    const listed = await batch.run(['alert', 'list']);
    expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(new RegExp(`OPEN .*RUN_PAUSED .*${RUN}`)) });
    const silenced = await batch.run(['alert', 'silence', '--kind', 'RUN_PAUSED', '--for', '2h', '--reason', 'known', '--json']);
    expect(silenced).toMatchObject({ code: 0 });
    const [{ silence }] = documents(silenced.stdout) as [{ silence: { id: string } }];
    expect((await batch.run(['alert', 'list'])).stdout).toMatch(/silenced[^]*RUN_PAUSED \(cli: known\)/);
    expect(await batch.run(['alert', 'end-silence', silence.id])).toMatchObject({ code: 0, stdout: expect.stringContaining('RUN_PAUSED') });
    expect(await batch.run(['alert', 'end-silence', silence.id])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no silence that goes on has that id'),
    });
  });

  it('refuses a silence without an end or for too long, and a test without a channel, and says what to do', async () => {
    await batch.run(['migrate']);
    const silence = ['alert', 'silence', '--kind', 'RUN_PAUSED', '--reason', 'known', '--for'];
    expect(await batch.run([...silence, '31d'])).toMatchObject({ code: 1, stderr: expect.stringContaining('within 30 days') });
    expect(await batch.run([...silence, 'ever'])).toMatchObject({ code: 2, stderr: expect.stringContaining('90m, 12h or 3d') });
    expect(await batch.run(['alert', 'test'])).toMatchObject({ code: 1, stderr: expect.stringContaining('ALERT_WEBHOOK_URL') });
  });
});
