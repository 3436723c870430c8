import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { BinaryRows } from '../../src/records/binary-rows.js';

/** What a jsonb field of the first row holds. */
function jsonOf(rows: BinaryRows, field: number): string {
  return rows.fields(0)[field]?.subarray(1).toString('utf8') ?? '';
}

function listOf(names: readonly string[]): string {
  const rows = new BinaryRows();
  rows.begin(1, 0);
  rows.jsonBegin();
  rows.jsonNames(names);
  rows.jsonEnd();
  return jsonOf(rows, 0);
}

describe('JSON written into a row', () => {
  it('is a list of names as JSON.stringify writes it, once they are known as well', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 12 }), (names) => {
        const wanted = JSON.parse(JSON.stringify(names)) as unknown;
        for (let time = 0; time < 2; time += 1) expect(JSON.parse(listOf(names))).toEqual(wanted);
      }),
    );
    expect(listOf([])).toBe('[]');
    expect(listOf(['흰쌀밥', '"', '\\', '\n', '\ud800', '🍚', ''])).toBe(JSON.stringify(['흰쌀밥', '"', '\\', '\n', '\ud800', '🍚', '']));
  });

  it('has room for names of any length, and for what was reserved behind them', () => {
    // A megabyte all but some kilobytes: the buffer as it begins, so that what was not reserved would stand behind its end.
    const long = '가'.repeat(5_000);
    const names = [long, ...Array.from({ length: 3_300 }, (_, at) => `${'국'.repeat(100)}${at}`)];
    const rows = new BinaryRows();
    const text = '"나'.repeat(20_000);
    rows.begin(2, text.length);
    rows.jsonBegin();
    rows.jsonNames(names);
    rows.jsonEnd();
    rows.jsonBegin();
    rows.jsonText(text);
    rows.jsonEnd();
    expect(JSON.parse(jsonOf(rows, 0))).toEqual(names);
    expect(JSON.parse(jsonOf(rows, 1))).toBe(text);
  });

  it('is a text as JSON.stringify writes it, and whole numbers as digits', () => {
    for (const text of ['', '아침에는 ‘된장국’을 드세요.', 'a"b', 'a\\b', 'tab\t', '\u007f\u0085 ', '\udc00', '🍚'.repeat(3)]) {
      const rows = new BinaryRows();
      rows.begin(2, text.length + 100);
      rows.jsonBegin();
      rows.jsonText(text);
      rows.jsonEnd();
      rows.jsonBegin();
      rows.ascii('[');
      for (const value of [0, 7, 10, 99, 100, 12_345, 200_000, 999_999_999, -1, -10, -2_147_483_648]) {
        rows.digits(value);
        rows.ascii(',');
      }
      rows.ascii('1]');
      rows.jsonEnd();
      expect(jsonOf(rows, 0)).toBe(JSON.stringify(text));
      expect(jsonOf(rows, 1)).toBe('[0,7,10,99,100,12345,200000,999999999,-1,-10,-2147483648,1]');
    }
  });
});
