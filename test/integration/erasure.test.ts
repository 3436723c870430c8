import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { addPerson, type KnownPerson } from '../support/known-person.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { type Needles, placesHolding } from '../support/walk-batch.js';

const PERSON: KnownPerson = { id: 1_234_567_891, username: 'hong.canary', firstName: '길동카나리' };
const TWIN: KnownPerson = { id: 1_234_567_892, username: 'hong.other', firstName: '길순카나리' };
const CLERK = { name: PERSON.username, actor: 'test' };
/** Words of operators: those that name the person, in each way, and others. */
const NAMING = [`문의: 환자 ${PERSON.id}의 조언`, `asked by ${PERSON.username.toUpperCase()}`, `${PERSON.firstName}님 요청`];
/** In no event: a silence is none. */
const SILENT = `조용히: ${PERSON.id}`;
const OTHERS = [`문의: 환자 ${PERSON.id}0의 조언`, `asked by ${TWIN.username}`, '모두를 위해'];

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let desk: ErasureDesk;

beforeAll(async () => {
  database = resources.use(await createPatients(40));
  for (const person of [PERSON, TWIN]) await addPerson(database, person);
  service = resources.use(await startTestService(database, { environment: { LOG_LEVEL: 'silent' } }));
  desk = new ErasureDesk(database.pool);
  // Numbers of advice that are those of nothing else.
  await database.rows(`select setval(pg_get_serial_sequence('ibsafe_interventionrecord', 'id'), 1987654000)`);
  for (const reason of [...NAMING, ...OTHERS]) await runToEnd(service.url, { userIds: [PERSON.id, TWIN.id, 1, 2], onExisting: 'REGENERATE', reason });
  await runToEnd(service.url, { onExisting: 'REGENERATE' });
  await silence(NAMING[2] ?? '');
  await silence(SILENT);
  await silence(OTHERS[1] ?? '');
  await dataOf(service.url, `query ($id: Int!) { patient(id: $id) { active } }`, { id: PERSON.id });
  await until(async () => (await database.column(`select from batch.person_read_user where user_id = ${PERSON.id}`)).length > 0);
  await signIn();
  // As a release before this one left it.
  await database.rows(`update batch.chunk_work set user_ids = array[${PERSON.id}, 1]`);
}, 120_000);
afterAll(() => resources.end());

async function silence(reason: string): Promise<void> {
  const text = 'mutation ($input: SilenceAlertsInput!) { silenceAlerts(input: $input) { __typename } }';
  const input = { kind: 'RUN_FAILED', until: new Date(Date.now() + 3_600_000).toISOString(), reason };
  expect(await dataOf(service.url, text, { input })).toMatchObject({ silenceAlerts: { __typename: 'SilenceAccepted' } });
}

/** A browser in which the person signed in. */
async function signIn(): Promise<void> {
  await database.rows(
    `insert into batch.session (id, secret_hash, actor, way, user_id, signed_in_at, seen_at, idle_until, ends_at)
      select gen_random_uuid(), sha256('secret'), 'a clerk', 'IBSAFE', $1, now(), now(), now() + interval '1 h', now() + interval '1 h'`,
    [PERSON.id],
  );
}

/** All by which something leads to a person now. */
async function needlesOf({ id, username, firstName }: KnownPerson): Promise<Needles> {
  const [row] = await database.rows<{ secret: string }>('select secret from batch.subject where user_id = $1', [id]);
  const hashes = await database.rows<{ kind: string; hash: string }>(
    `select distinct k.key as kind, e.data->>k.key as hash from batch.event e, (values ('inputsHash'), ('responseHash'), ('interventionId')) k (key) where e.user_id = $1 and e.data->>k.key is not null`,
    [id],
  );
  return { id, username, firstName, secret: row?.secret ?? '', ...Object.fromEntries(hashes.map(({ kind, hash }, at) => [`${kind} ${at}`, hash])) };
}

const tablesOf = (places: readonly string[]): string[] => [...new Set(places.map((place) => place.replace(/: .*/u, '')))];
const broken = async (): Promise<string[]> => (await checkInvariants(database.pool)).filter(({ ok }) => !ok).map(({ name, found }) => `${name}: ${found}`);
/** The log as it was written, but for who may be told of it. */
const LOG = 'select row_to_json(e)::text as line from batch.event_log e order by xid, position';
/** What is told of other persons, and of nobody. */
const REST = `select row_to_json(e)::text as line from batch.event e where subject is not null and user_id is distinct from ${PERSON.id} order by xid, position`;
const lines = (text: string, client: Pick<pg.Pool, 'query'> = database.pool): Promise<string[]> =>
  client.query<{ line: string }>(text).then(({ rows }) => rows.map(({ line }) => line));

/** A session of its own, whose changes come to nothing. */
async function undone<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('Before an erasure', () => {
  it('the walk finds the person wherever schema batch holds one, and everything is in order', async () => {
    const needles = await needlesOf(PERSON);
    expect(Object.keys(needles).some((what) => what.startsWith('interventionId'))).toBe(true);
    expect(tablesOf(await placesHolding(database.pool, needles))).toEqual(
      expect.arrayContaining([
        'alert_silence.reason', 'chunk_work.user_ids', 'event.data', 'event.user_id', 'low_fodmap_days.user_id', 'operator_text.text', 'outcome_view.user_id', 'person_read_user.user_id',
        'run_view.reason', 'run_view.user_ids', 'session.user_id', 'subject.secret', 'subject.user_id',
      ]), // prettier-ignore
    );
    // The log itself leads to nobody.
    expect((await placesHolding(database.pool, needles)).filter((place) => place.startsWith('event_log.'))).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it('the preview says what goes and what stays', async () => {
    const known = await desk.preview(PERSON.id);
    expect(known).toMatchObject({ userId: PERSON.id, name: PERSON.username, hasAccount: true, isKnown: true, outcomes: 7, runs: 7, activeRunId: null, monthsNotCovered: [] });
    expect(known.interventions).toBeGreaterThan(0);
    expect(known.reads).toBeGreaterThan(0);
    expect(known.texts.map(({ text }) => text).toSorted()).toEqual([...NAMING, SILENT].toSorted());
  });

  it('another name, and a person of whom nothing is known, are refused, and nothing is changed', async () => {
    const before = await lines(LOG);
    for (const name of ['', TWIN.username, PERSON.username.toUpperCase(), String(PERSON.id)])
      expect(await desk.erase(PERSON.id, { name, actor: 'test' })).toMatchObject({ refused: 'NAME_DIFFERS' });
    expect(await desk.erase(999_999, { name: '999999', actor: 'test' })).toMatchObject({ refused: 'NOTHING_KNOWN' });
    expect(await lines(LOG)).toEqual(before);
    expect(await desk.preview(PERSON.id)).toMatchObject({ outcomes: 7 });
  });
});

describe('An erasure that leaves out a step', () => {
  /** Each statement of the function that changes something, with how it begins. */
  const STEP = /(?:delete from|update|execute format\('update)\s[^;]*;/gu;
  const definition = async (): Promise<string> =>
    (await database.column<string>(`select pg_get_functiondef('batch.erase_person(int, uuid[])'::regprocedure)`))[0] ?? '';

  async function afterMutant(text: string): Promise<string[]> {
    const needles = await needlesOf(PERSON);
    const ids = (await desk.preview(PERSON.id)).texts.flatMap(({ id }) => id ?? []);
    return undone(async (client) => {
      await client.query(text);
      await client.query(`update batch.alert_silence set reason = '' where reason = $1`, [SILENT]); // a step of the desk's own
      await client.query('select batch.erase_person($1, $2::uuid[])', [PERSON.id, ids]);
      return placesHolding(client, needles);
    });
  }

  it('is noticed by the walk, whichever step it is', async () => {
    const whole = await definition();
    const steps = [...whole.matchAll(STEP)].map(([step]) => step);
    expect(steps.length).toBeGreaterThan(6);
    expect(await afterMutant(whole)).toEqual([]);
    const unnoticed: string[] = [];
    for (const step of steps) if ((await afterMutant(whole.replace(step, 'null;'))).length === 0) unnoticed.push(step);
    expect(unnoticed).toEqual([]);
  });

  it.each([
    ['the row that says who the subject is', /delete from batch\.subject [^;]*;/u, ['event.user_id', 'subject.user_id']],
    ['days of little FODMAP', /delete from batch\.low_fodmap_days [^;]*;/u, ['low_fodmap_days.user_id']],
    ['who read it', /delete from batch\.person_read_user [^;]*;/u, ['person_read_user.user_id']],
    ['whom runs were asked for', /update batch\.run_view set user_ids [^;]*;/u, ['run_view.user_ids']],
    ['words of operators in the log', /update batch\.operator_text [^;]*;/u, ['event.data', 'operator_text.text']],
    ['words of operators in the views', /execute format\('update [^;]*;/u, ['alert_silence.reason', 'run_view.reason']],
  ])('is told by where the person still is: %s', async (_, step, places) => {
    const whole = await definition();
    expect(whole).toMatch(step);
    expect(tablesOf(await afterMutant(whole.replace(step, 'null;')))).toEqual(expect.arrayContaining(places));
  });

  it('of another person is noticed on both sides', async () => {
    const whole = await definition();
    const before = await lines(REST);
    await undone(async (client) => {
      await client.query(whole.replace(/delete from batch\.subject [^;]*;/u, `delete from batch.subject where user_id = ${TWIN.id};`));
      await client.query(`select batch.erase_person(${PERSON.id}, '{}')`);
      expect(tablesOf(await placesHolding(client, { id: PERSON.id }))).toContain('subject.user_id');
      expect(await lines(REST, client)).not.toEqual(before);
    });
  });

  it('and dies half-way changes nothing', async () => {
    const holder = await database.pool.connect();
    await holder.query('begin; lock table batch.session in access exclusive mode');
    const erasing = desk.erase(PERSON.id, CLERK);
    erasing.catch(() => undefined);
    const waits = `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%erase_person%' and pid <> pg_backend_pid()`;
    await until(async () => (await database.column(`select ${waits}`)).length > 0);
    await database.rows(`select pg_terminate_backend(pid) ${waits}`);
    await expect(erasing).rejects.toThrow();
    await holder.query('rollback');
    holder.release();
    expect(await desk.preview(PERSON.id)).toMatchObject({ isKnown: true, outcomes: 7 });
    expect(await broken()).toEqual([]);
  });
});

describe('An erasure', () => {
  let needles: Needles;
  let log: string[];
  let rest: string[];

  beforeAll(async () => {
    needles = await needlesOf(PERSON);
    log = await lines(LOG);
    rest = await lines(REST);
  });

  it('leaves nothing in schema batch that leads to the person', async () => {
    const reads = (await desk.preview(PERSON.id)).reads;
    expect(await desk.erase(PERSON.id, { ...CLERK, name: ` ${PERSON.username} ` })).toEqual({ erased: { known: 1, reads, runs: 6, reasons: 4 } });
    expect(await placesHolding(database.pool, needles)).toEqual([]);
    expect(await desk.preview(PERSON.id)).toMatchObject({ isKnown: false, outcomes: 0, runs: 0, reads: 0, texts: [] });
  });

  it('leaves the log byte for byte, with one event more, which leads to nobody', async () => {
    const now = await lines(LOG);
    expect(now.slice(0, -1)).toEqual(log);
    expect(JSON.parse(now.at(-1) ?? '')).toMatchObject({ type: 'PersonErased', actor: 'test', subject: null, stream: expect.stringMatching(/^erasure-[0-9a-f-]{36}$/u), data: { known: 1 } }); // prettier-ignore
  });

  it('leaves what is told of other persons, and what is counted, as it was', async () => {
    const now = await lines(REST);
    expect(now.filter((line) => (JSON.parse(line) as { user_id: number | null }).user_id !== null)).toEqual(rest);
    expect(now.length - rest.length).toBe(7);
    expect(await broken()).toEqual([]);
  });

  it('tells of the words that named the person as erased, and of all others as they were, in events and views', async () => {
    const told = await database.column<string>(`select data->>'reason' from batch.event where type = 'RunRequested' and data->>'reason' is not null order by position`);
    expect(told).toEqual([...NAMING.map(() => '(erased)'), ...OTHERS]);
    const shown = `select reason from batch.run_view where reason is not null order by requested_at`;
    expect(await database.column(shown)).toEqual(told);
    expect(await database.column('select reason from batch.alert_silence order by made_at')).toEqual(['(erased)', '(erased)', OTHERS[1]]);
  });

  it('leaves views that are those of the log, also when they are made anew', async () => {
    expect((await compareViews(database.pool)).differences).toEqual([]);
    expect((await rebuildViews(database.pool, { verify: true })).differences).toEqual([]);
    expect(await placesHolding(database.pool, needles)).toEqual([]);
  });

  it('is made once: a second one finds nothing', async () => {
    expect(await desk.erase(PERSON.id, CLERK)).toMatchObject({ refused: 'NOTHING_KNOWN' });
  });

  it('does not keep a later run from knowing the person anew, as somebody else', async () => {
    const before = new Set(await database.column<number>('select subject from batch.event_log where subject is not null'));
    await runToEnd(service.url, { userIds: [PERSON.id], onExisting: 'REGENERATE' });
    const [anew = 0] = await database.column<number>('select subject from batch.subject where user_id = $1', [PERSON.id]);
    expect(anew).toBeGreaterThan(0);
    expect(before.has(anew)).toBe(false);
    expect(await desk.preview(PERSON.id)).toMatchObject({ isKnown: true, outcomes: 1, runs: 1 });
    expect(await broken()).toEqual([]);
  });

  it('is confirmed by the number where IBSafe deleted the account, which is listed until then', async () => {
    await database.rows(`begin; ${['foodrecord', 'exerciserecord', 'sleeprecord', 'profile'].map((table) => `delete from ibsafe_user${table} where user_id = ${TWIN.id}`).join('; ')};
      delete from ibsafe_interventionrecord where user_id = ${TWIN.id}; delete from auth_user where id = ${TWIN.id}; commit`);
    expect([await desk.countWithoutAccount(), await desk.withoutAccount(10)]).toEqual([1, [TWIN.id]]);
    expect(await desk.preview(TWIN.id)).toMatchObject({ hasAccount: false, name: String(TWIN.id), outcomes: 7 });
    expect(await desk.erase(TWIN.id, { name: TWIN.username, actor: 'test' })).toMatchObject({ refused: 'NAME_DIFFERS' });
    expect(await desk.erase(TWIN.id, { name: String(TWIN.id), actor: 'test' })).toMatchObject({ erased: { known: 1 } });
    expect([await desk.countWithoutAccount(), await desk.withoutAccount(10)]).toEqual([0, []]);
    expect(await placesHolding(database.pool, { id: TWIN.id })).toEqual([]);
    expect(await broken()).toEqual([]);
  });
});
