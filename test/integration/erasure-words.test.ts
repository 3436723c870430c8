import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import { migrate } from '../../src/migrations/migrate.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { dataOf } from '../support/graphql-client.js';
import { addPerson, type KnownPerson } from '../support/known-person.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { placesHolding } from '../support/walk-batch.js';

const PERSON: KnownPerson = { id: 1_234_567_893, username: 'kim.canary', firstName: '카나리아' };
const NEEDLES = { id: PERSON.id, username: PERSON.username };
const PLACES = `select table_name || '.' || column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where table_schema = 'batch' and table_type = 'BASE TABLE' and data_type = 'text' and column_name ~ '(^|_)(reason|note|why|words)$|^without_schedule$' order by 1`;
const BEFORE = `do $do$ begin
  execute replace(pg_get_functiondef('batch.erase_person(int, uuid[])'::regprocedure), $$, ('backfill_view', 'without_schedule')$$, '');
end $do$`;

describe("Operators' words", () => {
  let database: PatientsDatabase;
  let service: TestService;
  beforeAll(async () => {
    database = await createPatients(3);
    await addPerson(database, PERSON);
    service = await startTestService(database);
  });
  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
  });

  it('are taken out of every column that holds some', async () => {
    const columns = await database.column<string>(PLACES);
    const [body = ''] = await database.column<string>(`select pg_get_functiondef('batch.erase_person(int, uuid[])'::regprocedure)`);
    expect(columns).toContain('backfill_view.without_schedule');
    // What Agenda says of a job that failed is no word of an operator's.
    expect(
      columns.filter((column) => column !== 'agenda_jobs.fail_reason' && !body.includes(`('${column.replace('.', "', '")}')`)),
    ).toEqual([]);
  });

  it('of a backfill without an active schedule go with the person that they name, and the views stay what the log says', async () => {
    const words = `${PERSON.username} asked (${PERSON.id})`;
    const text = `mutation ($input: BackfillInput!) { backfill(input: $input) { ... on BackfillAccepted { backfill { id } } ... on Error { code message } } }`;
    const input = { from: '2026-03-01', to: '2026-03-01', withoutSchedule: words };
    const asked = await dataOf<{ backfill: { code?: string } }>(service.url, text, { input });
    expect(asked.backfill).toEqual({ backfill: { id: expect.any(String) } });
    expect(await placesHolding(database.pool, NEEDLES)).toContain('backfill_view.without_schedule: username');
    await until(async () => (await database.column(`select from batch.run_view where ended_at is not null`)).length > 0);
    expect(await new ErasureDesk(database.pool).erase(PERSON.id, { name: PERSON.username, actor: 'test' })).toHaveProperty('erased');
    expect(await placesHolding(database.pool, NEEDLES)).toEqual([]);
    expect(await database.column('select without_schedule from batch.backfill_view')).toEqual(['(erased)']);
    expect((await compareViews(database.pool)).differences).toEqual([]);
  });

  it('of backfills whose persons an earlier release erased are taken out by the migration, and all others stay', async () => {
    await database.rows(`insert into batch.operator_text (text) values ('kept words')`);
    const rows = `insert into batch.backfill_view select (jsonb_populate_record(b, jsonb_build_object('backfill_id', gen_random_uuid(), 'without_schedule', w))).*
      from batch.backfill_view b, unnest(array['kept words', 'words that were erased']) w`;
    await database.rows(rows);
    await database.rows(`delete from batch.migration where name = '074-erase-backfills'`);
    // The function has its places already: the migration is to find that of the release before.
    await database.rows(BEFORE);
    await migrate(database.url, { ibsafeTables: false });
    expect(await database.column('select without_schedule from batch.backfill_view order by 1')).toEqual([
      '(erased)',
      '(erased)',
      'kept words',
    ]);
    const [body = ''] = await database.column<string>(`select pg_get_functiondef('batch.erase_person(int, uuid[])'::regprocedure)`);
    expect(body.split("('backfill_view', 'without_schedule')")).toHaveLength(2);
  });
});
