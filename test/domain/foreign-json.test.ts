import { describe, expect, it } from '@jest/globals';
import { foreignJson, isNestedTooDeep, MAX_DEPTH } from '../../src/base/foreign-json.js';

const value = (levels: number): unknown => JSON.parse(`${'{"a":['.repeat(levels / 2)}1${']}'.repeat(levels / 2)}`);
const nested = (levels: number, [open, close] = ['[', ']']): string => open.repeat(levels) + close.repeat(levels);

describe('JSON of a stranger', () => {
  it('is read as JSON is, as deep as anything that is asked for or answered', () => {
    const text = '{"a":[1,"]}[{\\"",{"b":null}],"\\\\":"\\u005b"}';
    expect(foreignJson(text)).toEqual(JSON.parse(text));
    expect(foreignJson(nested(MAX_DEPTH))).toEqual(JSON.parse(nested(MAX_DEPTH)));
    expect(foreignJson(`[${'[],{},"[[{",'.repeat(1_000)}0]`)).toHaveLength(3_001);
  });

  it.each([
    ['lists', nested(MAX_DEPTH + 1)],
    ['a hundred thousand lists', nested(100_000)],
    ['objects', `${'{"a":'.repeat(MAX_DEPTH + 1)}0${'}'.repeat(MAX_DEPTH + 1)}`],
    ['what begins and does not end', '[{'.repeat(MAX_DEPTH)],
    ['what stands behind a text with brackets', `["]]]]", "\\"]]", ${nested(MAX_DEPTH)}]`],
  ])('is refused where it lies deeper: %s', (_what, text) => {
    expect(() => foreignJson(text)).toThrow(`more than ${MAX_DEPTH} levels`);
  });

  it.each(['', '{', '[1,]', 'undefined', '{"a":1}{"a":2}'])('is refused where it is none: %s', (text) => {
    expect(() => foreignJson(text)).toThrow(SyntaxError);
  });
});

describe('A value that was JSON', () => {
  it('has the levels of its text', () => {
    expect([MAX_DEPTH, MAX_DEPTH + 2, 3_000].map((levels) => isNestedTooDeep(value(levels)))).toEqual([false, true, true]);
    expect([undefined, null, 'text', { a: Array.from({ length: 10_000 }, () => [{}]) }].map(isNestedTooDeep)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
