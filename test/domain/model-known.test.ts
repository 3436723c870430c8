import { expect, it } from '@jest/globals';
import { newEndpoint } from '../../src/generators/llm/assemble.js';
import { FreePermits } from '../../src/generators/llm/permits.js';
import { ModelKnown } from '../../src/runtime/make-llm-generator.js';

function nothing(): void {}

const watch = { away: nothing, back: nothing, unreadable: nothing, readable: nothing, unsafe: nothing, safe: nothing, rest: nothing };
const make = () => ({ watch, ...newEndpoint(watch, new FreePermits(), { concurrency: 1 }) });

it('What is known of a model outlives a generator', () => {
  const known = new ModelKnown();
  const first = known.of(make);
  expect(known.of(make)).toBe(first);
});

it('A candidate that is made anew has learnt nothing of its endpoint, and asks no more at once together with the earlier one', () => {
  const tried = new ModelKnown();
  const [earlier, later] = [tried.anew().of(make), tried.anew().of(make)];
  expect(later.bulkhead).toBe(earlier.bulkhead);
  expect(later.circuit).not.toBe(earlier.circuit);
  expect(later.readability).not.toBe(earlier.readability);
});
