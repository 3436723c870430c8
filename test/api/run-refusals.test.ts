import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askRunBatch, runBatch } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(100));
  service = resources.use(await startTestService(database, { role: 'api' }));
});

afterAll(async () => {
  await resources.end();
});

/** What a client words a mistake by, in its reader's language. */
const DAY = { sentence: 'DAY', values: {} };
const variable = (field: string): object => ({ sentence: 'VARIABLE', values: { field } });

const runs = async (): Promise<number> => (await database.column('select 1 from batch.event where run_id is not null')).length;

describe('runBatch', () => {
  it.each<[string, object, RegExp]>([
    ['DATE_IN_FUTURE', { recordDate: '2999-12-31' }, /or earlier, found 2999-12-31\. Choose/],
    ['DATE_TOO_OLD', { recordDate: '1999-12-31' }, /or later, found 1999-12-31\. Choose/],
    ['EMPTY_USER_IDS', { userIds: [] }, /found none\. Leave it out/],
    ['UNKNOWN_USERS', { userIds: [1, 2_147_483_647, 0, -5] }, /these are not: 2147483647, 0, -5\. Remove them/],
    ['TOO_MANY_USER_IDS', { userIds: Array.from({ length: 10_001 }, (_, at) => at) }, /found 10001\. Leave it out/],
    ['CHUNK_SIZE_OUT_OF_RANGE', { chunkSize: 0 }, /from 1 to 10000, found 0/],
    ['REASON_TOO_LONG', { reason: 'r'.repeat(501) }, /found 501\. Shorten it/],
    ['REASON_UNPRINTABLE', { reason: 'a\u0000b' }, /Leave them out/],
    ['REASON_UNPRINTABLE', { reason: 'half a pair \ud83d' }, /Leave them out/],
    ['GENERATOR_NOT_AVAILABLE', { generator: 'LLM' }, /Available: RULES/],
    ['IDEMPOTENCY_KEY_INVALID', { idempotencyKey: 'two words' }, /Send a UUID/],
    ['IDEMPOTENCY_KEY_INVALID', { idempotencyKey: 'k'.repeat(129) }, /Send a UUID/],
  ])('refuses with %s, says what to do, and records nothing: %j', async (code, input, message) => {
    const before = await runs();
    expect(await runBatch(service.url, input)).toEqual({ kind: 'Refused', code, message: expect.stringMatching(message) });
    expect(await runs()).toBe(before);
  });

  it('refuses an account that is closed or staff as it does an unknown one', async () => {
    const [closed] = await database.column<number>('select id from auth_user where not is_active or is_staff limit 1');
    expect(await runBatch(service.url, { userIds: [closed] })).toMatchObject({
      code: 'UNKNOWN_USERS',
      message: expect.stringContaining(`: ${closed}.`),
    });
  });

  it.each<[object, RegExp, object]>([
    [{ recordDate: '2026-02-30' }, /YYYY-MM-DD.*in the calendar, found "2026-02-30"/, DAY],
    [{ recordDate: 'yesterday' }, /YYYY-MM-DD/, DAY],
    [{ recordDate: 20_260_301 }, /YYYY-MM-DD/, DAY],
    [{ userIds: ['one'] }, /Int cannot represent/, variable('userIds')],
    [{ userIds: [2_147_483_648] }, /32-bit/, variable('userIds')],
    [{ chunkSize: 1.5 }, /Int cannot represent/, variable('chunkSize')],
    [{ onExisting: 'DELETE' }, /does not exist in "OnExisting" enum/, variable('onExisting')],
    [{ language: 'ko' }, /not defined by type "RunBatchInput"/, {}],
  ])('answers what is not of its type with BAD_USER_INPUT: %j', async (input, message, sentence) => {
    const { errors, data } = await askRunBatch(service.url, input);
    expect(data ?? null).toBeNull();
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', ...sentence });
  });

  it('runs nothing while no schedule is active', async () => {
    const kept = await database.rows<{ status: string }>(`update batch.schedule_view set status = 'PAUSED' returning status`);
    expect(kept.length).toBeGreaterThan(0);
    const answer = await runBatch(service.url);
    await database.rows(`update batch.schedule_view set status = 'ACTIVE'`);
    expect(answer).toEqual({
      kind: 'Refused',
      code: 'NO_ACTIVE_SCHEDULE',
      message: expect.stringContaining('Create or resume a schedule'),
    });
  });
});
