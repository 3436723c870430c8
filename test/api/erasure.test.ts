import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { askWith, SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const PREVIEW = `query ($id: Int!) { erasurePreview(userId: $id) { userId name hasAccount isKnown outcomes runs reads textCount texts activeRunId interventions monthsNotCovered } }`;
const ERASE = `mutation ($id: Int!, $name: String!) { answer: erasePerson(userId: $id, name: $name) { kind: __typename
  ... on PersonErased { known reads runs reasons } ... on Error { code message ko: message(language: KO) } } }`;
const DELETED = `query ($first: Int!) { personsToErase(first: $first) { total userIds } }`;

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;

beforeAll(async () => {
  database = resources.use(await createPatients(20));
  const open = resources.use(await startTestService(database));
  ({ runId } = await runToEnd(open.url, { userIds: [1, 2, 3], reason: 'for user 1' }));
  service = resources.use(await startTestService(database, { role: 'api', environment: SIGNED_CALLERS }));
});
afterAll(() => resources.end());

const ask = async (query: string, variables: object, role: 'viewer' | 'operator' | 'admin' = 'admin') =>
  askWith(service, { token: await tokenOf(`a ${role}`, role), query, variables });

/** A refusal that says in both languages that nothing was done. */
const refusal = (code: string) => ({ data: { answer: { kind: 'Refused', code, message: expect.stringMatching(/othing was/), ko: expect.stringMatching(/것은 없습니다/) } } }); // prettier-ignore

describe('GraphQL about an erasure', () => {
  it('is for admins alone', async () => {
    for (const role of ['viewer', 'operator'] as const)
      for (const [query, variables] of [
        [PREVIEW, { id: 1 }],
        [ERASE, { id: 1, name: 'x' }],
        [DELETED, { first: 1 }],
      ] as const)
        // prettier-ignore
        expect(await ask(query, variables, role)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('shows what would go and what stays, and records that look', async () => {
    const [name] = await database.column<string>('select username from auth_user where id = 1');
    expect(await ask(PREVIEW, { id: 1 })).toMatchObject({
      data: { erasurePreview: { userId: 1, name, hasAccount: true, isKnown: true, outcomes: 1, runs: 1, textCount: 1, texts: ['for user 1'], activeRunId: null, monthsNotCovered: [] } }, // prettier-ignore
    });
    const recorded = `select from batch.person_read r join batch.person_read_user u on u.read_id = r.id where what = 'ErasurePreview' and caller = 'token:a admin' and user_id = 1`;
    await until(async () => (await database.column(recorded)).length === 1);
  });

  it('refuses another name and an unknown person, in both languages, and takes no name within the operation', async () => {
    expect(await ask(ERASE, { id: 1, name: 'somebody' })).toMatchObject(refusal('NAME_DIFFERS'));
    expect(await ask(ERASE, { id: 999_999, name: '999999' })).toMatchObject(refusal('NOTHING_KNOWN'));
    expect(await ask('mutation { erasePerson(userId: 1, name: "written out") { __typename } }', {})).toMatchObject({ errors: [{}] });
    expect((await database.column('select from batch.subject where user_id = 1')).length).toBe(1);
  });

  it('waits for no run, and says which one covers the person', async () => {
    await database.rows(`update batch.run_view set ended_at = null where run_id = $1`, [runId]);
    await database.rows(`update batch.chunk_work set done = false, user_ids = '{1,2,3}' where run_id = $1`, [runId]);
    const [name] = await database.column<string>('select username from auth_user where id = 1');
    expect(await ask(PREVIEW, { id: 1 })).toMatchObject({ data: { erasurePreview: { activeRunId: runId } } });
    expect(await ask(ERASE, { id: 1, name })).toMatchObject({
      data: { answer: { code: 'RUN_UNFINISHED', message: expect.stringContaining(runId) } },
    });
    await database.rows(`update batch.run_view set ended_at = now() where run_id = $1`, [runId]);
    await database.rows(`update batch.chunk_work set done = true, user_ids = '{}' where run_id = $1`, [runId]);
  });

  it('erases: outcomes stay without the person, in the same number', async () => {
    const outcomes = `query ($id: UUID!) { run(id: $id) { userIds reason progress { generated skipped } outcomes(first: 10) { nodes { userId outcome } } } }`;
    const before = (await ask(outcomes, { id: runId })) as { data: { run: { outcomes: { nodes: { userId: number | null }[] } } } };
    const [name] = await database.column<string>('select username from auth_user where id = 1');
    expect(await ask(ERASE, { id: 1, name })).toMatchObject({ data: { answer: { kind: 'PersonErased', known: 1, runs: 1, reasons: 1 } } });
    const after = (await ask(outcomes, { id: runId })) as typeof before;
    expect(after.data.run.outcomes.nodes.map(({ userId }) => userId)).toEqual(before.data.run.outcomes.nodes.map(({ userId }) => (userId === 1 ? null : userId))); // prettier-ignore
    expect({ ...after.data.run, outcomes: 0 }).toEqual({ ...before.data.run, outcomes: 0, userIds: [2, 3], reason: '(erased)' });
    expect(await ask(PREVIEW, { id: 1 })).toMatchObject({ data: { erasurePreview: { isKnown: false, outcomes: 0, textCount: 0 } } });
  });

  it('waits for the record of a look that was made just before, which would name the person again', async () => {
    const [name] = await database.column<string>('select username from auth_user where id = 4');
    expect(await ask(PREVIEW, { id: 4 })).toMatchObject({ data: { erasurePreview: { isKnown: false, reads: 0 } } });
    expect(await ask(ERASE, { id: 4, name })).toMatchObject({ data: { answer: { kind: 'PersonErased', known: 0, reads: 1 } } });
    expect(await database.column('select from batch.person_read_user where user_id = 4')).toEqual([]);
  });

  it('lists accounts that IBSafe deleted, and records who was listed', async () => {
    expect(await ask(DELETED, { first: 10 })).toMatchObject({ data: { personsToErase: { total: 0, userIds: [] } } });
    for (const table of ['interventionrecord', 'userfoodrecord', 'userexerciserecord', 'usersleeprecord', 'userprofile'])
      await database.rows(`delete from ibsafe_${table} where user_id in (2, 3)`);
    await database.rows('delete from auth_user where id in (2, 3)');
    expect(await ask(DELETED, { first: 1 })).toMatchObject({ data: { personsToErase: { total: 2, userIds: [2] } } });
    const recorded = `select user_id from batch.person_read r join batch.person_read_user u on u.read_id = r.id where what = 'PersonsToErase.userIds'`;
    await until(async () => (await database.column(recorded)).length > 0);
    expect(await database.column(recorded)).toEqual([2]);
    expect(await ask(DELETED, { first: 101 })).toMatchObject({ errors: [{}] });
    expect(await ask(ERASE, { id: 2, name: '2' })).toMatchObject({ data: { answer: { kind: 'PersonErased', known: 1 } } });
    expect(await ask(DELETED, { first: 10 })).toMatchObject({ data: { personsToErase: { total: 1, userIds: [3] } } });
  });
});
