import { describe, expect, it } from '@jest/globals';
import { PrefixCache } from '../../../src/local-model/prefix-cache.js';

const tokens = (count: number, letter = 'a'): Buffer => Buffer.from(letter.repeat(3 * count));
const joined = (...parts: (Buffer | string)[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part)));

describe('The prefix cache of the local model', () => {
  it('keeps beginnings from 1,024 tokens on, in steps of 128', () => {
    const cache = new PrefixCache();
    const rules = tokens(1_300);
    expect([cache.read(rules, 3), cache.read(rules, 3)]).toEqual([0, 1_280]);
    expect(cache.read(joined(rules, 'another patient'), 3)).toBe(1_280);
    expect(cache.read(joined(tokens(1_150), tokens(500, 'b')), 3)).toBe(1_024);
    expect(cache.read(tokens(1_023), 3)).toBe(0);
  });

  it('reads anew what begins otherwise, whatever comes after', () => {
    const cache = new PrefixCache();
    cache.read(tokens(2_000), 3);
    expect(cache.read(joined('x', tokens(2_000)), 3)).toBe(0);
  });
});
