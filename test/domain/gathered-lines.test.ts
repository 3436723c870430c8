import { describe, expect, it } from '@jest/globals';
import { GatheredLines } from '../../src/base/gathered-lines.js';

function linesOf(text: string, pieces: number, most = 10): (string | undefined)[] {
  const taken: (string | undefined)[] = [];
  const lines = new GatheredLines(most, (line) => taken.push(line));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.byteLength; at += pieces) lines.add(bytes.subarray(at, at + pieces));
  lines.end();
  return taken;
}

describe('lines that come piece by piece', () => {
  it.each([1, 2, 3, 7, 1_000])('are the same in pieces of %s bytes, those in the middle of a character included', (pieces) => {
    expect(linesOf('가나\r\n\n  \nb\n다', pieces)).toEqual(['가나', 'b', '다']);
  });

  it('are passed by where one is too long, and those after it are read', () => {
    expect(linesOf(`a\n${'x'.repeat(11)}\nb\n${'y'.repeat(40)}`, 4)).toEqual(['a', undefined, 'b', undefined]);
    expect(linesOf('x'.repeat(10), 3)).toEqual(['x'.repeat(10)]);
  });
});
