import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import { openLocalModel, type LocalModel, type Received } from '../../src/local-model/local-model.js';
import { CANARIES, holdsCanary, plantCanaries, tablesWithCanary } from '../support/canaries.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const resources = new Resources();
const received: Received[] = [];
const answered: string[] = [];
let database: PatientsDatabase;
let model: LocalModel;
let service: TestService;
let runId: string;

/** An endpoint's error that says more than it should, as some do. */
const QUOTING: Behaviour = { kind: 'error', status: 400, code: 'bad_prompt', message: `the prompt was: ${CANARIES.join(' ')}` };
/** An answer that holds what it cannot know, as a prompt injected elsewhere could make it. */
const TELLING: Behaviour = {
  kind: 'answer',
  change: (answer) => ({ ...answer, l: [...CANARIES], p: CANARIES.map((canary) => [canary]), summary: CANARIES.join(' ') }),
};
const RESETTING = BEHAVIOURS['cut'] ?? QUOTING;

beforeAll(async () => {
  const behaviours = [QUOTING, TELLING, RESETTING];
  const behave = (n: number): Behaviour => (n % 4 === 0 ? { kind: 'sound' } : (behaviours[n % 3] ?? QUOTING));
  model = resources.use(await openLocalModel({ port: 0, behave, onReceived: (each) => received.push(each) }));
  database = resources.use(await createPatients(60));
  await plantCanaries(database);
  const llm = { GENERATOR: 'LLM', LLM_BASE_URL: model.url, LLM_MODEL: 'local', LLM_API_KEY: 'sk-canary-key', LLM_TIMEOUT_MS: '5000' };
  const prices = { LLM_PRICE_INPUT: '0.5', LLM_PRICE_OUTPUT: '1.5', LLM_RUN_BUDGET: '100', LLM_REQUESTS_PER_MINUTE: '100000' };
  service = resources.use(await startTestService(database, { environment: { LOG_LEVEL: 'trace', ...llm, ...prices } }));
  ({ runId } = await runToEnd(service.url));
  answered.push(await (await fetch(`${service.url}/metrics`)).text());
});

afterAll(async () => {
  await resources.end();
});

describe('What a patient is called, writes and eats', () => {
  it('does not leave for the model: nothing that a person typed, no id and no date', () => {
    expect(received.length).toBeGreaterThan(20);
    for (const { body } of received) {
      // What the model itself said is shown to it again; the rest is ours.
      const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
      const ours = messages.filter(({ role }) => role !== 'assistant').map(({ content }) => content);
      expect(ours.filter(holdsCanary)).toEqual([]);
      expect(ours.join()).not.toMatch(/\d{4}-\d\d-\d\d|@|user_?id/iu);
      const sent = Object.keys(JSON.parse(body) as object);
      expect(sent).toContain('messages');
      expect(sent.filter((name) => ['user', 'metadata', 'store'].includes(name))).toEqual([]);
    }
  });

  it('is told by what the catalogue calls it, so that the advice can be about it', () => {
    expect(received.some(({ body }) => /eaten: 1[가-힣]/u.test(body))).toBe(true);
  });

  it('is in no event, row of ours, log line or metric, whatever the endpoint said', async () => {
    expect(await tablesWithCanary(database, 'batch')).toEqual([]);
    expect(service.logged.filter(holdsCanary)).toEqual([]);
    expect(answered.filter(holdsCanary)).toEqual([]);
    expect(await database.column(`select outputs::text from ibsafe_interventionrecord where outputs is not null`)).not.toEqual([]);
    const outputs = await database.column<string>(`select outputs::text from ibsafe_interventionrecord where outputs is not null`);
    expect(outputs.filter(holdsCanary)).toEqual([]);
  });

  it('goes without the key, which only the endpoint sees', async () => {
    expect(received.every(({ headers }) => headers.authorization === 'Bearer sk-canary-key')).toBe(true);
    expect(service.logged.filter((line) => line.includes('sk-canary-key'))).toEqual([]);
    expect(received.filter(({ body }) => body.includes('sk-canary-key'))).toEqual([]);
  });
});

describe('What a run took of a model', () => {
  const SHARES = 'tokensIn tokensOut costUsd budgetReached byGenerator { generator fallbackReason users tokensIn tokensOut costUsd }';
  interface Usage {
    readonly tokensIn: number;
    readonly tokensOut: number;
    readonly costUsd: number;
    readonly byGenerator: readonly { readonly generator: string | null; readonly fallbackReason: string | null; readonly users: number }[];
  }

  it('is told for the run, for the month, and for each user, and comes to the same', async () => {
    const query = `query ($id: UUID!, $month: String!) {
      run(id: $id) { usage { ${SHARES} } outcomes(first: 100) { nodes { tokensIn costUsd inputsHash model promptVersion violations } } }
      llmUsage(month: $month) { ${SHARES} }
    }`;
    const month = new Date().toISOString().slice(0, 7);
    const { run, llmUsage } = await dataOf<{
      run: { usage: Usage; outcomes: { nodes: { tokensIn: number | null; costUsd: number | null }[] } };
      llmUsage: Usage;
    }>(service.url, query, { id: runId, month });
    const sum = run.outcomes.nodes.reduce((total, { tokensIn }) => total + (tokensIn ?? 0), 0);
    expect(run.usage.tokensIn).toBe(sum);
    expect(run.usage.costUsd).toBeGreaterThan(0);
    expect(run.usage.byGenerator.map(({ generator }) => generator)).toEqual(expect.arrayContaining(['LLM', 'RULES']));
    expect(llmUsage).toEqual(run.usage);
    expect(answered[0]).toMatch(/ibsafe_batch_violations_total\{code="NOT_IN_CATALOGUE"\} \d+/u);
    expect(answered[0]).toMatch(/ibsafe_batch_llm_tokens_total\{direction="in"\} \d+/u);
  });

  it('is nothing for a run by rules, and a month must be one', async () => {
    const { runId: byRules } = await runToEnd(service.url, { generator: 'RULES', recordDate: '2026-02-27' });
    const none = await dataOf<{ run: { usage: Usage } }>(service.url, `{ run(id: "${byRules}") { usage { ${SHARES} } } }`);
    expect(none.run.usage).toEqual({ tokensIn: 0, tokensOut: 0, costUsd: 0, budgetReached: false, byGenerator: [] });
    await expect(dataOf(service.url, '{ llmUsage(month: "March") { costUsd } }')).rejects.toThrow(/YYYY-MM/u);
    expect(RECORD_DATE).not.toBe('2026-02-27');
  });
});
