import { describe, expect, it } from '@jest/globals';
import { nodeOf } from '../../src/resolvers/node-of.js';

class Thing {
  id!: string;
  note!: string | null;
  size?: number;

  loud(): string {
    return this.id.toUpperCase();
  }
}

describe('a GraphQL node', () => {
  it('is made of every field that its type declares, and keeps its methods', () => {
    const thing = nodeOf(Thing, { id: 'a', note: null });
    expect(thing).toBeInstanceOf(Thing);
    expect(thing.loud()).toBe('A');
  });

  it('does not compile without a field, or with one of another type', () => {
    // @ts-expect-error `note` is left out
    expect(nodeOf(Thing, { id: 'a' })).toEqual({ id: 'a' });
    // @ts-expect-error `id` is no number
    expect(nodeOf(Thing, { id: 1, note: null })).toEqual({ id: 1, note: null });
    // @ts-expect-error nothing is called `sise`
    expect(nodeOf(Thing, { id: 'a', note: null, sise: 1 })).toEqual({ id: 'a', note: null, sise: 1 });
  });
});
