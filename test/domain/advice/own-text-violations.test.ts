import { describe, expect, it } from '@jest/globals';
import { ownTextViolations, textViolations } from '../../../src/domain/advice/text-violations.js';

const SENTENCE = '드신 음식 5가지 중 저FODMAP이 3가지, 고FODMAP이 2가지예요. 내일은 5,500보를 걸어 보세요(10 % 이내).';

describe('the reading of our own sentences', () => {
  it('passes what the full reading passes', () => {
    expect([ownTextViolations(SENTENCE, 'ko'), textViolations(SENTENCE, 'ko')]).toEqual([[], []]);
  });

  it.each([
    ['markup', `${SENTENCE} <b>`],
    ['an address', `${SENTENCE} 자세히는 example.com 참고`],
    ['an address without a letter around its stop', `${SENTENCE} 가나.FO`],
    ['a zero-width mark', `${SENTENCE}\u200B`],
    ['half a pair', `${SENTENCE}\uD83D`],
    ['a line break', `${SENTENCE}\n`],
    ['another language', 'Walk a little more tomorrow, please, and eat slowly.'],
  ])('sees %s as the full reading does', (_, text) => {
    expect(ownTextViolations(text, 'ko')).toEqual(textViolations(text, 'ko'));
  });

  it('catches each of them but the harmless stop', () => {
    const caught = ['<b>', 'example.com', '\u200B', '\uD83D', '\n'].map((part) => ownTextViolations(`${SENTENCE} ${part}`, 'ko').length);
    expect(Math.min(...caught)).toBeGreaterThan(0);
  });
});
