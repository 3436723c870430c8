import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkInvariants, type InvariantResult } from '../../src/doctor/invariants.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { BEGIN_HELD } from '../support/held-transaction.js';

describe('the checker of invariants', () => {
  let batch: TestBatch;
  let runId: string;

  beforeEach(async () => {
    batch = await createTestBatch({ users: 24 });
    runId = await batch.run();
  });
  afterEach(() => batch.close());

  const broken = async (): Promise<readonly InvariantResult[]> => (await checkInvariants(batch.pool)).filter(({ ok }) => !ok);
  const names = async (): Promise<string[]> => (await broken()).map(({ name }) => name);
  /** What no code of the service does: the log's triggers sleep meanwhile. */
  const damage = async (...statements: string[]): Promise<void> => {
    const client = await batch.pool.connect();
    try {
      await client.query(BEGIN_HELD);
      await client.query("set local batch.appending = 'linked'");
      await client.query('alter table batch.event_log disable trigger event_no_change');
      for (const statement of statements) await client.query(statement.replaceAll(':run', `'${runId}'`));
      await client.query('commit');
    } finally {
      client.release();
    }
  };

  it('finds every promise kept after runs of every kind, and after a plan that nobody has worked off yet', async () => {
    const { rows } = await batch.pool.query<{ day: string }>('select record_date::text as day from batch.run_view');
    await batch.run({ dryRun: true });
    await batch.run({ userIds: [3, 13, 23] });
    await batch.run({ onExisting: 'REGENERATE', recordDate: rows[0]?.day as never });
    await batch.request();
    const results = await checkInvariants(batch.pool);
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(10);
  });

  it('passes over interventions that somebody else wrote or the user took along', async () => {
    const row = `(user_id, record_date, target_date, gubun, diet_evaluation, exercise_evaluation, processing_time, input_ollama_model, created_at, updated_at)`;
    await damage(
      `insert into public.ibsafe_interventionrecord ${row} values (1, '2020-01-01', '2020-01-02', 'all', '', '', 0, 'RULE', now(), now())`,
      `delete from public.ibsafe_interventionrecord where user_id = 3`,
      `delete from public.auth_user where id = 3`,
    );
    expect(await broken()).toEqual([]);
  });

  it('leaves rows to the app that it deleted, or made later under an id that had been one of ours, and says how many are gone', async () => {
    const copied = 'record_date, target_date, gubun, diet_evaluation, exercise_evaluation, processing_time';
    await damage(
      'delete from public.ibsafe_interventionrecord where user_id in (4, 5)',
      `insert into public.ibsafe_interventionrecord (id, user_id, ${copied}, created_at, updated_at) overriding system value
       select (select (data->>'interventionId')::bigint from batch.event where run_id = :run and user_id = 5), 1, ${copied}, now() + interval '1 day', now()
       from public.ibsafe_interventionrecord where user_id = 6`,
    );
    expect(await broken()).toEqual([]);
    const told = (await checkInvariants(batch.pool)).find(({ name }) => name.includes('is a row of that user'));
    expect(told?.found).toMatch(/^no breach; 1 row that was written is gone since/);
  });

  const EVENTS = 'batch.event_log where run_id = :run';
  const GENERATED = `type = 'InterventionGenerated' and subject = (select s.subject from batch.subject s where s.user_id = 5)`;
  it.each([
    [
      'an outcome is lost',
      ['as it was appended', 'exactly one outcome', 'has a gap', 'plan put its user in', 'backed by an event', 'views'],
      [`delete from ${EVENTS} and ${GENERATED}`],
    ],
    [
      'a user has two outcomes',
      ['as it was appended', 'exactly one outcome', 'plan put its user in', 'views'],
      [
        'alter table batch.event_log drop constraint event_outcome',
        `insert into batch.event_log (xid, stream, version, type, run_id, run_month, subject, data, actor, correlation_id)
         select xid, stream, (select max(o.version) + 1 from batch.event o where o.stream = event_log.stream), type, run_id, run_month, subject, data, actor, correlation_id from ${EVENTS} and ${GENERATED}`,
      ],
    ],
    [
      'an outcome stands in another chunk',
      ['as it was appended', 'plan put its user in', 'has a gap', 'views'],
      [`update batch.event_log set stream = 'run-' || run_id || '/chunk-9' where run_id = :run and ${GENERATED}`],
    ],
    [
      'a version is missing',
      ['as it was appended', 'has a gap'],
      [`update batch.event_log set version = version + 1 where run_id = :run and type = 'ChunkCompleted'`],
    ],
    [
      'a chunk ended with another sum',
      ['as it was appended', 'sums that chunks'],
      [`update batch.event_log set data = jsonb_set(data, '{generated}', '99') where run_id = :run and type = 'ChunkCompleted'`],
    ],
    [
      'a run ended with other reasons',
      ['as it was appended', 'sums that chunks', 'views'],
      [`update batch.event_log set data = jsonb_set(data, '{reasons,NO_PROFILE}', '1') where run_id = :run and type = 'RunCompleted'`],
    ],
    [
      'the view of a run has another roster',
      ['is the roster', 'exactly one outcome', 'views'],
      ['update batch.run_view set roster = 99 where run_id = :run'],
    ],
    [
      'an outcome tells of advice and names no row',
      ['as it was appended', 'is a row of that user', 'backed by an event'],
      [`update batch.event_log set data = jsonb_set(data, '{interventionId}', 'null') where run_id = :run and ${GENERATED}`],
    ],
    [
      'an intervention has become another user’s',
      ['is a row of that user'],
      ['update public.ibsafe_interventionrecord set user_id = 1 where user_id = 5'],
    ],
    [
      'an intervention is of another program',
      ['is a row of that user'],
      [`update public.ibsafe_interventionrecord set gubun = 'sleep' where user_id = 5`],
    ],
    [
      'advice was written and not told of',
      ['backed by an event'],
      [
        `insert into public.ibsafe_interventionrecord (user_id, record_date, target_date, gubun, diet_evaluation, exercise_evaluation, processing_time, outputs, created_at, updated_at)
         select 1, record_date, target_date, gubun, '', '', 0, outputs, created_at, updated_at from public.ibsafe_interventionrecord where user_id = 5`,
      ],
    ],
    [
      'advice of a model was written and not told of',
      ['backed by an event'],
      [
        `insert into public.ibsafe_interventionrecord (user_id, record_date, target_date, gubun, diet_evaluation, exercise_evaluation, processing_time, outputs, created_at, updated_at)
         select 1, record_date, target_date, 'sleep', '', '', 0, '{"promptVersion": "daily-ko-1"}', created_at, updated_at from public.ibsafe_interventionrecord where user_id = 5`,
      ],
    ],
    ['a dry run wrote', ['is a row of that user', 'views'], ['update batch.run_view set dry_run = true where run_id = :run']],
    [
      'an outcome says more than the codec knows',
      ['as it was appended', 'no event has a type or a field'],
      [`update batch.event_log set data = data || '{"meal": "kimchi"}' where run_id = :run and ${GENERATED}`],
    ],
    [
      'an outcome’s figure is a text',
      ['as it was appended', 'no event has a type or a field'],
      [`update batch.event_log set data = data || '{"durationMs": "kimchi"}' where run_id = :run and ${GENERATED}`],
    ],
    [
      'the end of a chunk says more than the codec knows',
      ['as it was appended', 'no event has a type or a field'],
      [`update batch.event_log set data = data || '{"meal": "kimchi"}' where run_id = :run and type = 'ChunkCompleted'`],
    ],
    [
      'an event has an unknown type',
      ['as it was appended', 'no event has a type or a field', 'views'],
      [`update batch.event_log set type = 'RunTeleported' where run_id = :run and type = 'RunStarted'`],
    ],
    [
      'a chunk of the view counts wrongly',
      ['is the roster', 'sums that chunks', 'views'],
      ['update batch.chunk_view set skipped = skipped + 1 where run_id = :run'],
    ],
    [
      'a slot is in the ledger only',
      ['every slot'],
      [
        `insert into batch.slot (schedule_id, slot, fired, reason, misfire) select schedule_id, now(), false, 'OVERLAP', false from batch.schedule_view`,
      ],
    ],
  ])('notices when %s', async (_, expected, statements) => {
    await damage(...statements);
    const found = await names();
    for (const part of expected) expect(found).toContainEqual(expect.stringContaining(part));
    expect(found).toHaveLength(expected.length);
  });

  it('names some breaches and counts the others, in ids and figures and never in words of a record', async () => {
    await damage(`update batch.event_log set data = data || '{"meal": "kimchi"}' where run_id = :run and type = 'InterventionGenerated'`);
    await damage(`update public.ibsafe_interventionrecord set gubun = 'kimchi'`);
    const texts = (await broken()).map(({ found }) => found);
    expect(texts).toContainEqual(
      expect.stringMatching(/^run [-0-9a-f]+: user \d+: intervention \d+ is another user’s, date’s or program’s; .* … and \d+ more$/),
    );
    expect(texts.join(' ')).not.toContain('kimchi');
  });
});
