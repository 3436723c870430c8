import { describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ExecutionResult } from 'graphql';
import { Departure } from '../../src/server/operations/departure.js';
import { USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import type { Operation } from '../../src/server/operations/operation.js';
import { RoundPlaces } from '../../src/server/operations/round-places.js';
import type { InRound } from '../../src/server/operations/round.js';
import { Rounds } from '../../src/server/operations/rounds.js';

/** Executions of questions that go on until they are told to end. */
function world(limits = USUAL_LIMITS): {
  readonly rounds: Rounds;
  readonly begun: { readonly caller: string; readonly operation: Operation; readonly end: (result?: ExecutionResult) => Promise<void> }[];
  readonly join: (caller: string, question?: string) => InRound;
} {
  const rounds = new Rounds(new RoundPlaces(limits));
  const begun: ReturnType<typeof world>['begun'] = [];
  const join = (caller: string, question = 'a'): InRound =>
    rounds.join(question, caller, (operation) => {
      const { promise, resolve } = Promise.withResolvers<ExecutionResult | undefined>();
      begun.push({ caller, operation, end: async (result) => (resolve(result), void (await promise), settled()) });
      return operation.unlessStopped(promise);
    });
  return { rounds, begun, join };
}

/** Resolves once what follows from what was just done has been done. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const answer = { data: { a: 1 } };

describe('who asks the same', () => {
  it('before it is executed shares one execution; who comes while it is executed is answered by the next', async () => {
    const { begun, join } = world();
    const first = join('kim');
    const later = [join('park'), join('lee'), join('kim')];
    expect(begun.map(({ caller }) => caller)).toEqual(['kim']);
    await begun[0]?.end(answer);
    expect(await first.answer).toBe(answer);
    expect(begun.map(({ caller }) => caller)).toEqual(['kim', 'park']);
    const newer = { data: { a: 2 } };
    await begun[1]?.end(newer);
    expect(await Promise.all(later.map((each) => each.answer))).toEqual([newer, newer, newer]);
    expect(begun).toHaveLength(2);
  });

  it('alone is executed in an operation of its own; who comes meanwhile is answered by the next round', async () => {
    const { rounds, begun, join } = world();
    const alone = rounds.first('a', 'kim', undefined);
    expect(alone?.operation.caller).toBe('kim');
    expect(rounds.first('a', 'park', undefined)).toBeUndefined();
    const later = [join('park'), join('lee')];
    expect(begun).toEqual([]);
    alone?.close();
    expect(begun.map(({ caller }) => caller)).toEqual(['park']);
    await begun[0]?.end(answer);
    expect(await Promise.all(later.map((each) => each.answer))).toEqual([answer, answer]);
  });

  it('alone leaves nothing behind, and takes one of the places of rounds', () => {
    const { rounds } = world({ ...USUAL_LIMITS, operationsPerCaller: 2 });
    const alone = rounds.first('a', 'kim', undefined);
    expect(rounds.first('b', 'kim', undefined)).toBeUndefined();
    expect(rounds.first('b', 'park', undefined)?.operation.caller).toBe('park');
    expect(rounds.size).toBe(2);
    alone?.close();
    expect(rounds.size).toBe(1);
    expect(rounds.first('b', 'kim', undefined)).toBeUndefined(); // park is at it
    expect(rounds.first('c', 'kim', undefined)?.operation.caller).toBe('kim');
  });

  it('alone is stopped when its client goes', () => {
    const { rounds } = world();
    const client = new Departure();
    const alone = rounds.first('a', 'kim', client);
    client.leave();
    expect(alone?.operation.isOver).toBe(true);
    const gone = rounds.first('b', 'kim', client);
    expect(gone?.operation.isOver).toBe(true);
  });

  it('waits for no other question', () => {
    const { begun, join } = world();
    join('kim', 'a');
    join('kim', 'b');
    expect(begun).toHaveLength(2);
  });

  it('in a crowd waits a moment for more of it, so that a thousand are a few rounds', async () => {
    const { begun, join } = world();
    join('kim');
    for (let n = 0; n < 50; n += 1) join('kim');
    await begun[0]?.end(answer);
    await begun[1]?.end(answer);
    const late = join('park');
    expect(begun).toHaveLength(2); // fifty were answered at once: the next round lets others come
    while (begun.length < 3) await settled();
    await begun[2]?.end(answer);
    expect(await late.answer).toBe(answer);
  });

  it('goes on when others leave, and is stopped when the last one has', async () => {
    const { begun, join, rounds } = world();
    const only = join('kim');
    const [one, two] = [join('park'), join('lee')];
    only.leave();
    expect(begun[0]?.operation.isOver).toBe(true);
    await settled();
    one.leave();
    one.leave(); // once counts
    expect(begun[1]?.operation.isOver).toBe(false);
    await begun[1]?.end(answer);
    expect(await two.answer).toBe(answer);
    two.leave();
    while (rounds.size > 0) await settled();
    const [left, other] = [join('kim'), join('park')];
    other.leave(); // before its round has begun
    left.leave();
    await settled();
    expect(begun).toHaveLength(3);
    expect(rounds.size).toBe(0);
  });

  it('is told when there is no answer for all, and asks alone then', async () => {
    const { begun, join } = world();
    const own = join('kim');
    await begun[0]?.end(undefined);
    expect(await own.answer).toBeUndefined();
    const failed = join('kim');
    begun[1]?.operation.stop(new Error('too slow') as never);
    expect(await failed.answer).toBeUndefined();
  });

  it('is not kept waiting by a caller whose executions have all places: another caller begins the round', async () => {
    const { begun, join } = world({ ...USUAL_LIMITS, operationsPerCaller: 2 });
    join('kim', 'slow');
    const waits = join('kim');
    expect(begun.map(({ caller }) => caller)).toEqual(['kim']);
    const other = join('park');
    expect(begun.map(({ caller }) => caller)).toEqual(['kim', 'park']);
    await begun[1]?.end(answer);
    expect(await Promise.all([waits.answer, other.answer])).toEqual([answer, answer]);
  });

  it('has its turn when a place is given back', async () => {
    const { begun, join } = world({ ...USUAL_LIMITS, operationsPerCaller: 2 });
    join('kim', 'slow');
    const waits = join('kim');
    const left = join('kim', 'of no interest any more');
    left.leave();
    await begun[0]?.end(answer);
    await settled();
    expect(begun).toHaveLength(2);
    await begun[1]?.end(answer);
    expect(await waits.answer).toBe(answer);
  });

  it('is executed in the surroundings of who asked, whoever gave way', async () => {
    const { rounds, begun, join } = world();
    const surroundings = new AsyncLocalStorage<string>();
    join('kim');
    const found = surroundings.run('of park', () =>
      rounds.join('a', 'park', () => Promise.resolve({ data: { of: surroundings.getStore() } })),
    );
    await surroundings.run('of kim', () => begun[0]?.end(answer));
    expect(await found.answer).toEqual({ data: { of: 'of park' } });
  });
});
