import { describe, expect, it } from '@jest/globals';
import { csvLine } from '../../src/server/export/csv-line.js';

describe('a line of CSV', () => {
  it('holds figures, times and nothing as they are', () => {
    expect(csvLine([1, -5, 0.25, true, null, new Date('2026-03-01T00:00:00Z'), 'RULES'])).toBe(
      '1,-5,0.25,true,,2026-03-01T00:00:00.000Z,RULES\r\n',
    );
  });

  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '-', '=HYPERLINK("x")', '-5-', '+82 10'])(
    'shows a text that a spreadsheet would calculate: %j',
    (text) => {
      expect(csvLine([text])).toMatch(/^"?'/);
    },
  );

  it.each([
    ['a,b', '"a,b"'],
    ['say "a"', '"say ""a"""'],
    ['two\nlines', '"two\nlines"'],
    ['-12', '-12'],
    ['-12.5', '-12.5'],
    ['gpt-oss:20b', 'gpt-oss:20b'],
    ['', ''],
  ])('writes %j as %j', (text, written) => {
    expect(csvLine([text])).toBe(`${written}\r\n`);
  });
});
