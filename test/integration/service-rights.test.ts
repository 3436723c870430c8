import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createScheduleFrom } from '../../src/application/schedules/edit-schedules.js';
import { fireDueSlots } from '../../src/application/schedules/fire-due-slots.js';
import { readConfig } from '../../src/config/config.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { runDoctor, type Finding } from '../../src/doctor/run-doctor.js';
import { openPool } from '../../src/database/pool.js';
import { localDate } from '../../src/domain/local-date.js';
import { demoFoodsOf } from '../../src/demo/demo-foods.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { addServiceRole, migrate } from '../../src/migrations/migrate.js';
import { OWNERS_FUNCTIONS } from '../../src/migrations/service-rights.js';
import { rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { createIbsafeTables, createRecordIndexes } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { transactionOn } from '../../src/runtime/transaction.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { createServiceRoles, type ServiceRoles } from '../support/service-roles.js';
import { runToEnd } from '../support/batch-client.js';
import { scheduleOf } from '../support/schedule-world.js';
import { until } from '../support/until.js';
import { startTestService, type TestService } from '../support/test-service.js';

const DENIED = expect.objectContaining({ code: '42501' });

describe('the service as a role that owns nothing', () => {
  const resources = new Resources();
  let roles: ServiceRoles;
  let service: Client;
  beforeAll(async () => {
    const database = resources.use(await emptyWithPatients());
    roles = resources.use(await createServiceRoles(database.url));
    service = new Client({ connectionString: roles.urls.service });
    await service.connect();
    resources.use({ [Symbol.asyncDispose]: () => service.end() });
  });
  afterAll(() => resources.end());

  const doctor = (): Promise<readonly Finding[]> =>
    runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: roles.urls.service }), { invariants: false });
  const problems = async (): Promise<readonly Finding[]> => (await doctor()).filter(({ status }) => status === 'problem');

  it('owns nothing and is nobody’s member, and all of schema batch belongs to a role that cannot log in', async () => {
    const owners =
      await roles.asSuperuser(`select distinct r.rolname as name, r.rolcanlogin as "canLogIn", r.rolsuper as "isSuper" from pg_roles r where r.oid in (
      select relowner from pg_class where relnamespace = 'batch'::regnamespace union select proowner from pg_proc where pronamespace = 'batch'::regnamespace
      union select nspowner from pg_namespace where nspname = 'batch')`);
    expect(owners).toEqual([{ name: roles.owner, canLogIn: false, isSuper: false }]);
    const mine = `select (select count(*)::int from pg_class where relowner = r.oid) as owned, (select count(*)::int from pg_auth_members where member = r.oid) as memberships,
      r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb as mighty from pg_roles r where r.rolname = '${roles.service}'`;
    expect(await roles.asSuperuser(mine)).toEqual([{ owned: 0, memberships: 0, mighty: false }]);
  });

  it('does all that a night needs, over the edge of a month: a run, its repetition, a schedule, a sweep, a rebuild', async () => {
    // As on the first of a month: there is no partition for what is requested now.
    await roles.asSuperuser(
      `do $$ begin execute format('drop table batch.%I', 'event_' || to_char(now() at time zone 'UTC', 'YYYY_MM')); end $$`,
    );
    // Without a scheduler, which would take back a slot that lies ahead of its clock.
    await using worker = await startTestService({ url: roles.urls.service }, { role: 'worker' });
    await using running = await startTestService({ url: roles.urls.service }, { role: 'api' });
    const first = await runToEnd(running.url, { recordDate: '2026-03-01', chunkSize: 10 });
    expect(first.end).toMatchObject({ status: 'COMPLETED', roster: 39, failed: 0 });
    await runToEnd(running.url, { recordDate: '2026-03-01', chunkSize: 10, onExisting: 'REGENERATE' });
    await slotOverTheEdge(running, roles.urls.service);
    expect([...worker.logged, ...running.logged].filter((line) => line.startsWith('error') || line.includes('42501'))).toEqual([]);
    const pool = openPool({ url: roles.urls.service, max: 2, name: 'test', onError: () => undefined });
    try {
      expect((await rebuildViews(pool, { verify: true })).differences).toEqual([]);
      expect((await checkInvariants(pool)).filter(({ ok }) => !ok)).toEqual([]);
    } finally {
      await pool.end();
    }
    expect(await problems()).toEqual([]);
    const months =
      await roles.asSuperuser(`select pg_get_userbyid(c.relowner) as owner from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'batch.event_log'::regclass and c.relname = 'event_' || to_char(now() at time zone 'UTC', 'YYYY_MM')`);
    expect(months).toEqual([{ owner: roles.owner }]);
  });

  const month = "event_' || to_char(now() at time zone 'UTC', 'YYYY_MM') || '";
  it.each([
    ['change an event', "update batch.event_log set actor = 'x'"],
    ['delete one', 'delete from batch.event_log'],
    ['empty the log', 'truncate batch.event_log'],
    [
      'insert past batch.append',
      `do $$ begin perform set_config('batch.appending', 'linked', true); insert into batch.event_log (xid, stream, version, type, run_month, data, actor, correlation_id)
      values (pg_current_xact_id(), 'run-x', 1, 'RunStarted', '1970-01-01', '{}', 'x', gen_random_uuid()); end $$`,
    ],
    ['drop it', 'drop table batch.event_log'],
    ['let a column of it go', 'alter table batch.event_log drop column actor'],
    ['sleep its guards', 'alter table batch.event_log disable trigger all'],
    ['detach a month', `do $$ begin execute 'alter table batch.event_log detach partition batch.${month}'; end $$`],
    ['change a month', `do $$ begin execute 'update batch.${month} set actor = actor'; end $$`],
    ['drop a month', `do $$ begin execute 'drop table batch.${month}'; end $$`],
    ['read what orders under keys are hashed with', 'select secret from batch.idempotency_secret'],
    ['sleep every guard of its session', "set session_replication_role = 'replica'"],
    ['write an era', "insert into batch.log_era (era, cluster) values (77, 'x')"],
    ['replace the way in', 'create or replace function batch.append() returns void language sql as $$ select $$'],
    ['make a table', 'create table batch.mine (id int)'],
    ['say that a migration was made', "insert into batch.migration (name) values ('x')"],
    ['make another role one of the service', "insert into batch.service_role (name) values ('x')"],
    ['become the owner', 'set role {owner}'],
    ['change a patient', "update public.auth_user set username = 'x'"],
    ['delete an advice', 'delete from public.ibsafe_interventionrecord'],
  ])('cannot %s', async (_, statement) => {
    await expect(service.query(statement.replace('{owner}', roles.owner))).rejects.toEqual(DENIED);
  });

  it('has no function of the owner’s that a caller’s search path could mislead, and no other role may call one', async () => {
    const functions = `select p.proname::text as name, p.prosecdef as definer, p.proconfig as config, array(select a.grantee::regrole::text from aclexplode(p.proacl) a order by 1) as callers
      from pg_proc p where p.pronamespace = 'batch'::regnamespace and (p.prosecdef or p.proname = any(array['${OWNERS_FUNCTIONS.join("','")}'])) order by 1`;
    const callers = [roles.owner, roles.service].toSorted();
    const found = (await roles.asSuperuser(functions)) as { readonly name: string }[];
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['append', 'ensure_partition', 'enter_era']));
    for (const each of found)
      expect(each).toEqual({ name: expect.any(String), definer: true, config: ['search_path=pg_catalog, pg_temp'], callers });
    expect(found.filter(({ name }) => !(OWNERS_FUNCTIONS as readonly string[]).includes(name))).toEqual([]);
    const shadow =
      "create temp table event_log (like batch.event_log); create function pg_temp.now() returns timestamptz language sql as $$ select timestamptz '1999-01-01' $$";
    await service.query(`${shadow}; set search_path = pg_temp, pg_catalog, batch`);
    const appended = `select recorded_at > '2020-01-01' as "isNow" from batch.append('shadow', 0, date '1970-01-01', null, 'test', gen_random_uuid(), null, '{ScheduleDeleted}', '{null}', array['{}'::jsonb])`;
    await service.query('begin');
    expect((await service.query(appended)).rows).toEqual([{ isNow: true }]);
    await service.query('rollback; reset search_path');
  });

  it.each([
    ['a right on a table of ours', 'revoke update on batch.chunk_work from {role}', 'update on batch.chunk_work', 'rights on schema batch'],
    ['the way into the log', 'revoke execute on function batch.append from {role}', 'batch.append', 'rights on schema batch'],
    ['the way into the schema', 'revoke usage on schema batch from {role}', 'may not use schema batch', 'rights on schema batch'],
    [
      'a right on a table of IBSafe’s',
      'revoke select on public.ibsafe_food from {role}',
      'select on public.ibsafe_food',
      "rights on IBSafe's tables",
    ],
  ])('is told by the doctor when it lacks %s, by a command that gives it', async (_, statement, said, check) => {
    await roles.asSuperuser(statement.replace('{role}', roles.service));
    const found = (await problems()).find((finding) => finding.check === check);
    expect(found?.found).toContain(said);
    if (check === 'rights on schema batch' && !said.includes('schema'))
      expect(found?.advice).toContain(`migrate --service-role ${roles.service}`);
    await addServiceRole(roles.urls.migrate, roles.service);
    await roles.again();
    expect(await problems()).toEqual([]);
  });

  it('is told in a sentence who must migrate, when a migration is missing, and changes nothing', async () => {
    await roles.asSuperuser("delete from batch.migration where name = '055-service-roles'");
    await expect(migrate(roles.urls.service, { ibsafeTables: false })).rejects.toThrow(
      new RegExp(`lacks 1 migrations of this release.*belongs to ${roles.owner}: run ".* migrate"`),
    );
    await expect(addServiceRole(roles.urls.service, roles.service)).rejects.toThrow(/Only the owner/);
    await expect(addServiceRole(roles.urls.migrate, 'nobody_of_that_name')).rejects.toThrow(/There is no role/);
    await roles.asSuperuser("insert into batch.migration (name) values ('055-service-roles')");
    await migrate(roles.urls.service, { ibsafeTables: false });
  });

  it('keeps its rights when a migration replaces the way into the log', async () => {
    await roles.asSuperuser('alter function batch.append security invoker; alter function batch.append reset search_path');
    expect((await problems()).map(({ check }) => check)).toContain('rights on schema batch');
    await migrate(roles.urls.migrate, { ibsafeTables: false });
    expect(await problems()).toEqual([]);
  });
});

it('an installation with one role moves to three without losing an event, and back in nobody’s way', async () => {
  await using patients = await createPatients(20);
  {
    await using running = await startTestService(patients);
    await runToEnd(running.url, { recordDate: '2026-03-01' });
  }
  const before = await patients.rows('select * from batch.event order by xid, position');
  await using roles = await createServiceRoles(patients.url);
  await using running = await startTestService({ url: roles.urls.service });
  await runToEnd(running.url, { recordDate: '2026-03-01', onExisting: 'REGENERATE' });
  const after = await patients.rows('select * from batch.event order by xid, position');
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.length).toBeGreaterThan(before.length);
});

/** A schedule is made on the last evening of a year, and its slot fires in the first minute of the next; the worker's sweep finds the run and works it off. */
async function slotOverTheEdge(running: TestService, url: string): Promise<void> {
  const pool = openPool({ url, max: 2, name: 'test', onError: () => undefined });
  let now = new Date('2030-12-31T20:00:00Z');
  try {
    const deps = { ...running.core.deps, transaction: transactionOn(pool, () => Promise.resolve(now)) };
    const input = { name: 'edge', frequency: 'DAILY', hour: 0, minute: 0, timeZone: 'UTC' } as const;
    const { scheduleId } = scheduleOf(await createScheduleFrom(deps, { input, actor: 'test' }));
    now = new Date('2031-01-01T00:00:30Z');
    const [runId] = await fireDueSlots(deps, scheduleId);
    const ended = "select from batch.run_view where run_id = $1 and status = 'COMPLETED'";
    await until(async () => (await pool.query(ended, [runId])).rowCount === 1);
    await pool.query("select batch.ensure_partition(date '2031-01-01')");
  } finally {
    await pool.end();
  }
}

/** A database of the superuser's with IBSafe's tables and patients, and no schema of ours. */
async function emptyWithPatients(): Promise<{ readonly url: string } & AsyncDisposable> {
  const database = await createEmptyDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await createIbsafeTables(client);
  await createRecordIndexes(client);
  await migrate(database.url, { ibsafeTables: false }); // the demo leaves its mark in schema batch …
  await loadDemo(database.url, { users: 40, days: 7, seed: 1, until: localDate('2026-03-01'), foods: demoFoodsOf(loadCatalogue()) });
  await client.query('drop schema batch cascade'); // … which the owner's role is to have
  await client.end();
  return { url: database.url, [Symbol.asyncDispose]: () => database.drop() };
}
