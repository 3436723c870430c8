import { beforeEach, describe, expect, it } from '@jest/globals';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';
import { logIsSettled } from '../support/log-settled.js';

const batch = cliDatabase();

describe('what a run left behind', () => {
  beforeEach(async () => {
    await batch.run(['run', '--date', DEMO.until, '--wait']);
    await logIsSettled(batch);
  });

  it('is told by watch, status and events, as JSON lines with nothing else among them', async () => {
    const [watched, status, events, outcomes] = await Promise.all([
      batch.run(['watch', '--json']),
      batch.run(['status', '--json']),
      batch.run(['events', '--json', '--follow']),
      batch.run(['events', '--json', '--outcomes']),
    ]);
    expect([watched.code, status.code, events.code, outcomes.code]).toEqual([0, 0, 0, 0]);
    const last = documents(watched.stdout).at(-1);
    expect(last).toMatchObject({ status: 'COMPLETED', percent: 100 });
    expect(documents(status.stdout)).toMatchObject([{ service: null, runs: [{ runId: last?.['runId'], status: 'COMPLETED' }] }]);
    const types = documents(events.stdout).map(({ type }) => type);
    expect([types[0], types[1], types[2], types.at(-1)]).toEqual(['RunRequested', 'RunPlanned', 'RunStarted', 'RunCompleted']);
    const users = documents(outcomes.stdout).flatMap(({ userId }) => (userId === null ? [] : [userId]));
    expect(new Set(users).size).toBe(last?.['roster']);
    expect(users).toHaveLength(last?.['roster'] as number);
  });

  it('stays whole when the reader of the events goes away', async () => {
    const head = batch.start(['events', '--outcomes', '--json']);
    head.child.stdout?.once('data', () => head.child.stdout?.destroy());
    const { code, stderr } = await head.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is rebuilt from the log: equal views end with 0, and views that somebody changed with 1 once', async () => {
    expect(await batch.run(['rebuild', '--verify'])).toMatchObject({ code: 0, stdout: expect.stringContaining('equal row for row') });
    await batch.rows('update batch.chunk_view set generated = generated + 1 where chunk = 0');
    const found = await batch.run(['rebuild', '--verify', '--json']);
    expect(found.code).toBe(1);
    expect(documents(found.stdout)).toMatchObject([{ replaced: true, differences: [{ view: 'chunk_view', column: 'generated' }] }]);
    expect((await batch.run(['rebuild', '--verify'])).code).toBe(0);
  });

  it('is examined by the doctor: well as it is, and a problem with 1 once somebody changed it', async () => {
    const well = await batch.run(['doctor', '--invariants', '--json']);
    expect(well.code).toBe(0);
    const [{ findings = [] } = {}] = documents(well.stdout) as { findings?: { check: string; status: string }[] }[];
    expect(findings.filter(({ status }) => status === 'problem')).toEqual([]);
    expect(findings.length).toBeGreaterThan(10);
    await batch.rows('update batch.chunk_view set generated = generated + 1 where chunk = 0');
    const amiss = await batch.run(['doctor', '--invariants']);
    expect(amiss).toMatchObject({ code: 1, stdout: expect.stringMatching(/^problem +invariant: .*\n +→ /m) });
    expect((await batch.run(['doctor'])).code).toBe(0); // what reads the whole log is asked for
  });

  it('has its migrations listed', async () => {
    const { code, stdout } = await batch.run(['migrate', '--json']);
    expect(code).toBe(0);
    expect(documents(stdout)[0]).toMatchObject({
      migrations: expect.arrayContaining([expect.objectContaining({ name: '001-event-log' })]),
    });
  });
});

describe('demo load', () => {
  it('changes nothing when it is there, and refuses to mix with another', async () => {
    const again = await batch.run([
      'demo',
      'load',
      '--users',
      String(DEMO.users),
      '--days',
      '7',
      '--seed',
      '3',
      '--until',
      DEMO.until,
      '--json',
    ]);
    expect(documents(again.stdout)).toMatchObject([{ status: 'ALREADY_LOADED', users: DEMO.users }]);
    const another = await batch.run(['demo', 'load', '--users', '61', '--days', '7', '--seed', '3', '--until', DEMO.until]);
    expect(another).toMatchObject({ code: 1, stderr: expect.stringMatching(/already holds a demo of 60 users/) });
  });
});
