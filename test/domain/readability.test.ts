import { expect, it } from '@jest/globals';
import type { Judged } from '../../src/generators/llm/judged-answer.js';
import { Readability } from '../../src/generators/llm/readability.js';

const bad: Judged = { violations: ['MALFORMED_ANSWER'], faults: '' };
const wrong: Judged = { violations: ['ALLERGEN'], faults: '' };

function watched(): { readonly saw: (...answers: readonly Judged[]) => void; readonly told: string[] } {
  const told: string[] = [];
  const readability = new Readability({ unreadable: () => told.push('unreadable'), readable: () => told.push('readable') });
  return { told, saw: (...answers) => answers.forEach((each) => readability.saw(each)) };
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
