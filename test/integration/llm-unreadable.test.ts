import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import { openLocalModel, type LocalModel } from '../../src/local-model/local-model.js';
import { judgeModel } from '../../src/doctor/model.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const PROSE: Behaviour = { kind: 'text', text: '오늘은 쌀밥이 좋겠어요.' };
const UNREADABLE = /nothing that can be read/;

const resources = new Resources();
let database: PatientsDatabase;
let model: LocalModel;
let service: TestService;
let behaviour: Behaviour = PROSE;
let calls = 0;

beforeAll(async () => {
  database = resources.use(await createPatients(60));
  model = await openLocalModel({ port: 0, behave: () => behaviour, onReceived: () => (calls += 1) });
  resources.use({ [Symbol.asyncDispose]: () => model.close() });
  service = resources.use(await startTestService(database, { environment: { LLM_BASE_URL: model.url, LLM_MODEL: 'local' } }));
});

afterAll(() => resources.end());

const NO_TROUBLE = { ok: true, configured: true, answering: null, note: expect.stringMatching(/not asked.*doctor" asks it/) };

interface ModelCheck {
  readonly ok: boolean;
  readonly answering: false | null;
  readonly note?: string;
  readonly problem?: string;
}

const readiness = async (): Promise<ModelCheck> =>
  ((await (await fetch(`${service.url}/readyz`)).json()) as { checks: { model: ModelCheck } }).checks.model;
const told = (level: string, what: RegExp): string[] => service.logged.filter((line) => line.startsWith(level) && what.test(line));
const doctor = async (): Promise<{ status: string; found: string }> =>
  judgeModel(readConfig({ DATABASE_URL: database.url, LLM_BASE_URL: model.url, LLM_MODEL: 'local' }), database.pool);
const status = async (): Promise<string | null> =>
  (await dataOf<{ systemStatus: { modelProblem: string | null } }>(service.url, '{ systemStatus { modelProblem } }')).systemStatus
    .modelProblem;

it('A model whose answers cannot be read is told by /readyz, status and the log, as the doctor tells it, and taken back when they can', async () => {
  expect(await readiness()).toEqual(NO_TROUBLE); // nothing asked it yet, so that it answers is not said
  await runToEnd(service.url, { generator: 'LLM', dryRun: true });
  await until(async () => UNREADABLE.test((await readiness()).problem ?? ''));
  const asked = calls;
  expect(await readiness()).toEqual({ ok: true, configured: true, answering: false, problem: expect.stringMatching(UNREADABLE) });
  expect(await status()).toMatch(UNREADABLE);
  expect(told('warn', UNREADABLE)).toHaveLength(1); // once, however many users it met
  expect(calls).toBe(asked); // nobody asked the model for that
  expect(await doctor()).toMatchObject({ status: 'warning', found: expect.stringMatching(UNREADABLE) });

  behaviour = { kind: 'sound' };
  expect(await doctor()).toMatchObject({ status: 'warning', found: expect.stringMatching(UNREADABLE) }); // as the worker last found it
  await runToEnd(service.url, { generator: 'LLM', dryRun: true });
  await until(async () => (await readiness()).answering === null);
  expect(await readiness()).toEqual(NO_TROUBLE);
  expect(told('info', /can be read again/)).toHaveLength(1);
  expect(await doctor()).toMatchObject({ status: 'ok' });
});

it('A model whose answers the safety gate refuses is told by /readyz, status and the log, in Korean too, and taken back when they pass', async () => {
  behaviour = BEHAVIOURS['unknown'] ?? PROSE;
  await runToEnd(service.url, { generator: 'LLM', dryRun: true });
  const unsafe = /the safety gate refuses most of it.*rollout start/;
  await until(async () => unsafe.test((await readiness()).problem ?? ''));
  expect(await readiness()).toMatchObject({ ok: true, configured: true, answering: false });
  expect(told('warn', unsafe)).toHaveLength(1);
  const asked = await dataOf<{ systemStatus: { modelProblem: string } }>(service.url, '{ systemStatus { modelProblem(language: KO) } }');
  expect(asked.systemStatus.modelProblem).toContain('안전 게이트가 대부분을 거절');
  behaviour = { kind: 'sound' };
  await runToEnd(service.url, { generator: 'LLM', dryRun: true });
  await until(async () => (await readiness()).answering === null);
  expect(told('info', /lets the language model's answers through again/)).toHaveLength(1);
});

it('A model that is not configured, and trouble that could not be asked of, are not told as a model that answers', async () => {
  await using plain = await startTestService(database);
  const check = async (): Promise<object> =>
    ((await (await fetch(`${plain.url}/readyz?report`)).json()) as { checks: { model: object } }).checks.model;
  expect(await check()).toEqual({ ok: true, configured: false, answering: null, note: expect.stringContaining('no model is configured') });
  await database.rows('alter table batch.worker rename to hidden');
  try {
    let found: object = {};
    await until(async () => 'note' in (found = await check()) && JSON.stringify(found).includes('not known')); // an answer is shared for a second
    expect(found).toMatchObject({ ok: true, answering: null });
  } finally {
    await database.rows('alter table batch.hidden rename to worker');
  }
});
