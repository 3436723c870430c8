#!/usr/bin/env node
import { join } from 'node:path';
import { ROOT, prepare } from '../scripts/bootstrap.mjs';
import { exitWith } from '../scripts/bootstrap-error.mjs';
import { run } from '../scripts/child.mjs';

await exitWith(async () => {
  const { node, env } = await prepare();
  // A small nursery: a worker's rows die young, and a larger one only makes its memory grow with the run.
  const { code } = await run(node, ['--max-semi-space-size=8', join(ROOT, 'dist', 'cli', 'main.js'), ...process.argv.slice(2)], { env });
  return code;
});
