import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import type { LocalAnswer } from '../../src/local-model/sound-answer.js';
import { addDays } from '../../src/domain/local-date.js';
import { hostileAnswer, noAnswer, SENTENCES, spoiltAnswer } from '../domain/advice/adversarial-answers.js';
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

/** What profiles tell, as the oracle can read it: patients to whom each word does most harm. */
const TELLING = [
  '땅콩 알레르기였는데 지금은 괜찮아요',
  'MAO 억제제를 먹어요',
  '임신 중이에요',
  '투석 중이에요',
  '섭식장애가 있어요',
  '키위 알레르기',
  '와파린 복용 중',
  '당뇨가 있어요',
  null,
] as const;

/** A sound answer with other dishes, points or members. */
function changed(sound: string, change: (answer: LocalAnswer) => object): string {
  return JSON.stringify(change(JSON.parse(sound) as LocalAnswer));
}

const ILL = SENTENCES.filter((sentence) => sentence.isWellFormed() && !sentence.includes('\u0000')).join(' ');
const everyNumber = Array.from({ length: 400 }, (_, at) => at + 1);

/** Ten ways in which a model can mean ill. */
const HOSTILE: Readonly<Record<string, (sound: string) => string>> = {
  prose: () => ILL,
  'texts beside an answer': (sound) => `${ILL}\n${sound}\n${ILL}`,
  'members of its own': (sound) => changed(sound, (answer) => ({ ...answer, dietEvaluation: ILL, exerciseTarget: 50_000, Summary: ILL })),
  'texts for numbers': (sound) => changed(sound, (answer) => ({ ...answer, b: [ILL, ...answer.b], p: [[ILL]] })),
  'every dish there is': (sound) => changed(sound, (answer) => ({ ...answer, b: everyNumber, l: everyNumber, d: everyNumber })),
  'dishes that were not offered': (sound) =>
    changed(sound, (answer) => ({
      ...answer,
      b: answer.b.map((n) => n + 97),
      l: answer.l.map((n) => n + 41),
      d: answer.d.map((n) => n + 13),
    })),
  'every point of every food': (sound) =>
    changed(sound, (answer) => ({ ...answer, p: everyNumber.flatMap((n) => [[n], [n, 1], [n, 2], [n, 1, 2]]) })),
  'one dish all day': (sound) =>
    changed(sound, (answer) => ({
      ...answer,
      b: Array(6).fill(answer.b[0]),
      l: Array(6).fill(answer.b[0]),
      d: Array(6).fill(answer.b[0]),
    })),
  'members that objects have': (sound) => sound.replace('{', `{"__proto__":{"b":["${'x'.repeat(50)}"]},"constructor":1,`),
  'an answer within an answer': (sound) =>
    `<think>${ILL}</think>\`\`\`json\n{"note":"[click](https://evil.example)","answer":${sound}}\n\`\`\``,
};

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

  it('save nothing of ten hostile behaviours of a model, whatever the profiles of patients tell', async () => {
    const { database } = cluster;
    const recordDate = addDays(RECORD_DATE, -2);
    const users = await database.column<string>('select user_id from ibsafe_userprofile order by user_id');
    for (const [at, userId] of users.entries())
      await database.pool.query('update ibsafe_userprofile set food_preference = $2 where user_id = $1', [
        userId,
        TELLING[at % TELLING.length],
      ]);
    const behaviours = Object.values(HOSTILE);
    const asked = new Map<number, number>();
    cluster.behave((n) => {
      const at = n % behaviours.length;
      asked.set(at, (asked.get(at) ?? 0) + 1);
      return { kind: 'wrapped', wrap: (sound) => (behaviours[at] ?? String)(sound) };
    });
    const runId = await cluster.begin({ recordDate });
    expect(await cluster.end(runId)).toMatchObject({ status: 'COMPLETED', failed: 0 });
    expect(asked.size).toBe(10);
    const rows = await database.rows<{ text: string }>(
      `select concat_ws(' ', diet_evaluation, diet_target::text, exercise_evaluation, outputs::text) as text from ibsafe_interventionrecord where record_date = $1`,
      [recordDate],
    );
    expect(rows.length).toBeGreaterThan(50);
    const events = await database.column<string>('select data::text from batch.event where run_id = $1', [runId]);
    const all = [...rows.map(({ text }) => text), ...events].join('\n');
    expect(all).toContain('DIET_BY_CLINIC');
    expect([...SENTENCES, 'evil.example'].filter((sentence) => all.includes(sentence))).toEqual([]);
    expect(await unsafeRows(database, runId, recordDate)).toEqual([]);
  });
});
