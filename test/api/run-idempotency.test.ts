import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { askRunBatch, begin, runBatch, watch } from '../support/batch-client.js';
import { letGoOfKeys } from '../../src/store/idempotency-keys.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startServiceProcess } from '../support/service-process.js';
import { holdTable, holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(30));
  service = resources.use(await startTestService(database));
});

afterEach(async () => {
  await until(async () => (await database.column('select 1 from batch.run_view where ended_at is null')).length === 0);
});

afterAll(async () => {
  await resources.end();
});

const runs = (): Promise<string[]> => database.column<string>('select run_id from batch.run_view order by requested_at');
/** Runs requested while `work` was under way. */
async function runsOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = await runs();
  await work();
  return (await runs()).filter((id) => !before.includes(id));
}

describe('an idempotency key', () => {
  it('stands for one run, before and after it has ended', async () => {
    const input = { idempotencyKey: randomUUID(), chunkSize: 5 };
    const first = await runBatch(service.url, input);
    expect(first).toMatchObject({ kind: 'RunBatchAccepted', repeated: false });
    expect(await runBatch(service.url, input)).toMatchObject({ repeated: true, run: { id: first.run?.id } });
    await watch(service.url, first.run?.id ?? '');
    expect(await runBatch(service.url, input)).toMatchObject({ repeated: true, run: { id: first.run?.id, status: 'COMPLETED' } });
  });

  it('stands for one run when ten requests come at once', async () => {
    const input = { idempotencyKey: randomUUID(), dryRun: true };
    let answers: Awaited<ReturnType<typeof runBatch>>[] = [];
    const made = await runsOf(async () => {
      answers = await Promise.all(Array.from({ length: 10 }, () => runBatch(service.url, input)));
    });
    expect(made).toHaveLength(1);
    expect(answers.map(({ run }) => run?.id)).toEqual(Array.from({ length: 10 }, () => made[0]));
    expect(answers.filter(({ repeated }) => repeated === false)).toHaveLength(1);
  });

  it('keeps of its order nothing that names a person, and a hash that no list of ids gives without the secret', async () => {
    const idempotencyKey = randomUUID();
    await begin(service.url, { idempotencyKey, dryRun: true, userIds: [1, 2, 3], reason: 'three of them' });
    const kept = `select fingerprint from batch.idempotency_key where key = $1`;
    const [first] = await database.column<string>(kept, [idempotencyKey]);
    expect(first).toMatch(/^\d+:[0-9a-f]{64}$/u);
    // As a process of an earlier release writes it.
    await database.rows(
      `insert into batch.idempotency_key (actor, key, fingerprint, run_id) values ('an earlier release', $1, '{"userIds":[1,2,3]}', gen_random_uuid())`,
      [idempotencyKey],
    );
    const same = `select batch.is_order(fingerprint, $2) from batch.idempotency_key where actor = 'an earlier release' and key = $1`;
    expect(await database.column(same, [idempotencyKey, '{"userIds":[1,2,3]}'])).toEqual([true]);
    expect(await database.column(same, [idempotencyKey, '{"userIds":[1,2]}'])).toEqual([false]);
    const guess = `select fingerprint from batch.idempotency_key where fingerprint like '%{%' or split_part(fingerprint, ':', 2) = encode(sha256('{"userIds":[1,2,3]}'), 'hex')`;
    expect(await database.column(guess)).toEqual([]);
  });

  it('is free again after thirty days', async () => {
    const [old, young] = [randomUUID(), randomUUID()];
    const first = await begin(service.url, { idempotencyKey: old, dryRun: true });
    const kept = await begin(service.url, { idempotencyKey: young, dryRun: true });
    await database.rows(`update batch.idempotency_key set created_at = now() - interval '30 days 1 minute' where key = $1`, [old]);
    await database.rows(`update batch.idempotency_key set created_at = now() - interval '29 days' where key = $1`, [young]);
    // More than one statement lets go of.
    await database.rows(`insert into batch.idempotency_key (actor, key, fingerprint, run_id, created_at)
      select 'many', n::text, '', gen_random_uuid(), now() - interval '31 days' from generate_series(1, 2000) n`);
    expect(await letGoOfKeys(database.pool)).toBe(2_001);
    expect(await begin(service.url, { idempotencyKey: young, dryRun: true })).toBe(kept);
    expect(await begin(service.url, { idempotencyKey: old, dryRun: true })).not.toBe(first);
  });

  it('is refused for another input, and the refusal names its run', async () => {
    const idempotencyKey = randomUUID();
    const runId = await begin(service.url, { idempotencyKey, dryRun: true });
    const made = await runsOf(async () => {
      expect(await runBatch(service.url, { idempotencyKey, dryRun: false })).toMatchObject({
        kind: 'RunConflict',
        code: 'IDEMPOTENCY_KEY_REUSED',
        message: expect.stringContaining('Use a new key'),
        conflictingRun: { id: runId },
      });
    });
    expect(made).toEqual([]);
  });

  it('is free again when its request was refused', async () => {
    const idempotencyKey = randomUUID();
    expect(await runBatch(service.url, { idempotencyKey, recordDate: '2999-01-01' })).toMatchObject({ code: 'DATE_IN_FUTURE' });
    expect(await runBatch(service.url, { idempotencyKey, dryRun: true })).toMatchObject({ kind: 'RunBatchAccepted', repeated: false });
  });
});

describe('an api process that is killed while it takes a request', () => {
  it('before the run is in the log leaves nothing of it, and the repeated request makes it', async () => {
    const input = { idempotencyKey: randomUUID(), dryRun: true };
    const made = await runsOf(async () => {
      await using api = await startServiceProcess(database, 'api');
      const hold = await holdTable(database, 'batch.run_view in share mode');
      const unanswered = expect(askRunBatch(api.url, input)).rejects.toThrow('fetch failed');
      await hold.keeps(1);
      api.child.kill('SIGKILL');
      await unanswered;
      await hold.release();
      expect(await runBatch(service.url, input)).toMatchObject({ kind: 'RunBatchAccepted', repeated: false });
    });
    expect(made).toHaveLength(1);
  });

  it('once the run is in the log has made it, and the repeated request is answered with it', async () => {
    const input = { idempotencyKey: randomUUID(), dryRun: true };
    const made = await runsOf(async () => {
      await using api = await startServiceProcess(database, 'api');
      const hold = await holdTable(database, 'batch.agenda_jobs in access exclusive mode'); // the ring comes between the commit and the answer
      const unanswered = expect(askRunBatch(api.url, input)).rejects.toThrow('fetch failed');
      await until(
        async () => (await database.column('select 1 from batch.idempotency_key where key = $1', [input.idempotencyKey])).length > 0,
      );
      api.child.kill('SIGKILL');
      await unanswered;
      await hold.release();
      expect(await runBatch(service.url, input)).toMatchObject({ kind: 'RunBatchAccepted', repeated: true });
    });
    expect(made).toHaveLength(1);
  });
});

describe('two requests for one date at once', () => {
  it('make one run; the other is told which', async () => {
    const hold = await holdWorkers(database, 'READING'); // else the first run may have ended when the second request is decided on
    const answers = await Promise.all([runBatch(service.url), runBatch(service.url)]);
    await hold.release();
    const [accepted, refused] = answers.toSorted((a) => (a.kind === 'RunBatchAccepted' ? -1 : 1));
    expect(accepted?.kind).toBe('RunBatchAccepted');
    expect(refused).toMatchObject({
      kind: 'RunConflict',
      code: 'RUN_ALREADY_ACTIVE',
      message: expect.stringMatching(/Follow it, or wait/),
      conflictingRun: { id: accepted?.run?.id },
    });
  });
});
