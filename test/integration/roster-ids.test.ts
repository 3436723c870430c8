import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runToEnd } from '../support/batch-client.js';
import { cli } from '../support/cli-process.js';
import { dataOf } from '../support/graphql-client.js';
import { outcomesOf } from '../support/outcome-list.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** Ids that an account may have and a demo has not. */
const ODD = [-2_147_483_648, -2_147_483_647, -7, -1, 0, 2_147_483_647];
const OWNED = [
  'ibsafe_userprofile',
  'ibsafe_userfoodrecord',
  'ibsafe_userexerciserecord',
  'ibsafe_usersleeprecord',
  'ibsafe_interventionrecord',
];

describe('accounts of every id', () => {
  const resources = new Resources();
  let database: PatientsDatabase;
  let service: TestService;
  let runId: string;

  beforeAll(async () => {
    database = resources.use(await createPatients(160));
    const ready = await database.column<number>(
      `select a.id from auth_user a join ibsafe_userprofile p on p.user_id = a.id where a.is_active and not a.is_staff
         and exists (select from ibsafe_userfoodrecord r where r.user_id = a.id and r.record_date = $1)
         and exists (select from ibsafe_userexerciserecord r where r.user_id = a.id and r.record_date = $1)
         and not exists (select from ibsafe_interventionrecord i where i.user_id = a.id) order by a.id limit $2`,
      [RECORD_DATE, ODD.length],
    );
    const moves = ['auth_user set id', ...OWNED.map((table) => `${table} set user_id`)].flatMap((move) =>
      ready.map((id, at) => `update public.${move} = ${ODD[at]} where ${move.split(' ').at(-1)} = ${id}`),
    );
    await database.rows(`begin; set constraints all deferred; ${moves.join('; ')}; commit`);
    service = resources.use(await startTestService(database));
    ({ runId } = await runToEnd(service.url, { chunkSize: 10 }));
  });
  afterAll(() => resources.end());

  it('are on the roster, get advice, and are found page by page', async () => {
    const outcomes = await outcomesOf(service.url, runId);
    const roster = await database.column<number>('select id from auth_user where is_active and not is_staff order by id');
    expect(outcomes.map(({ userId }) => userId)).toEqual(roster);
    const advised = outcomes.filter(({ userId }) => ODD.includes(userId));
    expect(advised).toMatchObject(ODD.map((userId) => ({ userId, outcome: 'GENERATED', intervention: { userId } })));
    const first = `query ($id: UUID!, $after: String) { run(id: $id) { outcomes(first: 2, after: $after) { pageInfo { endCursor } nodes { userId } } } }`;
    type Page = { run: { outcomes: { pageInfo: { endCursor: string }; nodes: { userId: number }[] } } };
    const one = (await dataOf<Page>(service.url, first, { id: runId })).run.outcomes;
    const two = (await dataOf<Page>(service.url, first, { id: runId, after: one.pageInfo.endCursor })).run.outcomes;
    const inOrder = await database.column<number>('select user_id from batch.outcome_view where run_id = $1 order by subject limit 4', [
      runId,
    ]);
    expect([...one.nodes, ...two.nodes].map(({ userId }) => userId)).toEqual(inOrder);
  });

  it('break no promise, neither in the log nor in the views made from it', async () => {
    expect(await faultsOf(database, runId)).toEqual([]);
    expect((await checkInvariants(service.core.maintenance)).filter(({ ok }) => !ok)).toEqual([]);
    expect((await compareViews(service.core.maintenance)).differences).toEqual([]);
  });

  it('can be asked about, and chosen, over GraphQL and on the command line', async () => {
    const chosen = await runToEnd(service.url, { userIds: ODD, onExisting: 'REGENERATE' });
    expect(chosen.end).toMatchObject({ roster: ODD.length, generated: ODD.length });
    const timeline = `{ userTimeline(userId: ${ODD[0]}, from: "${RECORD_DATE}", to: "${RECORD_DATE}") { userId days { verdict } } }`;
    expect(await dataOf(service.url, timeline)).toMatchObject({ userTimeline: { userId: ODD[0], days: [{ verdict: 'GENERATED' }] } });
    const command = ['run', '--wait', '--json', '--date', RECORD_DATE, '--user=-7', '--user', '0', '--on-existing', 'regenerate'];
    const { code, stderr } = await cli(command, { env: { DATABASE_URL: database.url } });
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
});
