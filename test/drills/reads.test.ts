import { describe, expect, it } from '@jest/globals';
import { userInfo } from 'node:os';
import { judgeReads } from '../../src/doctor/reads.js';
import { begin } from '../support/batch-client.js';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';
import { dataOf } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients } from '../support/patients-database.js';
import { startServiceProcess } from '../support/service-process.js';
import { until } from '../support/until.js';

const batch = cliDatabase();
const CALLER = `cli:${userInfo().username}`;
const PATIENT = 'query ($id: Int!) { patient(id: $id) { active } }';

interface ShownRead {
  readonly caller: string;
  readonly via: string;
  readonly what: string;
  readonly runId: string | null;
  readonly userIds: readonly number[];
}

describe('audit', () => {
  it('lists the reads of a person, of commands as well, and its own question among them', async () => {
    await batch.run(['migrate']);
    await batch.rows(
      `insert into batch.person_read (id, at, caller, via, what, fields, users) values ('018f0000-0000-7000-8000-0000000000aa', now(), 'key:day-watch', 'GRAPHQL', 'Outcome', '{outcome,userId}', 1)`,
    );
    await batch.rows(`insert into batch.person_read_user (user_id, read_id) values (93, '018f0000-0000-7000-8000-0000000000aa')`);
    const asked = await batch.run(['audit', 'reads', '--user', '93']);
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringMatching(/GRAPHQL +key:day-watch +Outcome \(outcome, userId\) +user 93/) });
    const [{ reads }] = documents((await batch.run(['audit', 'reads', '--caller', CALLER, '--json'])).stdout) as [{ reads: ShownRead[] }];
    expect(reads).toEqual([expect.objectContaining({ via: 'COMMAND', what: 'audit reads', userIds: [93] })]);
    expect(await batch.run(['audit', 'gaps'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No read is known to be missing'),
    });
    expect(await batch.run(['audit', 'reads', '--from', 'yesterday'])).toMatchObject({ code: 2, stderr: expect.stringContaining('2026-03-01T09:00Z') }); // prettier-ignore
  });

  it('has an order of a command recorded before anything is shown, and shows nothing where it cannot be', async () => {
    await batch.run(['migrate']);
    await batch.rows('alter table batch.person_read rename to person_read_away');
    const refused = await batch.run(['audit', 'reads', '--user', '93']);
    await batch.rows('alter table batch.person_read_away rename to person_read');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('a process that answers', () => {
  it('loses what waits for the database when it is killed, and that alone; the doctor tells of its end', async () => {
    await using database = await createPatients(20);
    await using api = await startServiceProcess(database, 'api');
    await dataOf(api.url, PATIENT, { id: 1 });
    const recorded = (): Promise<number[]> => database.column<number>('select user_id from batch.person_read_user order by 1');
    await until(async () => (await recorded()).length === 1);
    await database.rows('alter table batch.person_read rename to person_read_away');
    await dataOf(api.url, PATIENT, { id: 2 });
    await api.heard('cannot be recorded now');
    api.child.kill('SIGKILL');
    await api.ended;
    await database.rows('alter table batch.person_read_away rename to person_read');
    expect(await recorded()).toEqual([1]);
    await database.rows(`update batch.worker set seen_at = now() - interval '2 minutes'`);
    expect(await judgeReads(database.pool)).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/ended without a word in 30 days: 1, the last at/),
    });
  });

  it('records what it has just answered before it stops', async () => {
    await using database = await createPatients(20);
    await using api = await startServiceProcess(database, 'api');
    await dataOf(api.url, PATIENT, { id: 3 });
    api.child.kill('SIGTERM');
    expect(await api.ended).toBe(0);
    expect(await database.column('select user_id from batch.person_read_user')).toEqual([3]);
  });
});

describe('events --outcomes', () => {
  it('is recorded as a read of everybody of the run, by the user of the machine', async () => {
    await batch.run(['migrate']);
    await using service = await startServiceProcess({ url: batch.url }, 'all');
    const runId = await begin(service.url, { recordDate: DEMO.until });
    await until(async () => (await batch.count('batch.run_view where ended_at is not null')) === 1);
    await logIsSettled(batch);
    const told = await batch.run(['events', runId, '--outcomes']);
    expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('user ') });
    await batch.run(['events', runId]);
    const [user = 0] = (await batch.rows<{ user_id: number }>('select user_id from batch.outcome_view')).map(({ user_id }) => user_id);
    await batch.run(['forecast', '--user', String(user), '--date', DEMO.until]);
    const asked = await batch.run(['run', '--user', '424245', '--dry-run', '--date', DEMO.until]);
    expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('424245') });
    const rows = await batch.rows(`select caller, what, users, run_id from batch.person_read where via = 'COMMAND' order by id`);
    const users = await batch.count('batch.outcome_view');
    expect(rows).toEqual([
      { caller: CALLER, what: 'events --outcomes', users, run_id: runId },
      { caller: CALLER, what: 'forecast', users: 1, run_id: null },
      { caller: CALLER, what: 'run', users: 1, run_id: null },
    ]);
  });
});
