import { describe, expect, it } from '@jest/globals';
import { copyRow } from '../../src/demo/demo-tables.js';

describe("a row in COPY's text format", () => {
  it('separates fields by tabs, ends in a line break and writes null as \\N', () => {
    expect(copyRow([1, null, true, 'a', 2.5])).toBe('1\t\\N\ttrue\ta\t2.5\n');
  });

  it('escapes what COPY would read as a separator, a line break or an escape, so that \\N in a text stays a text', () => {
    expect(copyRow(['a\tb\nc\rd\\e', '\\N'])).toBe('a\\tb\\nc\\rd\\\\e\t\\\\N\n');
  });
});
