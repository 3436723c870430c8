import { describe, expect, it } from '@jest/globals';
import { sharedAnswer } from '../../src/runtime/shared-answer.js';
import { until } from '../support/until.js';

/** A question that counts how often it is asked, and is answered when the test likes. */
function counted(): { readonly ask: () => Promise<number>; readonly answer: () => void; asked: number } {
  const waiting: (() => void)[] = [];
  const question = {
    asked: 0,
    ask: () => new Promise<number>((resolve) => waiting.push(() => resolve(question.asked)) && void (question.asked += 1)),
    answer: () => waiting.splice(0).forEach((each) => each()),
  };
  return question;
}

const HOUR = 3_600_000;

describe('a shared answer', () => {
  it('is asked for once by all who come while it is on its way, however long that takes', async () => {
    const question = counted();
    const look = sharedAnswer(question.ask, 0);
    const all = Array.from({ length: 100 }, () => look());
    await until(() => Promise.resolve(question.asked > 0));
    all.push(look());
    question.answer();
    expect(new Set(await Promise.all(all))).toEqual(new Set([1]));
  });

  it('serves who comes soon after it, and is asked for anew by who comes later', async () => {
    const question = { asked: 0, ask: () => Promise.resolve((question.asked += 1)) };
    const soon = sharedAnswer(question.ask, HOUR);
    expect([await soon(), await soon(), await soon()]).toEqual([1, 1, 1]);
    const later = sharedAnswer(question.ask, 0);
    expect([await later(), await later()]).toEqual([2, 3]);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('away'))],
    ['throws', () => { throw new Error('away'); }], // prettier-ignore
  ])('is the failure where the question %s, and that is shared as well', async (_how, fail) => {
    let asked = 0;
    const look = sharedAnswer(() => {
      asked += 1;
      return fail();
    }, HOUR);
    await expect(look()).rejects.toThrow('away');
    await expect(look()).rejects.toThrow('away');
    expect(asked).toBe(1);
  });
});
