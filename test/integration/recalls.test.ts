import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runLane } from '../../src/application/chunk/run-lane.js';
import type { Deps, Generator } from '../../src/application/ports.js';
import { listRecall } from '../../src/application/recalls/list-recalls.js';
import { liftRecall } from '../../src/application/recalls/lift-recall.js';
import { previewRecall, recalledRows } from '../../src/application/recalls/preview-recall.js';
import { requestRecall } from '../../src/application/recalls/request-recall.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { POINT_CODES } from '../../src/domain/advice/points/said-text.js';
import { addDays, type LocalDate } from '../../src/domain/local-date.js';
import type { RequestRecall } from '../../src/domain/recall/decide-recall.js';
import type { Recall } from '../../src/domain/recall/recall.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { loadAdviceWords } from '../../src/generators/advice-words.js';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const {
  catalogue,
  tongue: { vocabulary },
} = loadAdviceWords({ ADVICE_LANGUAGE: 'ko', ADVICE_ONLY_REVIEWED: 'false' });

interface Row {
  readonly id: number;
  readonly user_id: number;
  readonly record_date: string;
  readonly target_date: string;
  readonly diet_target: Record<'Breakfast' | 'Lunch' | 'Dinner', string[]> & { Summary: string };
  readonly outputs: { readonly vocabulary: string; readonly said: string };
  readonly digest: string;
  readonly texts: string;
}

const ROWS = `select id::int, user_id, record_date::text, target_date::text, diet_target, outputs, md5(i::text) as digest,
    concat(${['diet_evaluation', 'diet_target', 'food_evaluation', 'sleep_evaluation', 'exercise_evaluation'].map((text) => `length(coalesce(${text}::text, '')), ':', ${text}::text`).join(', ')}) as texts
  from ibsafe_interventionrecord i where outputs->>'vocabulary' is not null and gubun = 'all' order by user_id, record_date`;

/** Today of every test is the day after the patients' last records. */
const TODAY = addDays(RECORD_DATE, 1);
const YESTERDAY = RECORD_DATE;

/** Dishes of a row, by their names: another way to them than the service's. */
function dishesOf({ diet_target: { Breakfast, Lunch, Dinner } }: Row): string[] {
  return [...Breakfast, ...Lunch, ...Dinner].flatMap((label) => {
    const offer = catalogue.offers.find(({ labelKo }) => labelKo === label);
    return offer === undefined ? [] : [catalogue.dishes[offer.dish]?.code ?? ''];
  });
}

const pointsOf = ({ outputs }: Row): string[] => (outputs.said.split('|')[0] ?? '').split(';').map((item) => item.split(',')[0] ?? '');

/** A database with advice for yesterday and for today, and a service whose clock stands still. */
class World {
  now = new Date(`${TODAY}T01:00:00Z`);
  readonly resources = new Resources();
  database!: PatientsDatabase;
  service!: TestService;

  async open(users: number): Promise<void> {
    this.database = this.resources.use(await createPatients(users));
    await this.database.rows('delete from ibsafe_interventionrecord');
    this.service = this.resources.use(await startTestService(this.database));
    Object.assign(this.deps, { clock: () => this.now });
    await runToEnd(this.service.url, { recordDate: addDays(RECORD_DATE, -1) });
    await runToEnd(this.service.url, { recordDate: RECORD_DATE });
  }

  get deps(): Deps {
    return this.service.core.deps;
  }

  rows(): Promise<Row[]> {
    return this.database.rows<Row>(ROWS);
  }

  async recall(order: RequestRecall): Promise<Recall> {
    const answer = await requestRecall(this.deps, order, { actor: 'test' });
    if (answer.status !== 'accepted') throw new Error(`${answer.code}: ${answer.message}`);
    return answer.recall;
  }

  async ended(recall: Recall): Promise<void> {
    const open = 'select run_id from batch.run_view where recall_id = $1 and ended_at is null';
    await until(async () => (await this.database.column(open, [recall.recallId])).length === 0);
  }

  /** A dish that the advice of some has, of others not. */
  async usualDish(): Promise<string> {
    const rows = (await this.rows()).filter((row) => row.target_date === TODAY);
    const counts = Map.groupBy(rows.flatMap(dishesOf), (code) => code);
    const [dish] = [...counts].filter(([, each]) => each.length < rows.length / 2).toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
    return dish ?? '';
  }
}

describe('a recall of a dish', () => {
  const world = new World();
  let before: Row[];
  let dish: string;
  let recall: Recall;
  const holds = (row: Row): boolean => dishesOf(row).includes(dish);

  beforeAll(async () => {
    await world.open(150);
    before = await world.rows();
    dish = await world.usualDish();
  });
  afterAll(() => world.resources.end());

  it('is seen before it is made: rows that it would replace, and rows whose day is over, with nothing changed', async () => {
    const order: RequestRecall = { cause: { kind: 'DISH', dish } };
    const preview = await previewRecall(world.deps, order);
    const held = before.filter(holds);
    const [replace, past] = [held.filter((row) => row.target_date === TODAY), held.filter((row) => row.target_date === YESTERDAY)];
    expect(replace.length).toBeGreaterThan(5);
    expect(past.length).toBeGreaterThan(5);
    expect(preview).toMatchObject({ counts: { replace: replace.length, past: past.length, closed: 0 } });
    const first = await recalledRows(world.deps, order, { first: 10 });
    expect(first.map(({ interventionId, mark }) => ({ id: interventionId, mark }))).toEqual(
      held.slice(0, 10).map((row) => ({ id: row.id, mark: row.target_date === TODAY ? 'REPLACE' : 'PAST' })),
    );
    const last = first.at(-1);
    if (last === undefined) throw new Error('there are rows');
    const after = { userId: last.userId, recordDate: last.recordDate, gubun: last.program.gubun };
    const next = await recalledRows(world.deps, order, { first: 1_000, after });
    expect([...first, ...next].map(({ interventionId }) => interventionId)).toEqual(held.map(({ id }) => id));
    expect(await world.rows()).toEqual(before);
  });

  it('replaces what holds it for today, with an outcome each, and leaves yesterday and all others as they are', async () => {
    recall = await world.recall({ cause: { kind: 'DISH', dish }, allergen: true, reason: '우유 표기 누락' });
    await world.ended(recall);
    const after = await world.rows();
    const affected = before.filter((row) => holds(row) && row.target_date === TODAY);
    expect(recall).toMatchObject({ status: 'LISTED', counts: { replace: affected.length }, runs: [{ recordDate: RECORD_DATE, rows: affected.length }] });
    expect(after.filter((row) => row.target_date === TODAY && holds(row))).toEqual([]);
    const byId = new Map(after.map((row) => [row.id, row]));
    for (const row of before) {
      const isAffected = affected.includes(row);
      expect([row.id, byId.get(row.id)?.digest === row.digest]).toEqual([row.id, !isAffected]);
    }
    const runId = recall.runs[0]?.runId ?? '';
    expect(await faultsOf(world.database, runId)).toEqual([]);
    const outcomes = await world.database.rows<{ id: number; replaced: object }>(
      `select (data->>'interventionId')::int as id, data->'replaced' as replaced from batch.event where run_id = $1 and type = 'InterventionGenerated' order by 1`,
      [runId],
    );
    const told = affected.map(({ id, texts, outputs: { vocabulary } }) => {
      return { id, replaced: { textHash: createHash('sha256').update(texts).digest('hex'), vocabulary } };
    });
    expect(outcomes).toEqual(told.toSorted((a, b) => a.id - b.id));
    for (const { id } of affected) expect(byId.get(id)?.outputs.vocabulary).toMatch(/^points-[0-9a-f]+\+recalls-1$/u);
  });

  it('keeps no text of what it replaced', async () => {
    const log = (await world.database.column<string>("select string_agg(data::text, ' ') from batch.event"))[0] ?? '';
    const label = catalogue.dishes[catalogue.indexOfCode(dish)]?.nameKo ?? '-';
    expect(log).not.toContain(label);
  });

  it('offers it to nobody from then on, and again once it is lifted', async () => {
    const older = addDays(RECORD_DATE, -2);
    await runToEnd(world.service.url, { recordDate: older });
    const without = (await world.rows()).filter((row) => row.record_date === older);
    expect(without.length).toBeGreaterThan(50);
    expect(without.filter(holds)).toEqual([]);
    expect(await liftRecall(world.deps, { recallId: recall.recallId }, 'test')).toMatchObject({ liftedBy: 'test' });
    expect(await liftRecall(world.deps, { recallId: recall.recallId }, 'test')).toMatchObject({ code: 'RECALL_LIFTED' });
    await runToEnd(world.service.url, { recordDate: older, onExisting: 'REGENERATE' });
    const again = (await world.rows()).filter((row) => row.record_date === older);
    expect(again.filter(holds).length).toBeGreaterThan(5);
    expect(again[0]?.outputs.vocabulary).toMatch(/\+recalls-2$/u);
  });

  it('is the same made anew from the log', async () => {
    expect(await compareViews(world.database.pool)).toMatchObject({ differences: [] });
    await world.database.rows('update batch.recall_view set lifted_at = null, version = 9');
    expect((await rebuildViews(world.database.pool, { verify: true })).differences.map(({ view, column }) => `${view} ${column}`).toSorted()).toEqual(
      ['recall_view lifted_at', 'recall_view version'],
    );
  });

  it('alerts where it is for an allergen, until its rows are replaced', async () => {
    const state = 'select kind, state, over_at is not null as over from batch.alert where subject = $1';
    const alert = { kind: 'RECALLED_ALLERGEN', over: true };
    await until(async () => (await world.database.rows<{ over: boolean }>(state, [recall.recallId]))[0]?.over === true);
    expect(await world.database.rows(state, [recall.recallId])).toMatchObject([alert]);
  });
});

describe('what a recall is not to touch', () => {
  const world = new World();
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

const nobody = { enqueuePlan: () => Promise.resolve(), enqueueLanes: () => Promise.resolve() };

describe('advice that was made before a recall', () => {
  const world = new World();
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
  const world = new World();
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
    const recall = await world.recall({ cause: { kind: 'POINT', point } });
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
