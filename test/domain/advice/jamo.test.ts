import { describe, expect, it } from '@jest/globals';
import { composed, isNearly } from '../../../src/domain/advice/jamo.js';

describe('Letters that stand apart', () => {
  it.each([
    ['알러ㅈㅣ', '알러지'],
    ['ㅅㅐ우', '새우'],
    ['ㅅㅐㅇㅜ', '새우'],
    ['ㄱㅖㄹㅏㄴ', '계란'],
    ['ㅋㅋ ㄴㄴ ㅇㅇ ㅠㅠ', 'ㅋㅋ ㄴㄴ ㅇㅇ ㅠㅠ'],
    ['우유ㅠㅠ', '우유ㅠㅠ'],
  ])('%s make %s', (typed, read) => expect(composed(typed)).toBe(read));
});

describe('Two words that differ in one letter', () => {
  it.each([
    ['게란', '계란', true],
    ['달갈', '달걀', true],
    ['세우', '새우', true],
    ['땅꽁', '땅콩', true],
    ['계라', '계란', true],
    ['계란', '계라', true],
    ['peenut', 'peanut', true],
    ['계란', '계란', false],
    ['사과', '사자', false],
    ['감', '김', false], // of one syllable nothing is left to know it by
  ])('%s and %s: %j', (typed, known, isOne) => expect(isNearly(typed, known)).toBe(isOne));
});
