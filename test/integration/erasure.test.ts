import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runBatch, runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import {
  type ErasureWorld,
  KEYS,
  LOG,
  makeErasureWorld,
  NAMING,
  OTHERS,
  PERSON,
  RECALLING,
  REST,
  RUNS,
  SILENT,
  TWIN,
} from '../support/erasure-world.js';
import { letGoOfErased } from '../../src/reads/read-retention.js';
import { insertReads } from '../../src/reads/read-rows.js';
import { type Needles, placesHolding, statisticsHolding, tablesOf } from '../support/walk-batch.js';

let world: ErasureWorld;
let database: ErasureWorld['database'];
let desk: ErasureWorld['desk'];

beforeAll(async () => {
  world = await makeErasureWorld();
  ({ database, desk } = world);
});
afterAll(() => world?.[Symbol.asyncDispose]());

const CLERK = { name: PERSON.username, actor: 'test' };

describe('Before an erasure', () => {
  it('the walk finds the person wherever schema batch holds one, and everything is in order', async () => {
    const needles = await world.needlesOf(PERSON);
    expect(Object.keys(needles).some((what) => what.startsWith('interventionId'))).toBe(true);
    expect(tablesOf(await placesHolding(database.pool, needles))).toEqual(
      expect.arrayContaining([
        'alert_silence.reason', 'chunk_work.user_ids', 'event.data', 'event.user_id', 'idempotency_key.key', 'low_fodmap_days.user_id', 'model_batch.lines', 'operator_text.text', 'outcome_view.user_id', 'person_read_user.user_id',
        'recall_view.lift_reason', 'recall_view.reason', 'run_view.reason', 'run_view.user_ids', 'session.user_id', 'subject.secret', 'subject.user_id',
      ]), // prettier-ignore
    );
    // Hashes of orders lead to nobody.
    expect(await database.column('select count(*)::int from batch.idempotency_key')).toEqual([7]);
    expect((await placesHolding(database.pool, needles)).filter((place) => place.includes('fingerprint'))).toEqual([]);
    // The log itself leads to nobody.
    expect((await placesHolding(database.pool, needles)).filter((place) => place.startsWith('event_log.'))).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });

  it('the preview says what goes and what stays', async () => {
    const known = await desk.preview(PERSON.id);
    expect(known).toMatchObject({
      userId: PERSON.id,
      name: PERSON.username,
      hasAccount: true,
      isKnown: true,
      outcomes: RUNS,
      runs: RUNS,
      activeRunId: null,
      monthsNotCovered: [],
    });
    expect(known.interventions).toBeGreaterThan(0);
    expect(known.reads).toBeGreaterThan(0);
    expect(known.texts.map(({ text }) => text).toSorted()).toEqual([...NAMING, ...RECALLING, SILENT].toSorted());
  });

  it('another name, and a person of whom nothing is known, are refused, and nothing is changed', async () => {
    const before = await world.lines(LOG);
    for (const name of ['', TWIN.username, PERSON.username.toUpperCase(), String(PERSON.id)])
      expect(await desk.erase(PERSON.id, { name, actor: 'test' })).toMatchObject({ refused: 'NAME_DIFFERS' });
    expect(await desk.erase(999_999, { name: '999999', actor: 'test' })).toMatchObject({ refused: 'NOTHING_KNOWN' });
    expect(await world.lines(LOG)).toEqual(before);
    expect(await desk.preview(PERSON.id)).toMatchObject({ outcomes: RUNS });
  });
});

describe('An erasure', () => {
  let needles: Needles;
  let log: string[];
  let rest: string[];
  /** What the planner's statistics held of the person. */
  let sampled: string[];

  beforeAll(async () => {
    needles = await world.needlesOf(PERSON);
    log = await world.lines(LOG);
    rest = await world.lines(REST);
    await database.rows('analyze');
    sampled = await statisticsHolding(database.pool, needles);
  });

  it('leaves nothing in schema batch that leads to the person', async () => {
    const reads = (await desk.preview(PERSON.id)).reads;
    expect(await desk.erase(PERSON.id, { ...CLERK, name: ` ${PERSON.username} ` })).toEqual({
      erased: { known: 1, reads, runs: 6, reasons: 6 },
    });
    expect(await placesHolding(database.pool, needles)).toEqual([]);
    expect(await desk.preview(PERSON.id)).toMatchObject({ isKnown: false, outcomes: 0, runs: 0, reads: 0, texts: [] });
  });

  it('leaves nothing of the person in what the planner samples of tables, those that have become empty too', async () => {
    expect(sampled).toEqual(expect.arrayContaining(['idempotency_key.key', 'operator_text.text', 'run_view.user_ids', 'session.user_id', 'subject.user_id'])); // prettier-ignore
    expect(await database.column('select count(*)::int from batch.session')).toEqual([0]);
    expect(await statisticsHolding(database.pool, needles)).toEqual([]);
  });

  it('takes the keys that name the person, and what the orders under the others could be compared with', async () => {
    const keys = await database.column<string>('select key from batch.idempotency_key order by key');
    expect(keys).toEqual(['recalled', ...[1, 3, 5].map((at) => `${KEYS[1]}/${at}`)].toSorted());
    // The same list of ids, tried again: nothing says that it was this one, and a repeated request is answered with its run.
    const [run] = await database.column<string>(`select run_id from batch.idempotency_key where key = $1`, [`${KEYS[1]}/1`]);
    expect(await runBatch(world.service.url, { idempotencyKey: `${KEYS[1]}/1`, userIds: [1] })).toMatchObject({
      repeated: true,
      run: { id: run },
    });
    const now = `select count(*)::int from batch.idempotency_key where split_part(fingerprint, ':', 1) = (select number::text from batch.idempotency_secret)`;
    expect(await database.column(now)).toEqual([0]);
  });

  it('leaves keys that are refused for an order of another kind, whose words are known no more', async () => {
    const { url } = world.service;
    expect(await runBatch(url, { idempotencyKey: 'recalled' })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', conflictingRun: null });
    const idempotencyKey = `${KEYS[1]}/1`;
    const refused = { answer: { code: 'IDEMPOTENCY_KEY_REUSED' } };
    for (const [type, field, input] of [
      ['BackfillInput', 'backfill', { from: '2026-03-01', to: '2026-03-02', idempotencyKey }],
      ['RecallInput', 'recall', { promptVersion: 'another', idempotencyKey }],
    ] as const) {
      const text = `mutation ($input: ${type}!) { answer: ${field}(input: $input) { ... on Error { code } } }`;
      expect([field, await dataOf(url, text, { input })]).toEqual([field, refused]);
    }
    const create = `mutation ($input: ScheduleInput!, $key: String) { answer: createSchedule(input: $input, idempotencyKey: $key) { ... on Error { code } } }`;
    const input = { name: 'under a key', frequency: 'DAILY', hour: 1, minute: 0, active: false };
    expect(await dataOf(url, create, { input, key: idempotencyKey })).toEqual(refused);
  });

  it('keeps the person out of reads that waited in another process, and records the others of them', async () => {
    const id = '018f0000-0000-7000-8000-00000000e1a5';
    const at = new Date(Date.now() - 5_000);
    await insertReads(database.pool, { reads: [{ id, at, caller: 'token:late', via: 'GRAPHQL', what: 'Outcome', fields: [], userIds: [PERSON.id, TWIN.id], run: null }] }); // prettier-ignore
    expect(await database.column(`select user_id from batch.person_read_user where read_id = '${id}'`)).toEqual([TWIN.id]);
    expect(await placesHolding(database.pool, needles)).toEqual([]);
    await database.rows(`delete from batch.person_read where id = '${id}'`);
  });

  it('lets the mark of the person go two days later, without another erasure', async () => {
    expect(await letGoOfErased(database.pool)).toBe(0);
    await database.rows(`update batch.erased_person set at = now() - interval '49 hours'`);
    expect(await letGoOfErased(database.pool)).toBe(1);
    expect(await database.column('select count(*)::int from batch.erased_person')).toEqual([0]);
  });

  it('leaves the log byte for byte, with one event more, which leads to nobody', async () => {
    const now = await world.lines(LOG);
    expect(now.slice(0, -1)).toEqual(log);
    expect(JSON.parse(now.at(-1) ?? '')).toMatchObject({ type: 'PersonErased', actor: 'test', subject: null, stream: expect.stringMatching(/^erasure-[0-9a-f-]{36}$/u), data: { known: 1 } }); // prettier-ignore
  });

  it('leaves what is told of other persons, and what is counted, as it was', async () => {
    const now = await world.lines(REST);
    expect(now.filter((line) => (JSON.parse(line) as { user_id: number | null }).user_id !== null)).toEqual(rest);
    expect(now.length - rest.length).toBe(RUNS);
    expect(await world.broken()).toEqual([]);
  });

  it('tells of the words that named the person as erased, and of all others as they were, in events and views', async () => {
    const told = await database.column<string>(
      `select data->>'reason' from batch.event where type = 'RunRequested' and data->>'reason' is not null order by position`,
    );
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
    await runToEnd(world.service.url, { userIds: [PERSON.id], onExisting: 'REGENERATE' });
    const [anew = 0] = await database.column<number>('select subject from batch.subject where user_id = $1', [PERSON.id]);
    expect(anew).toBeGreaterThan(0);
    expect(before.has(anew)).toBe(false);
    expect(await desk.preview(PERSON.id)).toMatchObject({ isKnown: true, outcomes: 1, runs: 1 });
    expect(await world.broken()).toEqual([]);
  });

  it('is confirmed by the number where IBSafe deleted the account, which is listed until then', async () => {
    await database.rows(`begin; ${['foodrecord', 'exerciserecord', 'sleeprecord', 'profile'].map((table) => `delete from ibsafe_user${table} where user_id = ${TWIN.id}`).join('; ')};
      delete from ibsafe_interventionrecord where user_id = ${TWIN.id}; delete from auth_user where id = ${TWIN.id}; commit`);
    expect([await desk.countWithoutAccount(), await desk.withoutAccount(10)]).toEqual([1, [TWIN.id]]);
    expect(await desk.preview(TWIN.id)).toMatchObject({ hasAccount: false, name: String(TWIN.id), outcomes: RUNS });
    expect(await desk.erase(TWIN.id, { name: TWIN.username, actor: 'test' })).toMatchObject({ refused: 'NAME_DIFFERS' });
    expect(await desk.erase(TWIN.id, { name: String(TWIN.id), actor: 'test' })).toMatchObject({ erased: { known: 1 } });
    expect([await desk.countWithoutAccount(), await desk.withoutAccount(10)]).toEqual([0, []]);
    expect(await placesHolding(database.pool, { id: TWIN.id })).toEqual([]);
    expect(await world.broken()).toEqual([]);
  });
});

describe('A Latin name', () => {
  it('names the person as a word of its own, whatever Korean follows, and is no part of another word', async () => {
    await database.rows(`update auth_user set first_name = 'An', last_name = 'O.K.', email = 'an+1@example.org' where id = $1`, [
      PERSON.id,
    ]);
    const naming = ['for An, please', 'AN님 요청', '환자 an', 'asked by an+1@example.org', 'by o.k. herself'];
    const others = ['a plan that may change', 'the answer', 'Ann', 'okay', 'an1', 'Àn'];
    await database.rows('insert into batch.operator_text (text) select unnest($1::text[])', [[...naming, ...others]]);
    const told = (await desk.preview(PERSON.id)).texts.map(({ text }) => text);
    expect(told.filter((text) => [...naming, ...others].includes(text)).toSorted()).toEqual(naming.toSorted());
  });
});
