import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, dataOf } from '../support/graphql-client.js';
import { RolloutWorld } from '../support/rollout-world.js';
import { runToEnd } from '../support/batch-client.js';

const START = `mutation ($input: RolloutInput!) { startRollout(input: $input) {
  kind: __typename ... on RolloutAccepted { repeated rollout { id status sharePercent seed thresholds { leastUsers priceUsd } candidate { generator model } inForce { generator model } isConfigured } }
  ... on Error { code message } } }`;
const ORDER = (mutation: string, args = ''): string =>
  `mutation ($id: UUID!) { answer: ${mutation}(id: $id${args}) { kind: __typename ... on RolloutAccepted { rollout { status sharePercent endedBy endReason stopCause } } ... on Error { code } } }`;
const REPORT = `query ($id: UUID!) { rollout(id: $id) { report {
  candidate { ...side } inForce { ...side } nights { recordDate candidate { users } inForce { users } } } } }
  fragment side on RolloutSide { users advised failed fallbacks gateDrops pointsDropped answersRefused judgedRows falsehoods tokensIn costUsd costPer1000Usd meanMs }`;

interface Started {
  readonly startRollout: {
    readonly kind: string;
    readonly code?: string;
    readonly repeated?: boolean;
    readonly rollout?: { readonly id: string };
  };
}

describe('rollouts over GraphQL', () => {
  const world = new RolloutWorld();
  let id: string;
  const order = async (mutation: string, args = ''): Promise<object> =>
    (await dataOf<{ answer: object }>(world.service.url, ORDER(mutation, args), { id })).answer;
  const start = (input: object): Promise<Started> => dataOf<Started>(world.service.url, START, { input });

  beforeAll(async () => {
    await world.open(80, { LLM_CANDIDATE_PRICE_INPUT: '1', LLM_CANDIDATE_PRICE_OUTPUT: '1' });
    await world.database.rows('delete from ibsafe_interventionrecord');
  });
  afterAll(() => world.resources.end());

  it('tell what can be tried', async () => {
    expect(await dataOf(world.service.url, '{ rolloutCandidate { generator model promptVersion } }')).toEqual({
      rolloutCandidate: { generator: 'LLM', model: 'tried', promptVersion: 'daily-3' },
    });
  });

  it('begin once for a key, and are refused with what is wrong', async () => {
    const input = { sharePercent: 50, seed: 'spring-1', thresholds: { priceUsd: 2.5, leastUsers: 1000 }, idempotencyKey: 'k-1' };
    const { startRollout: first } = await start(input);
    expect(first).toMatchObject({
      kind: 'RolloutAccepted',
      repeated: false,
      rollout: { status: 'RUNNING', sharePercent: 50, thresholds: { priceUsd: 2.5, leastUsers: 1000 }, candidate: { model: 'tried' }, inForce: { generator: 'RULES' }, isConfigured: true },
    }); // prettier-ignore
    id = first.rollout?.id ?? '';
    expect((await start(input)).startRollout).toMatchObject({ repeated: true, rollout: { id } });
    expect((await start({ sharePercent: 5 })).startRollout).toMatchObject({ kind: 'Refused', code: 'ROLLOUT_GOING' });
    expect((await start({ sharePercent: 0 })).startRollout).toMatchObject({ code: 'ROLLOUT_SHARE' });
    expect((await start({ sharePercent: 5, program: 'SLEEP' })).startRollout).toMatchObject({ code: 'ROLLOUT_PROGRAM' });
  });

  it('show both sides side by side', async () => {
    const { runId } = await runToEnd(world.service.url, {});
    const outcomes = await world.outcomes(runId);
    const users = (arm: string): number => outcomes.filter((each) => each.arm === arm).length;
    const { rollout } = await dataOf<{ rollout: { report: Record<'candidate' | 'inForce', { costUsd: number; costPer1000Usd: number }> } }>(
      world.service.url,
      REPORT,
      { id },
    );
    const nothing = { failed: 0, fallbacks: 0, gateDrops: 0, pointsDropped: 0, answersRefused: 0, judgedRows: 0, falsehoods: 0 };
    const [tried, kept] = [users('CANDIDATE'), users('IN_FORCE')];
    expect(rollout.report).toMatchObject({
      candidate: { failed: 0, judgedRows: 0, falsehoods: 0, users: tried, advised: tried },
      inForce: { ...nothing, users: kept, advised: kept, tokensIn: 0, costUsd: 0, costPer1000Usd: 0 },
      nights: [{ candidate: { users: tried }, inForce: { users: kept } }],
    });
    expect(rollout.report.candidate.costPer1000Usd).toBeCloseTo((rollout.report.candidate.costUsd * 1000) / tried, 3);
    const arms = await dataOf<{ run: { outcomes: { nodes: { rolloutArm: string | null; rolloutId: string | null }[] } } }>(
      world.service.url,
      'query ($id: UUID!) { run(id: $id) { outcomes(first: 100) { nodes { rolloutArm rolloutId } } } }',
      { id: runId },
    );
    expect(arms.run.outcomes.nodes.filter(({ rolloutArm }) => rolloutArm === 'CANDIDATE')).toHaveLength(tried);
  });

  it('change their share, are promoted, and are stopped by name', async () => {
    expect(await order('changeRolloutShare', ', sharePercent: 80')).toMatchObject({ rollout: { status: 'RUNNING', sharePercent: 80 } });
    expect(await order('changeRolloutShare', ', sharePercent: 800')).toEqual({ kind: 'Refused', code: 'ROLLOUT_SHARE' });
    expect(await order('promoteRollout', ', reason: "better"')).toMatchObject({
      rollout: { status: 'PROMOTED', sharePercent: 100, endReason: 'better' },
    });
    expect(await order('stopRollout')).toMatchObject({ rollout: { status: 'STOPPED', stopCause: 'OPERATOR' } });
    expect(await order('stopRollout')).toEqual({ kind: 'Refused', code: 'ROLLOUT_NOT_RUNNING' });
  });

  it('are listed, newest first, and an unknown one is no rollout', async () => {
    const { startRollout } = await start({ sharePercent: 1 });
    const { rollouts } = await dataOf<{ rollouts: { nodes: { id: string }[] } }>(world.service.url, '{ rollouts { nodes { id } } }');
    expect(rollouts.nodes.map((each) => each.id)).toEqual([startRollout.rollout?.id, id]);
    const unknown = await ask(world.service.url, REPORT, { id: '00000000-0000-4000-8000-000000000000' });
    expect(unknown.errors?.[0]?.message).toContain('No rollout has the id');
  });
});
