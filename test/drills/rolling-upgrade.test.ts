import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { openPool } from '../../src/database/pool.js';
import { migrate } from '../../src/migrations/migrate.js';
import { isLackOfRuns } from '../../src/projections/rebuild/lack-of-runs.js';
import { rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { begin as beginNow } from '../support/batch-client.js';
import { startCli } from '../support/cli-process.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { createPatients } from '../support/patients-database.js';
import { dataOf } from '../support/graphql-client.js';
import { findRelease } from '../support/released.js';
import { Resources } from '../support/resources.js';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const TAG = 'v0.1.0';
const release = findRelease(TAG);
if ('missing' in release) console.warn(`skipped: a rolling upgrade, because ${release.missing}`);

const USERS = 1_500;
const ENDED = "select from batch.run_view where run_id = $1 and status like 'COMPLETED%'";
/** Statements that are carried out, this one apart. */
const BUSY = "select from pg_stat_activity where datname = current_database() and state = 'active' and pid <> pg_backend_pid()";
/** Outcomes of a run, and users with more than one. */
const COUNTED = `select count(*)::int as outcomes, count(distinct user_id)::int as users, (select roster from batch.run_view where run_id = $1) as roster
  from batch.event where run_id = $1 and user_id is not null`;
/** What both releases understand. */
const BEGIN = 'mutation ($input: RunBatchInput) { runBatch(input: $input) { ... on RunBatchAccepted { run { id } } } }';
const EACH_ONCE = { outcomes: expect.any(Number), users: expect.any(Number), roster: expect.any(Number) };

/** Asks a process of either release for a run. @returns its id */
async function begin(url: string, input: object): Promise<string> {
  const answer = await dataOf<{ runBatch: { run: { id: string } } }>(url, BEGIN, { input: { recordDate: '2026-03-01', ...input } });
  return answer.runBatch.run.id;
}

('missing' in release ? describe.skip : describe)(`a worker of ${TAG}, under whom this release migrates`, () => {
  const resources = new Resources();
  const earlier = release as Exclude<typeof release, { missing: string }>;
  let url = '';
  let old: ServiceProcess;
  let db: Client;

  beforeAll(async () => {
    const database = await createEmptyDatabase();
    resources.use({ [Symbol.asyncDispose]: () => database.drop() });
    url = database.url;
    old = resources.use(await startServiceProcess(database, 'all', { TEST_MIGRATE: '1' }, earlier.entry));
    earlier.cli(url, 'demo', 'load', '--users', String(USERS), '--days', '5', '--until', '2026-03-01');
    db = new Client({ connectionString: url });
    await db.connect();
    resources.use({ [Symbol.asyncDispose]: () => db.end() });
  });
  afterAll(() => resources.end());

  const count = async (text: string, values: readonly unknown[] = []): Promise<number> => (await db.query(text, [...values])).rowCount ?? 0;
  const outcomes = (runId: string): Promise<number> => count('select from batch.event where run_id = $1 and user_id is not null', [runId]);
  const ended = (runId: string): Promise<void> => until(async () => (await count(ENDED, [runId])) === 1);
  const eachOnce = async (runId: string): Promise<void> => {
    const [row] = (await db.query<{ outcomes: number; users: number; roster: number }>(COUNTED, [runId])).rows;
    expect([row, row?.users, row?.outcomes]).toEqual([EACH_ONCE, row?.roster, row?.roster]);
    expect(row?.roster).toBeGreaterThan(USERS / 2);
  };

  it('ends the run that it is in: nobody lost, nobody doubled', async () => {
    const migrations = await count('select from batch.migration');
    // Stopped in the middle of its work, which it takes up while the migrations are made: on a busy machine it may be through before it is stopped.
    let runId = '';
    do {
      old.child.kill('SIGCONT');
      runId = await begin(old.url, { chunkSize: 10, onExisting: 'REGENERATE' });
      await until(async () => (await outcomes(runId)) > 20);
      old.child.kill('SIGSTOP');
      await until(async () => (await count(BUSY)) === 0); // what was on its way to the server has been done
    } while ((await count(ENDED, [runId])) > 0);
    const migrating = migrate(url, { ibsafeTables: false });
    await until(
      async () => (await count("select from pg_stat_activity where datname = current_database() and application_name like '%migrate'")) > 0,
    );
    expect(await count(ENDED, [runId])).toBe(0);
    old.child.kill('SIGCONT');
    await migrating;
    expect(await count('select from batch.migration')).toBeGreaterThan(migrations);
    await ended(runId);
    await eachOnce(runId);
    expect(await count("select from batch.event where run_id = $1 and type in ('RunPaused', 'RunFailed')", [runId])).toBe(0);
  });

  it('works off one together with a worker of this release, and then another alone on its schema', async () => {
    {
      await using service = await startTestService({ url });
      const together = await begin(service.url, { chunkSize: 10, onExisting: 'REGENERATE' });
      await ended(together);
      await eachOnce(together);
    }
    // The last: ended by the earlier release for certain, which leaves a night without it.
    const alone = await begin(old.url, { chunkSize: 100, onExisting: 'REGENERATE' });
    await ended(alone);
    await eachOnce(alone);
    expect(old.child.exitCode).toBeNull();
  });

  it('leaves a database on which every promise holds, once the views that it does not know are made anew', async () => {
    await old[Symbol.asyncDispose]();
    const pool = openPool({ url, max: 2, name: 'test', onError: () => undefined });
    try {
      const { differences } = await rebuildViews(pool, { verify: true });
      expect(isLackOfRuns(differences)).toBe(true);
      expect((await checkInvariants(pool)).filter(({ ok }) => !ok)).toEqual([]);
    } finally {
      await pool.end();
    }
  });
});

describe('a schema that a newer release has taken something away from', () => {
  it('ends a working process of this release with a sentence, and leaves its work to another', async () => {
    await using patients = await createPatients(400);
    const surroundings = { env: { DATABASE_URL: patients.url, NODE_ENV: 'test', DATA_DIR: '/nowhere', LOG_LEVEL: 'info' } };
    const worker = startCli(['start', '--role', 'worker'], surroundings);
    await worker.said(/the service is up/);
    {
      await using api = await startTestService(patients, { role: 'api' });
      const runId = await beginNow(api.url, { chunkSize: 10 });
      await patients.rows('update batch.program_level set least = 2');
      const { code, stderr } = await worker.ended;
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(
          /Schema batch was migrated by a newer release.*level 1; the schema wants 2.*Start the newer release in its place\./,
        ),
      ]);
      expect(await patients.rows('select from batch.chunk_work where owner is not null and not done and lease_until > now()')).toEqual([]);

      const again = await startCli(['start', '--role', 'worker'], surroundings).ended;
      expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('Nothing was changed.')]);
      const told = await startCli(['doctor', '--json'], surroundings).ended;
      expect(told.stdout).toContain('SCHEMA_OUTGROWN');

      // As the newer release would be, which knows this schema.
      await patients.rows('update batch.program_level set least = 1');
      await using heir = await startTestService(patients, { role: 'worker' });
      await until(async () => (await heir.core.pool.query(ENDED, [runId])).rowCount === 1);
      const [row] = await patients.rows<{ outcomes: number; users: number; roster: number }>(COUNTED, [runId]);
      expect([row?.outcomes, row?.users]).toEqual([row?.roster, row?.roster]);
    }
  });
});
