import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from './markdown.js';

/** ms that each test has by jest's configuration: it ends what never happens, and a busy machine takes six times what a quiet one does. */
const COMMON_MS = 300_000;
/** The last argument of a test or a hook, as prettier sets it. */
const LIMIT = /^ *(?:\}, ([\d_]{4,})|([\d_]{4,}),\n *)\);$/gm;

const limitsIn = (source: string): number[] =>
  [...source.matchAll(LIMIT)].map(([, beside, below]) => Number((beside ?? below ?? '').replaceAll('_', '')));

const FILES = readdirSync(new URL('test/', ROOT), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));

it('No test gives itself less time than all have', () => {
  const short = FILES.flatMap((name) => {
    const limits = limitsIn(readFileSync(new URL(`test/${name}`, ROOT), 'utf8')).filter((ms) => ms < COMMON_MS);
    return limits.map((ms) => `test/${name}: ${ms}`);
  });
  expect(short).toEqual([]);
  expect(limitsIn(`it('a', async () => {\n  ask();\n}, 60_000);\nit(\n  'b',\n  () => ask(),\n  5_000,\n);\n`)).toEqual([60_000, 5_000]);
});
