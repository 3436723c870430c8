import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drawSample } from '../../src/application/reviews/draw-sample.js';
import { signRows, withdrawSignatures, type SignaturesChanged } from '../../src/application/reviews/sign-rows.js';
import { turnPointOff, turnPointOn } from '../../src/application/reviews/turn-point.js';
import { requestRecall } from '../../src/application/recalls/request-recall.js';
import { resumeRun } from '../../src/application/run/pause-run.js';
import { readConfig } from '../../src/config/config.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { POINT_CODES } from '../../src/domain/advice/points/said-text.js';
import { addDays } from '../../src/domain/local-date.js';
import { isRejection, type Rejection } from '../../src/domain/rejection.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { begin, runToEnd, watch } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { pointsOf, type Row } from '../support/recall-world.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const ONLY_REVIEWED = { ADVICE_ONLY_REVIEWED: 'true' };
const STATUS = 'query ($id: UUID!) { run(id: $id) { status } }';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId = '';
/** Said in every advice where it may be: DRINK_WATER and its like need no food. */
let usual = '';

beforeAll(async () => {
  database = resources.use(await createPatients(40));
  await database.rows('delete from ibsafe_interventionrecord');
  service = resources.use(await startTestService(database, { environment: ONLY_REVIEWED }));
  runId = await begin(service.url);
  await until(async () => (await dataOf<{ run: { status: string } }>(service.url, STATUS, { id: runId })).run.status === 'PAUSED');
});
afterAll(() => resources.end());

const shown = (id: string): { id: string; hash: string } => ({ id, hash: service.core.deps.words.signable.get(id)?.hash ?? '' });
const accepted = (answer: SignaturesChanged | Rejection): string[] => {
  if (isRejection(answer)) throw new Error(`${answer.code}: ${answer.message}`);
  return answer.changed.map(({ id }) => id);
};
const sign = async (ids: readonly string[], actor = 'key:anna'): Promise<string[]> => accepted(await signRows(service.core.deps, ids.map(shown), actor)); // prettier-ignore
const withdraw = async (ids: readonly string[], reason?: string): Promise<string[]> =>
  accepted(await withdrawSignatures(service.core.deps, { ids, ...(reason !== undefined && { reason }) }, 'key:bora'));
const said = async (recordDate: string): Promise<string[][]> => {
  const rows = await database.rows<Row>('select outputs from ibsafe_interventionrecord where record_date = $1 and gubun = $2', [recordDate, 'all']); // prettier-ignore
  expect(rows.length).toBeGreaterThan(10);
  return rows.map(pointsOf);
};
const timesSaid = async (recordDate: string): Promise<number> =>
  (await said(recordDate)).filter((points) => points.includes(POINT_CODES.of(usual) ?? usual)).length;
const rowsOfPoint = (point: string): string[] =>
  [...service.core.deps.words.signable.keys()].filter((id) => id === `POINT.${point}` || id.startsWith(`WORDING.${point}.`));
const finding = async (more: Record<string, string>) =>
  (await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: database.url, ...more }), { invariants: false })).find(
    ({ check }) => check === 'words of the advice',
  );

const gate = (withSignatures: boolean): Promise<number> => service.core.deps.transaction((tx) => tx.recalls.holdShared({ withSignatures }));

describe('signatures of the log, where advice is made of signed words alone', () => {
  it('let a run go on that waited for them, with what they are for and nothing else', async () => {
    const all = [...service.core.deps.words.signable.keys()];
    for (let at = 0; at < all.length; at += 100) expect(await sign(all.slice(at, at + 100))).toHaveLength(Math.min(100, all.length - at));
    await resumeRun(service.core.deps, runId, 'test');
    expect((await watch(service.url, runId)).at(-1)?.status).toMatch(/^COMPLETED/u);
    const counts = Map.groupBy((await said(RECORD_DATE)).flat(), (point) => point);
    const often = [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([code]) => code);
    const { words, reviews } = service.core.deps;
    const signed = await reviews.signatures();
    const { points } = service.core.words.explainer.vocabulary;
    const byCode = new Map(points.map(({ id }) => [POINT_CODES.of(id) ?? id, id]));
    usual = often.map((code) => byCode.get(code) ?? '').find((id) => !words.warns(id) && words.lackingWithout([{ kind: 'POINT', point: id }], signed).length === 0) ?? ''; // prettier-ignore
    expect(await timesSaid(RECORD_DATE)).toBeGreaterThan(3);
    expect(await finding(ONLY_REVIEWED)).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/not signed: 0 of \d+ points, 0 of/u),
    });
  });

  it('once withdrawn are signatures no more: from then on no worker writes it, and signed again it does', async () => {
    const date = addDays(RECORD_DATE, -1);
    expect(await withdraw([`POINT.${usual}`], '다시 봄')).toEqual([`POINT.${usual}`]);
    await runToEnd(service.url, { recordDate: date });
    expect(await timesSaid(date)).toBe(0);
    expect(await timesSaid(RECORD_DATE)).toBeGreaterThan(3); // saved advice stays
    const [row] = await database.rows<Row>('select outputs from ibsafe_interventionrecord where record_date = $1 limit 1', [date]);
    expect(row?.outputs.vocabulary).toMatch(/^points-[0-9a-f]+\+reviewed\+recalls-\d+$/u);
    expect(await sign([`POINT.${usual}`])).toEqual([`POINT.${usual}`]);
    await runToEnd(service.url, { recordDate: date, onExisting: 'REGENERATE' });
    expect(await timesSaid(date)).toBeGreaterThan(3);
  });

  it('of a point are of no use without a wording in the language of the advice', async () => {
    const date = addDays(RECORD_DATE, -2);
    const korean = rowsOfPoint(usual).filter((id) => id.includes('.ko.'));
    expect(await withdraw(korean)).toHaveLength(korean.length);
    await runToEnd(service.url, { recordDate: date });
    expect(await timesSaid(date)).toBe(0);
    await sign(korean.slice(0, 1));
    await runToEnd(service.url, { recordDate: date, onExisting: 'REGENERATE' });
    expect(await timesSaid(date)).toBeGreaterThan(3);
    await sign(korean);
  });

  it('of what was another count for nothing', async () => {
    const date = addDays(RECORD_DATE, -3);
    await database.rows("update batch.signature_view set hash = repeat('f', 64), version = version + 1 where id = $1", [`POINT.${usual}`]);
    await runToEnd(service.url, { recordDate: date });
    expect(await timesSaid(date)).toBe(0);
    expect((await finding({}))?.found).toMatch(/not signed: 1 of \d+ points, .*; 1 changed since they were signed/u);
    // The log says otherwise: made anew from it, the view is right again.
    const { differences } = await rebuildViews(database.pool, { verify: true });
    expect(differences.map(({ view, key, column }) => `${view} ${key} ${column}`).toSorted()).toEqual([
      `signature_view POINT.${usual} hash`,
      `signature_view POINT.${usual} version`,
    ]);
    expect(await compareViews(database.pool)).toMatchObject({ differences: [] });
  });
});

describe('a signature', () => {
  it('is a state of what advice is made of for writers of signed words, and none for others', async () => {
    const [counted, uncounted] = [await gate(true), await gate(false)];
    await withdraw(['DISH.IBS-0001']);
    expect([await gate(true), await gate(false)]).toEqual([counted + 1, uncounted]);
    expect(await service.core.deps.words.renew()).toBe(counted + 1);
    await sign(['DISH.IBS-0001']);
    expect(await gate(true)).toBe(counted + 2);
  });

  it('waits for writers of advice, as they wait for it: none writes half by one state and half by another', async () => {
    const order: string[] = [];
    let signing: Promise<unknown> = Promise.resolve();
    await service.core.deps.transaction(async (tx) => {
      await tx.recalls.holdShared({ withSignatures: true });
      signing = withdraw(['DISH.IBS-0002']).then(() => order.push('withdrawn'));
      await until(async () => (await database.column<number>("select count(*)::int from pg_locks where locktype = 'advisory' and not granted"))[0] !== 0); // prettier-ignore
      order.push('written');
    });
    await signing;
    expect(order).toEqual(['written', 'withdrawn']);
    await sign(['DISH.IBS-0002']);
  });

  it('is an event with the hash of what was shown, names no person, and its reason is an operator’s text', async () => {
    await withdraw(['INGREDIENT.garlic'], '출처를 다시 봄');
    const events = await database.rows<{ type: string; subject: number | null; actor: string; data: Record<string, unknown> }>(
      "select type, subject, actor, data from batch.event_log where stream = 'signature-INGREDIENT.garlic' order by version",
    );
    expect(events).toMatchObject([
      { type: 'SignatureGiven', subject: null, actor: 'key:anna', data: { row: { kind: 'INGREDIENT', ingredient: 'garlic' }, hash: shown('INGREDIENT.garlic').hash } },
      { type: 'SignatureWithdrawn', subject: null, actor: 'key:bora', data: { texts: { reason: expect.any(String) } } },
    ]); // prettier-ignore
    expect(JSON.stringify(events)).not.toContain('출처를 다시 봄');
  });

  it('is given once, however often and by how many it is asked for', async () => {
    const once = await Promise.all([sign(['INGREDIENT.garlic']), sign(['INGREDIENT.garlic', 'INGREDIENT.garlic'], 'key:bora')]);
    expect(once.flat()).toEqual(['INGREDIENT.garlic']);
    expect(await sign(['INGREDIENT.garlic'])).toEqual([]);
    expect(await withdraw(['INGREDIENT.garlic'])).toHaveLength(1);
    expect(await withdraw(['INGREDIENT.garlic'])).toEqual([]);
    expect(await sign(['INGREDIENT.garlic'])).toHaveLength(1);
  });

  it('is all or nothing', async () => {
    const before = await database.column('select count(*)::int from batch.event_log');
    const orders = [shown('DISH.IBS-0003'), { id: 'DISH.IBS-0004', hash: 'f'.repeat(64) }];
    expect(await signRows(service.core.deps, orders, 'key:anna')).toMatchObject({ code: 'SIGN_CHANGED' });
    expect(await database.column('select count(*)::int from batch.event_log')).toEqual(before);
  });

  it('takes from a row of the sample that it is new', async () => {
    const { explainer } = service.core.words;
    const isNew = async (): Promise<string[]> =>
      (await drawSample(service.core.deps, explainer, 100)).rows.flatMap(({ risks }) =>
        risks.filter(({ reason }) => reason === 'NEW_POINT' || reason === 'NEW_DISH').flatMap(({ items }) => items),
      );
    Object.assign(service.core.deps, { clock: () => new Date(`${addDays(RECORD_DATE, 1)}T01:00:00Z`) });
    expect(await isNew()).toEqual([]);
    await withdraw([`POINT.${usual}`]);
    expect(new Set(await isNew())).toEqual(new Set([usual]));
    await sign([`POINT.${usual}`]);
  });
});

describe('a process that writes no advice', () => {
  it('turns off no point that is the last signed one of its text, and recalls none', async () => {
    await using api = await startTestService(database, { role: 'api', environment: ONLY_REVIEWED });
    const { words } = api.core.deps;
    const ofSummary = service.core.words.explainer.vocabulary.points.filter(({ field }) => field === 'SUMMARY').map(({ id }) => id);
    const last = ofSummary.find((id) => !words.warns(id)) ?? '';
    const others = ofSummary.filter((id) => id !== last).map((id) => `POINT.${id}`);
    await withdraw(others);
    expect(await turnPointOff(api.core.deps, { point: last }, 'key:anna')).toMatchObject({ code: 'POINT_LEAVES_NOTHING' });
    const cause = { kind: 'POINT', point: last } as const;
    expect(await requestRecall(api.core.deps, { cause }, { actor: 'key:anna' })).toMatchObject({ code: 'RECALL_LEAVES_NOTHING' });
    await sign(others);
    expect(await turnPointOff(api.core.deps, { point: last }, 'key:anna')).toMatchObject({ isOff: true });
    expect(await turnPointOn(api.core.deps, { point: last }, 'key:anna')).toMatchObject({ isOff: false });
  });
});

describe('a service that makes advice of all words', () => {
  it('is not changed by signatures', async () => {
    await using own = await startTestService(database);
    const before = await own.core.deps.words.renew();
    await withdraw(['DISH.IBS-0005']);
    expect(await own.core.deps.words.renew()).toBe(before);
    expect(own.core.deps.words.onlySigned).toBe(false);
  });
});
