import { describe, expect, it } from '@jest/globals';
import { isPrintable, operatorText } from '../../src/domain/operator-text.js';
import { tableLines } from '../../src/cli/screen/table.js';

describe('A text of an operator', () => {
  it.each(['매일 밤 실행', 'Ça va – 100 %', '👨‍👩‍👧 e\u0301', 'می\u200Cخواهم', '日本語'])('is kept as it is: %s', (text) => {
    expect(operatorText(` ${text} `, 100)).toBe(text);
  });

  it.each([
    ['a line break', 'a\nb'],
    ['a separator of lines', 'a\u2028b'],
    ['an escape', 'a\u001B[31mb'],
    ['half of a pair', 'a\uD800b'],
    ['what turns words around', 'a\u202Eb'],
    ['an isolate of direction', 'a\u2066b'],
    ['a mark of direction', 'a\u200Fb'],
    ['a letter mark', 'a\u061Cb'],
    ['a space without width', 'a\u200Bb'],
    ['a byte order mark', 'a\uFEFFb'],
    ['hidden letters', 'a\u{E0041}b'],
  ])('is refused with %s', (_what, text) => {
    expect([isPrintable(text), operatorText(text, 100)]).toEqual([false, undefined]);
  });
});

describe('A table', () => {
  it('measures its cells as they will stand on a terminal', () => {
    expect(tableLines(['A', 'B'], [['x\u202Ey', '1'], ['abcdefghijkl', '2']])).toEqual([
      'A             B',
      'x\\u202ey      1',
      'abcdefghijkl  2',
    ]); // prettier-ignore
  });
});
