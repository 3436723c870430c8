import { expect, it } from '@jest/globals';
import type { Judged } from '../../src/generators/llm/judged-answer.js';
import { Readability } from '../../src/generators/llm/readability.js';

const bad: Judged = { violations: ['MALFORMED_ANSWER'], faults: '' };
const wrong: Judged = { violations: ['ALLERGEN'], faults: '' };

const good = { advice: {} } as Judged;

function watched(): {
  readonly saw: (...answers: readonly Judged[]) => void;
  readonly ended: (...last: readonly Judged[]) => void;
  readonly told: string[];
} {
  const told: string[] = [];
  const readability = new Readability({
    unreadable: () => told.push('unreadable'),
    readable: () => told.push('readable'),
    unsafe: () => told.push('unsafe'),
    safe: () => told.push('safe'),
  });
  return {
    told,
    ended: (...last) => last.forEach((each) => readability.ended(each)),
    saw: (...answers) => answers.forEach((each) => readability.saw(each)),
  };
}

const times = (count: number, answer: Judged): Judged[] => Array.from({ length: count }, () => answer);

it('A few answers that cannot be read are bad luck, and so are many with readable ones between them', () => {
  const { saw, told } = watched();
  saw(...times(5, bad), wrong, ...times(5, bad), wrong);
  expect(told).toEqual([]);
});

it('Six in a row are told, once, and the next that can be read takes it back, even where the gate refuses it', () => {
  const { saw, told } = watched();
  saw(...times(6, bad));
  expect(told).toEqual(['unreadable']);
  saw(...times(100, bad));
  expect(told).toEqual(['unreadable']);
  saw(wrong, wrong);
  expect(told).toEqual(['unreadable', 'readable']);
  saw(...times(6, bad));
  expect(told).toEqual(['unreadable', 'readable', 'unreadable']);
});

it('A gate that refuses half of the last users is told, once, and that it is over when most pass again', () => {
  const { ended, told } = watched();
  ended(...times(9, wrong), ...times(20, good), ...times(9, wrong));
  expect(told).toEqual([]);
  ended(wrong, ...times(40, wrong));
  expect(told).toEqual(['unsafe']);
  ended(...times(14, good));
  expect(told).toEqual(['unsafe']);
  ended(good);
  expect(told).toEqual(['unsafe', 'safe']);
});

it('A gate that refuses every second user is told of as well, and answers that cannot be read say nothing of it', () => {
  const { ended, told } = watched();
  ended(...times(100, bad));
  expect(told).toEqual([]);
  ended(...Array.from({ length: 10 }, () => [wrong, good]).flat());
  expect(told).toEqual(['unsafe']);
});
