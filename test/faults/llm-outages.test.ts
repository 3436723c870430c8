import { describe, expect, it } from '@jest/globals';
import { BEHAVIOURS, type Behaviour } from '../../src/local-model/behaviour.js';
import { startLlmCluster } from '../support/llm-cluster.js';
import { until } from '../support/until.js';

const sound: Behaviour = { kind: 'sound' };

describe('Two workers before a model that fails', () => {
  it('keep to its Retry-After through a storm of 429, and lose nobody', async () => {
    await using cluster = await startLlmCluster(40);
    cluster.behave((n) => (n > 5 && n <= 15 ? { kind: 'error', status: 429, retryAfter: '1' } : sound));
    const runId = await cluster.begin();
    expect(await cluster.end(runId)).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = await cluster.outcomes(runId);
    expect(outcomes.filter(({ fallbackReason }) => fallbackReason !== null)).toEqual([]);
    expect(outcomes.some(({ attempts }) => (attempts ?? 0) > 1)).toBe(true);
  });

  it('pause the run while it is dead, and go on by themselves when it answers', async () => {
    await using cluster = await startLlmCluster(60);
    let served = 0;
    cluster.behave(() => ((served += 1) > 20 ? { kind: 'reset' } : sound));
    const runId = await cluster.begin();
    const paused = async (): Promise<boolean> =>
      (await cluster.database.column<string>('select status from batch.run_view where run_id = $1', [runId]))[0] === 'PAUSED';
    await until(paused);
    const [reason] = await cluster.database.column<string>('select paused_reason from batch.run_view where run_id = $1', [runId]);
    expect(reason).toContain('endpoint does not answer');
    cluster.behave(() => sound);
    expect(await cluster.end(runId)).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = await cluster.outcomes(runId);
    expect(outcomes.filter(({ generator }) => generator === 'RULES')).toEqual([]);
    const events = await cluster.database.column<string>(
      `select type from batch.event where run_id = $1 and type in ('RunPaused', 'RunResumed') order by version`,
      [runId],
    );
    expect(events.slice(0, 2)).toEqual(['RunPaused', 'RunResumed']);
  });

  it('let the rules stand in for a dead model where that is configured, and stop calling it', async () => {
    await using cluster = await startLlmCluster(60, { LLM_ON_OUTAGE: 'RULES' });
    cluster.behave(() => ({ kind: 'reset' }));
    const runId = await cluster.begin();
    const end = await cluster.end(runId);
    expect(end).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = (await cluster.outcomes(runId)).filter(({ type }) => type === 'InterventionGenerated');
    for (const outcome of outcomes) expect(outcome).toMatchObject({ generator: 'RULES', fallbackReason: 'GENERATOR_UNAVAILABLE' });
    // Eight failures open a circuit; the calls that were under way by then come on top, in each process.
    expect(cluster.received.length).toBeLessThanOrEqual(2 * (8 + 8));
  });

  it.each(['401', 'quota'])('ask it once or twice when it refuses with %s, and never again and again', async (name) => {
    await using cluster = await startLlmCluster(60, { LLM_ON_OUTAGE: 'RULES' });
    cluster.behave(() => BEHAVIOURS[name] ?? sound);
    const runId = await cluster.begin();
    expect(await cluster.end(runId)).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = (await cluster.outcomes(runId)).filter(({ type }) => type === 'InterventionGenerated');
    for (const outcome of outcomes) expect(outcome).toMatchObject({ generator: 'RULES', fallbackReason: 'GENERATOR_REFUSED' });
    expect(cluster.received.length).toBeLessThanOrEqual(2 * 8); // those that were under way at once
  });

  it.each(['hang', 'drip'] as const)('end a user’s call that %ss when the time is up', async (kind) => {
    await using cluster = await startLlmCluster(30, { LLM_TIMEOUT_MS: '2500', LLM_FALLBACK: 'NONE' });
    cluster.behave((n) => (n % 10 === 1 ? { kind } : sound));
    const runId = await cluster.begin();
    await cluster.end(runId);
    const failed = (await cluster.outcomes(runId)).filter(({ type }) => type === 'UserFailed');
    expect(failed.length).toBeGreaterThan(0);
    for (const outcome of failed) expect(outcome).toMatchObject({ code: 'GENERATOR_TIMEOUT', retryable: true });
  });
});

describe('The rate and the budget of two workers', () => {
  it('are those of all of them together', async () => {
    const perMinute = 1_200;
    await using cluster = await startLlmCluster(60, { LLM_REQUESTS_PER_MINUTE: String(perMinute) });
    await cluster.end(await cluster.begin());
    const times = cluster.received.map(({ at }) => at);
    expect(times.length).toBeGreaterThan(30);
    // Evenly spaced by the database's clock; each may come late and none early. When the first was allowed is told by the ones of the first third that came soonest.
    const spacing = 60_000 / perMinute;
    const begins = times.slice(0, times.length / 3).map((at, n) => at - n * spacing);
    expect((times.at(-1) ?? 0) - Math.min(...begins)).toBeGreaterThan((times.length - 1) * spacing * 0.9);
  });

  it('hold to the last call: the rest of the users go to the rules, and their outcomes say so', async () => {
    // About 4,500 bytes a prompt, and as much as a template may add: the dearest call is 0.0155 US$, so the budget holds one or two at once.
    await using cluster = await startLlmCluster(60, { LLM_PRICE_INPUT: '1', LLM_PRICE_OUTPUT: '2', LLM_RUN_BUDGET: '0.03' });
    const runId = await cluster.begin();
    expect(await cluster.end(runId)).toMatchObject({ status: 'COMPLETED', failed: 0 });
    const outcomes = (await cluster.outcomes(runId)).filter(({ type }) => type === 'InterventionGenerated');
    const spent = outcomes.reduce((sum, { costMicros }) => sum + (costMicros ?? 0), 0);
    expect(spent).toBeGreaterThan(0);
    expect(spent).toBeLessThanOrEqual(30_000);
    expect(outcomes.filter(({ generator }) => generator === 'LLM').length).toBeGreaterThan(0);
    expect(outcomes.filter(({ fallbackReason }) => fallbackReason === 'BUDGET_REACHED').length).toBeGreaterThan(10);
    expect(await cluster.database.column<number>('select micros::int from batch.llm_spending where run_id = $1', [runId])).toEqual([spent]);
  });
});
