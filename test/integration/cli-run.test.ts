import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { localDate } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue-file.js';
import { loadDemo } from '../../src/records/demo/index.js';
import { documents, startCli, type CliProcess, type Ended } from '../support/cli-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const USERS = 60;
const UNTIL = '2026-03-10';

let scratch: string;
let cwd: string;
let database: TestDatabase;
let client: Client;
let others: CliProcess[];

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'ibsafe-batch-cli-'));
  cwd = join(scratch, 'cwd');
  mkdirSync(cwd);
});

beforeEach(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  others = [];
  await loadDemo(database.url, { users: USERS, days: 7, seed: 3, until: localDate(UNTIL), foods: loadCatalogue().foods });
});

afterEach(async () => {
  for (const { child, ended } of others) {
    child.kill('SIGKILL');
    await ended;
  }
  await client.end();
  await database.drop();
});

afterAll(() => rmSync(scratch, { recursive: true }));

describe('run --wait', () => {
  it('does the work itself when no worker is alive, says so, and ends with 0', async () => {
    const { code, stdout, stderr } = await on(['run', '--date', UNTIL, '--wait']);
    expect(code).toBe(0);
    expect(stderr).toContain('No worker is alive: this process does the work.');
    expect(stdout).toMatch(
      new RegExp(`^Run [0-9a-f-]{36}, records of ${UNTIL}\nRun completed in [\\d.]+ s, \\d+ users:\n  generated +\\d+\n  skipped`),
    );
    expect(await count('ibsafe_interventionrecord where input_ollama_model is not null')).toBeGreaterThan(0);
    expect(await count('batch.worker where stopped_at is null')).toBe(0);
    expect(readdirSync(cwd)).toEqual([]); // with a database of yours there is nothing to keep in files
  });

  it('tells its progress in plain lines where stderr is no terminal, each tenth once', async () => {
    const { stderr } = await on(['run', '--date', UNTIL, '--wait']);
    const lines = stderr.split('\n').filter((line) => line.startsWith(`Records of ${UNTIL}: `));
    const tenths = lines.map((line) => Number(/: (\d+) %/.exec(line)?.[1]));
    expect(tenths.at(-1)).toBe(100);
    expect(tenths.length).toBeGreaterThan(2);
    expect(tenths).toEqual([...new Set(tenths)].toSorted((a, b) => a - b));
    expect(stderr).not.toContain('\r');
    expect(stderr).not.toContain('\u001B');
  });

  it('ends with 3 when a user failed, and leaves the others their advice', async () => {
    await client.query(`update ibsafe_userexerciserecord set current_steps = -5 where user_id = $1`, [await someReadyUser()]);
    const { code, stdout } = await on(['run', '--date', UNTIL, '--wait']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/completed with failures/);
    expect(stdout).toMatch(/failed +1 {3}records that cannot be right 1/);
    expect(stdout).toMatch(/generated +[1-9]/);
  });

  it('prints one JSON document and nothing else on stdout', async () => {
    const { code, stdout } = await on(['run', '--date', UNTIL, '--wait', '--json', '--reason', 'a test']);
    const [document, ...more] = documents(stdout);
    expect({ code, more }).toEqual({ code: 0, more: [] });
    expect(document).toMatchObject({ status: 'COMPLETED', percent: 100, failed: 0 });
    expect(await rows('select reason, actor from batch.run_view')).toEqual([{ reason: 'a test', actor: 'cli' }]);
  });

  it('of a dry run writes no intervention, and takes only the users it is given', async () => {
    const before = await count('ibsafe_interventionrecord');
    const { code, stdout } = await on(['run', '--date', UNTIL, '--wait', '--dry-run', '--json', '--user', String(await someReadyUser())]);
    expect({ code, after: await count('ibsafe_interventionrecord') }).toEqual({ code: 0, after: before });
    expect(documents(stdout)[0]).toMatchObject({ roster: 1, generated: 1 });
  });
});

describe('run', () => {
  it('without a worker says that the run waits, and the next worker takes it', async () => {
    await on(['run', '--date', '2026-03-01', '--wait']); // makes the first schedule, without which there is no run
    const asked = await on(['run', '--date', UNTIL]);
    expect(asked.code).toBe(0);
    expect(asked.stderr).toMatch(/No worker is alive: the run waits for one/);
    const worker = start(['start', '--role', 'worker']);
    const watched = await on(['watch']);
    expect({ code: watched.code, same: watched.stdout.split('\n')[0] }).toEqual({ code: 0, same: asked.stdout.split(',')[0] });
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
  });

  it('is refused with a code and what to do while another run for the day goes on, and names that run', async () => {
    await on(['run', '--date', '2026-03-01', '--wait']);
    const first = documents((await on(['run', '--date', UNTIL, '--json'])).stdout)[0];
    const second = await on(['run', '--date', UNTIL, '--json']);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^ibsafe-batch: A run for 2026-03-10 is already active.*\(RUN_ALREADY_ACTIVE\)\n$/);
    expect(documents(second.stdout)).toEqual([
      { rejected: expect.objectContaining({ code: 'RUN_ALREADY_ACTIVE', runId: first?.['runId'] }) },
    ]);
  });

  it('leaves the work to a worker that is alive', async () => {
    const worker = start(['start', '--role', 'worker']);
    await worker.said(/Ready/);
    const { code, stderr } = await on(['run', '--date', UNTIL, '--wait']);
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/No worker/);
  });

  it('does not take a worker that was killed a moment ago for one', async () => {
    const worker = start(['start', '--role', 'worker']);
    await worker.said(/Ready/);
    worker.child.kill('SIGKILL');
    await worker.ended;
    expect((await on(['run', '--date', UNTIL, '--wait'])).stderr).toContain('this process does the work');
  });
});

describe('what a run left behind', () => {
  beforeEach(() => on(['run', '--date', UNTIL, '--wait']));

  it('is told by watch, status and events, as JSON lines with nothing else among them', async () => {
    const [watched, status, events, outcomes] = await Promise.all([
      on(['watch', '--json']),
      on(['status', '--json']),
      on(['events', '--json', '--follow']),
      on(['events', '--json', '--outcomes']),
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
    const head = start(['events', '--outcomes', '--json']);
    head.child.stdout?.once('data', () => head.child.stdout?.destroy());
    const { code, stderr } = await head.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is rebuilt from the log: equal views end with 0, and views that somebody changed with 1 once', async () => {
    expect(await on(['rebuild', '--verify'])).toMatchObject({ code: 0, stdout: expect.stringContaining('equal row for row') });
    await client.query('update batch.chunk_view set generated = generated + 1 where chunk = 0');
    const found = await on(['rebuild', '--verify', '--json']);
    expect(found.code).toBe(1);
    expect(documents(found.stdout)).toMatchObject([{ replaced: true, differences: [{ view: 'chunk_view', column: 'generated' }] }]);
    expect((await on(['rebuild', '--verify'])).code).toBe(0);
  });

  it('has its migrations listed', async () => {
    const { code, stdout } = await on(['migrate', '--json']);
    expect(code).toBe(0);
    expect(documents(stdout)[0]).toMatchObject({
      migrations: expect.arrayContaining([expect.objectContaining({ name: '001-event-log' })]),
    });
  });
});

describe('demo load', () => {
  it('changes nothing when it is there, and refuses to mix with another', async () => {
    const again = await on(['demo', 'load', '--users', String(USERS), '--days', '7', '--seed', '3', '--until', UNTIL, '--json']);
    expect(documents(again.stdout)).toMatchObject([{ status: 'ALREADY_LOADED', users: USERS }]);
    const another = await on(['demo', 'load', '--users', '61', '--days', '7', '--seed', '3', '--until', UNTIL]);
    expect(another).toMatchObject({ code: 1, stderr: expect.stringMatching(/already holds a demo of 60 users/) });
  });
});

function on(args: readonly string[]): Promise<Ended> {
  return start(args).ended;
}

function start(args: readonly string[]): CliProcess {
  // A worker keeps its data folder; the other commands must not need one.
  const env = {
    DATABASE_URL: database.url,
    ...(args[0] === 'start' && { DATA_DIR: join(scratch, `data-${others.length}`) }),
  };
  const started = startCli(args, { cwd, env });
  others.push(started);
  return started;
}

async function someReadyUser(): Promise<number> {
  const [found] = await rows<{ id: number }>(
    `select u.id from auth_user u join ibsafe_userprofile p on p.user_id = u.id
     where u.is_active and not u.is_staff
       and exists (select from ibsafe_userfoodrecord f where f.user_id = u.id and f.record_date = '${UNTIL}')
       and exists (select from ibsafe_userexerciserecord e where e.user_id = u.id and e.record_date = '${UNTIL}')
       and not exists (select from ibsafe_interventionrecord i where i.user_id = u.id and i.record_date = '${UNTIL}')
     order by u.id limit 1`,
  );
  if (found === undefined) throw new Error('the demo has no patient who would get advice');
  return found.id;
}

async function count(from: string): Promise<number> {
  const [row] = await rows<{ n: number }>(`select count(*)::int as n from ${from}`);
  return row?.n ?? -1;
}

async function rows<Row extends object>(sql: string): Promise<Row[]> {
  return (await client.query<Row>(sql)).rows;
}
