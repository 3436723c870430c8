import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runLane } from '../../src/application/chunk/run-lane.js';
import type { Generator } from '../../src/application/ports.js';
import { listRecall } from '../../src/application/recalls/list-recalls.js';
import { requestRecall } from '../../src/application/recalls/request-recall.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { POINT_CODES } from '../../src/domain/advice/points/said-text.js';
import { addDays, type LocalDate } from '../../src/domain/local-date.js';
import type { RequestRecall } from '../../src/domain/recall/decide-recall.js';
import { liftRecall } from '../../src/application/recalls/lift-recall.js';
import { loadPrompt } from '../../src/generators/llm/prompt-file.js';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import { openLocalModel } from '../../src/local-model/local-model.js';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, RECORD_DATE } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { transactionOn } from '../../src/runtime/transaction.js';
import { dishesOf, pointsOf, RecallWorld, TODAY, vocabulary, type Row } from '../support/recall-world.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService } from '../support/test-service.js';
import { until } from '../support/until.js';

describe('what a recall is not to touch', () => {
  const world = new RecallWorld();
  beforeAll(() => world.open(80));
  afterAll(() => world.resources.end());

  it('is advice whose day is over by the time that its run comes to it', async () => {
    await using away = await startTestService(world.database, { role: 'api' });
    Object.assign(away.core.deps, { clock: () => world.now });
    const [before, dish] = [await world.rows(), await world.usualDish()];
    const unworked = { ...away.core.deps, queue: nobody };
    await world.service[Symbol.asyncDispose](); // its worker would do what is left to the test
    const answer = await requestRecall(unworked, { cause: { kind: 'DISH', dish } }, { actor: 'test' });
    if (answer.status !== 'accepted') throw new Error(answer.message);
    const runId = answer.recall.runs[0]?.runId ?? '';
    await planRun(unworked, runId);
    world.now = new Date(`${addDays(TODAY, 1)}T01:00:00Z`);
    await runLane(away.core.deps, runId, new AbortController().signal);
    world.now = new Date(`${TODAY}T01:00:00Z`);
    const tally = await world.database.column<string>(`select status || ' ' || tally::text from batch.run_view where run_id = $1`, [runId]);
    expect(tally[0]).toContain('INTERVENTION_EXISTS');
    expect(tally[0]).toContain('"generated": 0');
    expect(await world.rows()).toEqual(before);
    await liftRecall(away.core.deps, { recallId: answer.recall.recallId }, 'test');
  });
});

describe('what a recall is to replace', () => {
  const world = new RecallWorld();
  beforeAll(() => world.open(80));
  afterAll(() => world.resources.end());

  it('is replaced by a process whose clock is days ahead of the database’s', async () => {
    const dish = await world.usualDish();
    await world.service[Symbol.asyncDispose](); // its worker would do what is left to the test
    await using ahead = await startTestService(world.database, { role: 'api' });
    const deps = {
      ...ahead.core.deps,
      queue: nobody,
      clock: () => new Date(`${addDays(TODAY, 3)}T01:00:00Z`),
      transaction: transactionOn(ahead.core.pool, () => Promise.resolve(world.now)),
    };
    const holds = async (): Promise<number> =>
      (await world.rows()).filter((row) => row.target_date === TODAY && dishesOf(row).includes(dish)).length;
    const before = await holds();
    const answer = await requestRecall(deps, { cause: { kind: 'DISH', dish } }, { actor: 'test' });
    if (answer.status !== 'accepted') throw new Error(answer.message);
    expect(answer.recall.counts?.replace).toBe(before);
    const runId = answer.recall.runs[0]?.runId ?? '';
    await planRun(deps, runId);
    await runLane(deps, runId, new AbortController().signal);
    expect([before > 0, await holds()]).toEqual([true, 0]);
  });
});

const nobody = { enqueuePlan: () => Promise.resolve(), enqueueLanes: () => Promise.resolve() };

describe('advice that was made before a recall', () => {
  const world = new RecallWorld();
  beforeAll(() => world.open(80));
  afterAll(() => world.resources.end());

  it('is not written after it: the chunk is done anew without what was recalled', async () => {
    const dish = await world.usualDish();
    await world.service[Symbol.asyncDispose]();
    await using api = await startTestService(world.database, { role: 'api' });
    Object.assign(api.core.deps, { clock: () => world.now });
    const { deps } = api.core;
    const old = deps.generators.get('RULES') as Generator;
    let recalls = 0;
    const meanwhile: Generator = {
      name: 'RULES',
      concurrency: 1,
      generate: async (inputs, program, signal, runId) => {
        const made = await old.generate(inputs, program, signal, runId);
        // The advice is there; now something of it is recalled, in another process for what this one knows.
        if (recalls++ === 0) await requestRecall(deps, { cause: { kind: 'DISH', dish } }, { actor: 'test' });
        return made;
      },
    };
    const date: LocalDate = addDays(RECORD_DATE, -3);
    const order = { trigger: 'MANUAL', recordDate: date, chunkSize: 40, withoutSchedule: 'a test' } as const;
    const asked = await requestRun({ ...deps, queue: nobody }, order, { actor: 'test' });
    if (asked.status !== 'accepted') throw new Error(asked.message);
    await planRun({ ...deps, queue: nobody }, asked.run.runId);
    await runLane({ ...deps, generators: new Map([['RULES', meanwhile]]) }, asked.run.runId, new AbortController().signal);
    const written = (await world.rows()).filter((row) => row.record_date === date);
    expect(written.length).toBeGreaterThan(30);
    expect(written.filter((row) => dishesOf(row).includes(dish))).toEqual([]);
    expect(await faultsOf(world.database, asked.run.runId)).toEqual([]);
  });
});

describe('recalls of words', () => {
  const world = new RecallWorld();
  beforeAll(() => world.open(80));
  afterAll(() => world.resources.end());
  let point = '';
  const ofToday = async (): Promise<Row[]> => (await world.rows()).filter((row) => row.target_date === TODAY);

  it('takes a point out of advice for today', async () => {
    const said = (rows: readonly Row[]): Row[] => rows.filter((row) => pointsOf(row).includes(code));
    const before = await ofToday();
    const often = Map.groupBy(before.flatMap(pointsOf), (each) => each);
    const [code = ''] = [...often].find(([each, all]) => all.length > 5 && all.length < before.length && !vocabulary.isAlwaysSaid(vocabulary.placeOf(POINT_CODES.nameOf(each) ?? ''))) ?? []; // prettier-ignore
    point = POINT_CODES.nameOf(code) ?? '';
    expect(said(before).length).toBeGreaterThan(3);
    const reason = '🙂'.repeat(500); // as long as one may be, and kept by its runs as well
    const recall = await world.recall({ cause: { kind: 'POINT', point }, reason });
    expect(recall.request.reason).toBe(reason);
    await world.ended(recall);
    expect(recall.counts?.replace).toBe(said(before).length);
    expect(said(await ofToday())).toEqual([]);
  });

  it('takes one wording out, and others of the point keep their numbers', async () => {
    const code = POINT_CODES.of('STEPS_MEAN') ?? '';
    const turns = (rows: readonly Row[]): string[] => rows.flatMap(({ outputs }) => outputs.said.split(';').flatMap((item) => (item.startsWith(`${code},`) ? [item.split(/[,|]/u)[1] ?? ''] : []))); // prettier-ignore
    const [first] = turns(await ofToday());
    const recall = await world.recall({ cause: { kind: 'WORDING', point: 'STEPS_MEAN', language: 'ko', wording: Number(first) } });
    await world.ended(recall);
    const after = turns(await ofToday());
    expect(after.length).toBeGreaterThan(5);
    expect(after).not.toContain(first);
  });

  it('is refused for what is not there, for a warning, twice, and where nothing would be left', async () => {
    const refused = async (order: RequestRecall): Promise<string> => {
      const answer = await requestRecall(world.deps, order, { actor: 'test' });
      return answer.status === 'rejected' ? answer.code : answer.status;
    };
    expect(await refused({ cause: { kind: 'DISH', dish: 'IBS-9999' } })).toBe('RECALL_UNKNOWN');
    expect(await refused({ cause: { kind: 'POINT', point: 'NO_SUCH_POINT' } })).toBe('RECALL_UNKNOWN');
    expect(await refused({ cause: { kind: 'WORDING', point: 'STEPS_MEAN', language: 'ko', wording: 99 } })).toBe('RECALL_UNKNOWN');
    expect(await refused({ cause: { kind: 'POINT', point: 'OWN_ALLERGENS' } })).toBe('RECALL_OF_WARNING');
    expect(await refused({ cause: { kind: 'POINT', point } })).toBe('RECALL_GOING');
    expect(await refused({ cause: { kind: 'PROMPT', promptVersion: 'x' }, since: addDays(TODAY, 1) })).toBe('RECALL_SINCE');
    expect(await listRecall(world.deps, '00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });
});

describe('a recall of a prompt', () => {
  const resources = new Resources();
  afterAll(() => resources.end());

  it('has the rules write what the model wrote with it, and write for the model until it is lifted', async () => {
    const database = resources.use(await createPatients(30));
    await database.rows('delete from ibsafe_interventionrecord');
    let behaviour: Behaviour = { kind: 'sound' };
    const local = resources.use(await openLocalModel({ port: 0, behave: () => behaviour }));
    const environment = { LLM_BASE_URL: local.url, LLM_MODEL: 'local' };
    const service = resources.use(await startTestService(database, { environment }));
    const { deps } = service.core;
    Object.assign(deps, { clock: () => new Date(`${TODAY}T01:00:00Z`) });
    await runToEnd(service.url, { generator: 'LLM' });
    const byWriter = `select coalesce(outputs->>'generator', 'RULES') as writer, count(*)::int as rows from ibsafe_interventionrecord where record_date = $1 group by 1`;
    const [model] = await database.rows<{ writer: string; rows: number }>(byWriter, [RECORD_DATE]);
    expect(model).toMatchObject({ writer: 'LLM' });
    behaviour = BEHAVIOURS.malformed ?? behaviour;
    const problem = 'select model_problem from batch.worker where stopped_at is null and model_problem is not null';
    await runToEnd(service.url, { generator: 'LLM', recordDate: addDays(RECORD_DATE, -2) });
    await until(async () => (await database.column(problem)).length === 1);
    behaviour = { kind: 'sound' };
    const promptVersion = loadPrompt('ko').version;
    const answer = await requestRecall(deps, { cause: { kind: 'PROMPT', promptVersion } }, { actor: 'test' });
    if (answer.status !== 'accepted') throw new Error(answer.message);
    expect(answer.recall.counts?.replace).toBe(model?.rows);
    const ended = 'select status from batch.run_view where recall_id = $1 and ended_at is not null';
    await until(async () => (await database.column(ended, [answer.recall.recallId])).length === 1);
    expect(await database.rows(byWriter, [RECORD_DATE])).toEqual([{ writer: 'RULES', rows: model?.rows }]);
    await until(async () => (await database.column(problem)).length === 0); // the model is not asked any more
    const older = addDays(RECORD_DATE, -1);
    const { runId } = await runToEnd(service.url, { generator: 'LLM', recordDate: older });
    const why = `select distinct data->>'fallbackReason' as why from batch.event where run_id = $1 and type = 'InterventionGenerated'`;
    expect(await database.column(why, [runId])).toEqual(['PROMPT_RECALLED']);
    await liftRecall(deps, { recallId: answer.recall.recallId }, 'test');
    await runToEnd(service.url, { generator: 'LLM', recordDate: older, onExisting: 'REGENERATE' });
    expect(await database.rows(byWriter, [older])).toMatchObject([{ writer: 'LLM' }]);
  });
});
