import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import type { LocalAnswer } from '../../src/local-model/sound-answer.js';
import { addDays } from '../../src/domain/local-date.js';
import { hostileAnswer, noAnswer, spoiltAnswer } from '../domain/advice/adversarial-answers.js';
import { startLlmCluster, type LlmCluster } from '../support/llm-cluster.js';
import { RECORD_DATE } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { unsafeRows } from '../support/unsafe-rows.js';

const resources = new Resources();
let cluster: LlmCluster;

beforeAll(async () => {
  cluster = resources.use(await startLlmCluster(150));
});

afterAll(async () => {
  await resources.end();
});

const SEED = 20_261_124;

describe('Two workers before a model that answers badly', () => {
  it('save nothing unsafe of hundreds of hostile answers, and every user has one outcome', async () => {
    const answers = ([[hostileAnswer, 150], [noAnswer, 80], [spoiltAnswer, 150]] as const).flatMap(([kind, numRuns]) => fc.sample(kind, { numRuns, seed: SEED })); // prettier-ignore
    const behaviours = answers.map((answer): Behaviour => ({ kind: 'wrapped', wrap: (sound) => answer(JSON.parse(sound) as LocalAnswer) }));
    cluster.behave((n) => behaviours[(n * 7) % behaviours.length] ?? { kind: 'sound' });
    const before = cluster.received.length;
    const runId = await cluster.begin();
    const end = await cluster.end(runId);
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(cluster.received.length - before).toBeGreaterThan(150);
    const outcomes = (await cluster.outcomes(runId)).filter(({ type }) => type === 'InterventionGenerated');
    const fellBack = outcomes.filter(({ fallbackReason }) => fallbackReason === 'UNSAFE_ADVICE');
    expect(fellBack.length).toBeGreaterThan(30);
    for (const outcome of fellBack) expect(outcome).toMatchObject({ generator: 'RULES', fallbackOf: 'LLM', violations: expect.any(Array) });
    expect(outcomes.some(({ generator }) => generator === 'LLM')).toBe(true);
    expect(await unsafeRows(cluster.database, runId, RECORD_DATE)).toEqual([]);
  });

  it('get over cut bodies, dropped connections and errors of the server by asking again', async () => {
    const trouble = ['cut', 'reset', '500', 'sound', 'sound', 'sound', 'sound', 'sound', 'sound', 'sound'];
    cluster.behave((n) => BEHAVIOURS[trouble[n % trouble.length] ?? ''] ?? { kind: 'sound' });
    const runId = await cluster.begin({ recordDate: addDays(RECORD_DATE, -1) });
    expect(await cluster.end(runId)).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = (await cluster.outcomes(runId)).filter(({ type }) => type === 'InterventionGenerated');
    expect(outcomes.filter(({ attempts }) => (attempts ?? 0) > 1).length).toBeGreaterThan(5);
    expect(outcomes.filter(({ generator }) => generator === 'LLM').length).toBeGreaterThan(outcomes.length * 0.9);
  });
});
