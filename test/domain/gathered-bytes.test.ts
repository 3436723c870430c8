import { describe, expect, it } from '@jest/globals';
import { assert, array, property, uint8Array } from 'fast-check';
import { GatheredBytes } from '../../src/base/gathered-bytes.js';

describe('Bytes of a stranger', () => {
  it('are what came, in its order, whatever pieces it came in', () => {
    assert(
      property(array(uint8Array()), (pieces) => {
        const gathered = new GatheredBytes();
        for (const piece of pieces) gathered.add(piece);
        expect(gathered.bytes).toEqual(Buffer.concat(pieces));
      }),
    );
  });

  it('take no more room than bytes do where each piece is one of them', () => {
    const gathered = new GatheredBytes();
    const slab = Buffer.alloc(65_536, 'x');
    const before = process.memoryUsage();
    for (let at = 0; at < 1_000_000; at += 1) gathered.add(slab.subarray(at % 65_536, (at % 65_536) + 1));
    const after = process.memoryUsage();
    expect(gathered.bytes.byteLength).toBe(1_000_000);
    // Pieces in a list are a hundred million bytes.
    expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(50_000_000);
  });

  it('are none after they were forgotten', () => {
    const gathered = new GatheredBytes();
    gathered.add(Buffer.from('a'));
    gathered.forget();
    gathered.add(Buffer.from('b'));
    expect(gathered.bytes.toString()).toBe('b');
  });
});
