import { describe, expect, it } from '@jest/globals';
import { decideOrder, decideStart, type StartRollout } from '../../../src/domain/rollout/decide-rollout.js';
import type { AdviceVersion, RolloutEvent } from '../../../src/domain/rollout/rollout-events.js';
import { evolveRollout, type Rollout } from '../../../src/domain/rollout/rollout.js';
import { USUAL_THRESHOLDS } from '../../../src/domain/rollout/stop-rule.js';
import { isRejection } from '../../../src/domain/rejection.js';

const inForce: AdviceVersion = { generator: 'RULES', vocabulary: 'points-1', fingerprint: 'a'.repeat(16) };
const candidate: AdviceVersion = {
  generator: 'LLM',
  model: 'm',
  promptVersion: 'daily-3',
  vocabulary: 'points-1',
  fingerprint: 'b'.repeat(16),
};
const facts = { rolloutId: 'r-1', candidate, inForce, going: undefined };
const order: StartRollout = { program: 'daily', sharePercent: 5 };
const codeOf = (answer: object): unknown => ('code' in answer ? answer.code : 'accepted');

/** A rollout after these events. */
function after(...events: readonly RolloutEvent[]): Rollout {
  const request = decideStart(order, facts);
  if (isRejection(request)) throw new Error(request.code);
  const all: RolloutEvent[] = [{ type: 'RolloutStarted', data: request }, ...events];
  const context = { rolloutId: 'r-1', actor: 'kim', recordedAt: '2026-03-02T00:00:00.000Z' };
  return all.reduce<Rollout | undefined>((state, event) => evolveRollout(state, event, context), undefined) as Rollout;
}

describe('the start of a rollout', () => {
  it('completes an order: its own id as the seed, and the usual thresholds', () => {
    expect(decideStart({ ...order, thresholds: { leastUsers: 50 }, reason: ' try it ' }, facts)).toEqual({
      program: 'daily', candidate, inForce, sharePercent: 5, seed: 'r-1', thresholds: { ...USUAL_THRESHOLDS, leastUsers: 50 }, reason: 'try it',
    }); // prettier-ignore
  });

  it.each([
    ['ROLLOUT_NO_CANDIDATE', order, { ...facts, candidate: undefined }],
    ['ROLLOUT_SAME', order, { ...facts, candidate: { ...candidate, fingerprint: inForce.fingerprint } }],
    ['ROLLOUT_PROGRAM', { ...order, program: 'sleep' }, facts],
    ['ROLLOUT_SHARE', { ...order, sharePercent: 0 }, facts],
    ['ROLLOUT_SHARE', { ...order, sharePercent: 101 }, facts],
    ['ROLLOUT_SHARE', { ...order, sharePercent: 2.5 }, facts],
    ['ROLLOUT_SEED', { ...order, seed: '김철수' }, facts],
    ['ROLLOUT_THRESHOLD', { ...order, thresholds: { leastUsers: 0 } }, facts],
    ['ROLLOUT_GOING', order, { ...facts, going: 'r-0' }],
    ['REASON_TOO_LONG', { ...order, reason: 'x'.repeat(501) }, facts],
  ] as const)('is refused as %s', (code, asked, known) => {
    expect(codeOf(decideStart(asked, known))).toBe(code);
  });
});

describe('an order about a rollout', () => {
  const promoted: RolloutEvent = { type: 'RolloutPromoted', data: {} };
  const stopped: RolloutEvent = { type: 'RolloutStopped', data: { cause: 'PRICE' } };

  it('changes the share, once', () => {
    const [event] = decideOrder(after(), { order: 'SHARE', sharePercent: 20 }) as readonly RolloutEvent[];
    expect(event).toEqual({ type: 'RolloutShareChanged', data: { sharePercent: 20 } });
    expect(after(event as RolloutEvent)).toMatchObject({ sharePercent: 20, status: 'RUNNING', version: 2 });
    expect(decideOrder(after(event as RolloutEvent), { order: 'SHARE', sharePercent: 20 })).toEqual([]);
  });

  it('promotes it to all users, and takes even that back', () => {
    expect(after(promoted)).toMatchObject({ status: 'PROMOTED', sharePercent: 100, endedBy: 'kim' });
    expect(codeOf(decideOrder(after(promoted), { order: 'SHARE', sharePercent: 20 }))).toBe('ROLLOUT_NOT_RUNNING');
    expect(decideOrder(after(promoted), { order: 'STOP' })).toEqual([{ type: 'RolloutStopped', data: { cause: 'OPERATOR' } }]);
  });

  it('finds one that was stopped over', () => {
    expect(after(stopped)).toMatchObject({ status: 'STOPPED', stop: { cause: 'PRICE' } });
    for (const asked of ['STOP', 'PROMOTE'] as const)
      expect(codeOf(decideOrder(after(stopped), { order: asked }))).toBe('ROLLOUT_NOT_RUNNING');
  });
});
