#!/usr/bin/env node
import { join } from 'node:path';
import { ROOT, prepare } from '../scripts/bootstrap.mjs';
import { exitWith } from '../scripts/bootstrap-error.mjs';
import { run } from '../scripts/child.mjs';
import { NODE_FLAGS } from '../scripts/node-flags.mjs';

await exitWith(async () => {
  const { node, env } = await prepare();
  const { code } = await run(node, [...NODE_FLAGS, join(ROOT, 'dist', 'cli', 'main.js'), ...process.argv.slice(2)], { env });
  return code;
});
